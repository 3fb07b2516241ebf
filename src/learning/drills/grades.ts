import type { Sequence } from '../../protocol/protocol.ts';
import type { QualityGrade } from '../../schemas/preRead.ts';

/** One series as it was graded. */
export interface GradeMark {
	readonly sequence: Sequence;
	readonly known: QualityGrade;
	readonly given: QualityGrade;
	/** 1 for the known grade, half for one off, 0 for two. */
	readonly score: number;
	/** A series of grade 1 was taken for good enough to annotate. */
	readonly accepted: boolean;
}

/** Marks the grades of a set by linear weights: the score is the mean over its series. Throws on an empty set. */
export function markGrades(
	known: readonly { readonly sequence: Sequence; readonly grade: QualityGrade }[],
	given: ReadonlyMap<Sequence, QualityGrade>,
): { readonly score: number; readonly series: readonly GradeMark[] } {
	if (known.length === 0) throw new Error('got no series, expected some');
	const series = known.map(({ sequence, grade }): GradeMark => {
		const told = given.get(sequence);
		if (told === undefined) throw new Error(`got no grade for ${sequence}, expected one`);
		return {
			sequence,
			known: grade,
			given: told,
			score: 1 - Math.abs(told - grade) / 2,
			accepted: grade === 1 && told > 1,
		};
	});
	return { score: series.reduce((sum, { score }) => sum + score, 0) / series.length, series };
}
