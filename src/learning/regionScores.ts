import type { Family, Region } from '../protocol/protocol.ts';
import type { LearningPolicy } from '../schemas/learningPolicy.ts';
import type { MarksPolicy } from '../scoring/marks.ts';
import { hasHardFail, regionsDrawn, type ScoredDrawing } from './drawing.ts';

/** Where a region's score stood after a drawing. */
export interface ScorePoint {
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly attemptId: string;
	readonly caseId: string;
	/** Of the region, 0..1, as it was first scored in the attempt. */
	readonly dice: number;
	readonly hardFail: boolean;
	/** Of this and the ones before it, as many as the policy's window. */
	readonly mean: number;
	/** 90 % interval of the mean, 0..1; null after a first drawing, which says nothing of how much scores vary. */
	readonly interval: readonly [number, number] | null;
}

/** The scores of one region in the cases of one family, from the oldest. */
export interface RegionScores {
	readonly family: Family;
	readonly region: Region;
	readonly points: readonly ScorePoint[];
	/** Dice from which a drawing is good; undefined where the policy has no such mark. A platform default. */
	readonly passMark: number | undefined;
}

/** Quantiles of Student's t for 90 % on both sides, by degrees of freedom from 1. */
const T90 = [6.314, 2.92, 2.353, 2.132, 2.015, 1.943, 1.895, 1.86, 1.833];

/** Scores by family and region, in the order in which they were first drawn. Takes drawings from the oldest. */
export function foldRegions(
	drawings: readonly ScoredDrawing[],
	{ scores }: LearningPolicy,
	marks: MarksPolicy,
): RegionScores[] {
	const found = new Map<string, { family: Family; region: Region; points: ScorePoint[] }>();
	const seen = new Set<string>();
	for (const { attemptId, caseId, family, at, report } of drawings) {
		if (!family) continue;
		for (const region of regionsDrawn(report)) {
			const dice = report.regions.find((score) => score.region === region)?.dice;
			const once = `${attemptId} ${region}`;
			if (dice?.kind !== 'value' || seen.has(once)) continue;
			seen.add(once);
			const key = `${family} ${region}`;
			const series = found.get(key) ?? { family, region, points: [] };
			found.set(key, series);
			const values = [...series.points.map((point) => point.dice), dice.value].slice(-scores.window);
			const hardFail = hasHardFail(report, [region]);
			series.points.push({ at, attemptId, caseId, dice: dice.value, hardFail, ...meanOf(values) });
		}
	}
	return [...found.values()].map(({ family, region, points }) => ({
		family,
		region,
		points,
		passMark: passMark(family, region, marks),
	}));
}

function meanOf(values: readonly number[]): Pick<ScorePoint, 'mean' | 'interval'> {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	if (values.length < 2) return { mean, interval: null };
	const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
	const half = (T90[values.length - 2] ?? T90.at(-1)!) * Math.sqrt(variance / values.length);
	return { mean, interval: [Math.max(0, mean - half), Math.min(1, mean + half)] };
}

/** The mark for good by Dice; of lesions, that for the largest. Of a glioma, the one for those that enhance. */
export function passMark(family: Family, region: Region, { sets }: MarksPolicy): number | undefined {
	const set = sets.find(({ families, enhancing }) => families.includes(family) && enhancing !== false);
	const cuts = (set?.cuts ?? []).filter((cut) => cut.region === region);
	const whole = cuts.find(({ measure }) => measure === 'dice');
	const largest = cuts
		.filter(({ measure }) => measure === 'lesionDice')
		.sort((a, b) => (b.fromMm ?? 0) - (a.fromMm ?? 0))[0];
	return (whole ?? largest)?.good;
}
