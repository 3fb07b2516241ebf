import { REGIONS, type Region } from '../../protocol/protocol.ts';
import type { AttemptSummary } from '../../store/store.ts';

/** Scores in the running mean of a chart. */
export const MEAN_OF = 5;

export interface ScorePoint {
	readonly attempt: AttemptSummary;
	/** ISO 8601 of the score. */
	readonly at: string;
	readonly dice: number;
	/** Mean of this and the scores before it, `MEAN_OF` at most. */
	readonly mean: number;
}

/** Per region the latest Dice of each attempt, from the oldest; regions never scored are left out. */
export function scoreSeries(attempts: readonly AttemptSummary[]): { region: Region; points: ScorePoint[] }[] {
	const scored = attempts
		.flatMap((attempt) => {
			const latest = attempt.reports.at(-1);
			return latest ? [{ attempt, ...latest }] : [];
		})
		.sort((a, b) => a.at.localeCompare(b.at));
	return REGIONS.map((region) => {
		const values: number[] = [];
		const points = scored.flatMap(({ attempt, at, report }): ScorePoint[] => {
			const dice = report.regions.find((score) => score.region === region)?.dice;
			if (dice?.kind !== 'value') return [];
			values.push(dice.value);
			const recent = values.slice(-MEAN_OF);
			return [{ attempt, at, dice: dice.value, mean: recent.reduce((sum, value) => sum + value, 0) / recent.length }];
		});
		return { region, points };
	}).filter(({ points }) => points.length > 0);
}
