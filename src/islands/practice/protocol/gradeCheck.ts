import type { Sequence } from '../../../protocol/protocol.ts';
import type { CaseManifest } from '../../../schemas/caseManifest.ts';
import type { PreRead, QualityGrade } from '../../../schemas/preRead.ts';

/** The grade that a reader gave a series beside the one that it is known to have (§2.1). */
export interface GradeCheck {
	readonly sequence: Sequence;
	readonly known: QualityGrade;
	/** Undefined where the series was not graded. */
	readonly told: QualityGrade | undefined;
	/** A series of grade 1 that the reader took for good enough to annotate: HF8 of the platform's policy, R2.1-4. */
	readonly accepted: boolean;
}

/**
 * Compares the grades of a pre-read with those that are known, series by series. Empty where none is known, and where there
 * is nothing to tell: nothing was graded, and every series is without fault.
 */
export function checkGrades(series: CaseManifest['series'], told: PreRead['quality'] = {}): readonly GradeCheck[] {
	const checks = series.flatMap(({ sequence, grade: known }): GradeCheck[] => {
		const grade = told[sequence];
		if (known === undefined) return [];
		return [{ sequence, known, told: grade, accepted: known === 1 && grade !== undefined && grade > 1 }];
	});
	return checks.some((each) => each.told !== undefined || each.known < 3) ? checks : [];
}
