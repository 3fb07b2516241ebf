import type { Family, Region } from '../protocol/protocol.ts';
import type { LearningPolicy } from '../schemas/learningPolicy.ts';
import { lowestTier } from '../scoring/marks.ts';
import type { ScoreReport } from '../scoring/scoreReport.ts';
import type { Grade, Trial } from './trial.ts';

/** One score of a drawing made to practise. */
export interface ScoredDrawing {
	readonly attemptId: string;
	readonly caseId: string;
	/** The case's; undefined where nobody knows it any more. */
	readonly family: Family | undefined;
	/** ISO 8601, UTC. */
	readonly at: string;
	/** Milliseconds of work up to the score. */
	readonly activeMs: number;
	readonly report: ScoreReport<Region>;
}

/** As far as a drawing's score is concerned, what the store lists of an attempt. */
interface ListedAttempt {
	readonly attempt: { readonly id: string; readonly caseId: string; readonly purpose: string };
	readonly reports: readonly {
		readonly at: string;
		readonly activeMs: number;
		readonly report: ScoreReport<Region>;
	}[];
}

/** Every score of the attempts made to practise, from the oldest. */
export function drawingsOf(attempts: readonly ListedAttempt[], families: ReadonlyMap<string, Family>): ScoredDrawing[] {
	return attempts
		.filter(({ attempt }) => attempt.purpose === 'practice')
		.flatMap(({ attempt: { id, caseId }, reports }) =>
			reports.map(({ at, activeMs, report }) => ({
				attemptId: id,
				caseId,
				family: families.get(caseId),
				at,
				activeMs,
				report,
			})),
		)
		.sort(byTime);
}

/** ISO times in their order; of equal ones the given order stands. */
export const byTime = (a: { readonly at: string }, b: { readonly at: string }) =>
	a.at === b.at ? 0 : a.at < b.at ? -1 : 1;

/** Regions that were drawn, or rightly left empty: what the score says of the others says nothing of the drawer. */
export function regionsDrawn({ regions }: ScoreReport<Region>): Region[] {
	return regions
		.filter(({ predictionMl, referenceMl }) => predictionMl > 0 || referenceMl === 0)
		.map(({ region }) => region);
}

/** Whether a finding in one of the regions would fail an exam. */
export function hasHardFail({ findings }: ScoreReport<Region>, regions: readonly Region[]): boolean {
	return (findings?.list ?? []).some(({ hardFail, region }) => hardFail !== null && regions.includes(region));
}

/** The lowest mark that counts of some regions; null where nothing was marked. */
export function tierOf({ marks }: ScoreReport<Region>, regions: readonly Region[]): ReturnType<typeof lowestTier> {
	return lowestTier((marks?.list ?? []).filter(({ region }) => regions.includes(region)));
}

/**
 * The rules that a drawing put to the test: those that a finding says were broken, and those that were looked at and kept.
 * A report without findings, of the first version, tells nothing.
 */
export function trialsOfDrawing(drawing: ScoredDrawing, policy: LearningPolicy): Trial[] {
	const { attemptId: item, at, activeMs, report } = drawing;
	const { findings } = report;
	if (!findings) return [];
	const drawn = regionsDrawn(report);
	const trials = new Map<string, Trial>();
	const put = (rule: string, grade: Grade, hardFail: boolean) =>
		trials.set(rule, { at, rule, form: 'drawing', item, grade, hardFail });
	for (const { rules, severity, hardFail, region } of findings.list) {
		if (!drawn.includes(region)) continue;
		for (const rule of rules) {
			const before = trials.get(rule);
			const grade = severity === 'minor' && before?.grade !== 'again' ? 'hard' : 'again';
			put(rule, grade, hardFail !== null || before?.hardFail === true);
		}
	}
	const fast = activeMs <= policy.rating.drawing.fastSeconds * 1000;
	for (const { rule, anyOf, allOf = [], layer, leastLesions, byMark } of policy.drawn) {
		const concerned = [...(anyOf ?? (allOf.length > 0 ? [] : drawn)), ...allOf].filter((region) =>
			drawn.includes(region),
		);
		const told =
			!trials.has(rule) &&
			concerned.length > 0 &&
			allOf.every((region) => drawn.includes(region)) &&
			(layer === undefined || isLookedFor(layer, findings)) &&
			(leastLesions === undefined || hasLesions(findings.detection, drawn, leastLesions));
		if (!told) continue;
		const tier = tierOf(report, concerned);
		const below = tier === 'below' || tier === 'qualified';
		put(rule, byMark && below ? 'hard' : tier === 'excellent' && fast ? 'easy' : 'good', false);
	}
	return [...trials.values()];
}

type Findings = NonNullable<ScoreReport<Region>['findings']>;

function isLookedFor(
	layer: NonNullable<LearningPolicy['drawn'][number]['layer']>,
	{ unchecked, duralRecall }: Findings,
): boolean {
	return layer === 'dura' ? duralRecall !== null : !unchecked.includes(layer);
}

function hasLesions(detection: Findings['detection'], drawn: readonly Region[], least: number): boolean {
	return detection !== null && drawn.includes(detection.region) && detection.lesions.length >= least;
}

/**
 * Of the scores of each attempt, the first that tells of a rule: what was put right after a score was told by it. Takes and
 * gives them from the oldest.
 */
export function unaidedTrials(drawings: readonly ScoredDrawing[], policy: LearningPolicy): Trial[] {
	const seen = new Set<string>();
	return drawings.flatMap((drawing) =>
		trialsOfDrawing(drawing, policy).filter(({ item, rule }) => {
			const key = `${item} ${rule}`;
			if (seen.has(key)) return false;
			seen.add(key);
			return true;
		}),
	);
}
