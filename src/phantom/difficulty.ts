import type { Difficulty } from '../protocol/protocol.ts';
import type { CaseMeasures } from '../schemas/caseMeasures.ts';
import type { DifficultyCriterion, DifficultyMeasure, DifficultyPolicy } from '../schemas/difficultyPolicy.ts';

/** How hard a case is, and what makes it so: 0 to 2 points for each measure. */
export interface Graded {
	readonly difficulty: Difficulty;
	readonly points: Readonly<Record<DifficultyMeasure, number>>;
	readonly score: number;
}

/** Grades a case by its measures alone. */
export function gradeDifficulty(measures: CaseMeasures, policy: DifficultyPolicy): Graded {
	const { smallestMm, flairContrast = 0, t1cContrast = 0, uncertainShare, lesions, confoundersMl } = measures;
	const figures: Readonly<Record<DifficultyMeasure, number>> = {
		smallestMm,
		contrast: Math.min(flairContrast, t1cContrast),
		uncertainShare,
		lesions,
		confoundersMl,
		stepMm: measures.sliceMm + measures.gapMm,
	};
	const names = Object.keys(figures) as DifficultyMeasure[];
	const points = Object.fromEntries(
		names.map((name) => [name, pointsOf(figures[name], policy.criteria[name])]),
	) as Record<DifficultyMeasure, number>;
	const score = names.reduce((sum, name) => sum + points[name], 0);
	const difficulty = score >= policy.hardFrom ? 'hard' : score >= policy.mediumFrom ? 'medium' : 'easy';
	return { difficulty, points, score };
}

function pointsOf(figure: number, criterion: DifficultyCriterion): number {
	if ('below' in criterion) return criterion.below.filter((limit) => figure < limit).length;
	return criterion.from.filter((limit) => figure >= limit).length;
}
