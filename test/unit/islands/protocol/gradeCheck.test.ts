import { describe, expect, it } from 'vitest';
import { checkGrades } from '../../../../src/islands/practice/protocol/gradeCheck.ts';
import type { Sequence } from '../../../../src/protocol/protocol.ts';
import type { QualityGrade } from '../../../../src/schemas/preRead.ts';

const series = (grades: Partial<Record<Sequence, QualityGrade | undefined>>) =>
	(Object.keys(grades) as Sequence[]).map((sequence) => ({
		...{ file: `${sequence}.nii.gz`, bytes: 1, sequence },
		...(grades[sequence] && { grade: grades[sequence] }),
	}));

describe('checkGrades', () => {
	it('compares what was told with what is known, and leaves out what is not known', () => {
		const checks = checkGrades(series({ T1: 3, T2: 2, FLAIR: 1, DWI: undefined }), { T1: 3, FLAIR: 3, DWI: 2 });
		expect(checks).toEqual([
			{ sequence: 'T1', known: 3, told: 3, accepted: false },
			{ sequence: 'T2', known: 2, told: undefined, accepted: false },
			{ sequence: 'FLAIR', known: 1, told: 3, accepted: true },
		]);
	});

	it('says that a series of grade 1 was accepted only where somebody said so', () => {
		const accepted = (told: Partial<Record<Sequence, QualityGrade>>) =>
			checkGrades(series({ FLAIR: 1, T2: 2 }), { ...told, T2: 3 }).map((each) => each.accepted);
		expect([accepted({}), accepted({ FLAIR: 1 }), accepted({ FLAIR: 2 })]).toEqual([
			[false, false],
			[false, false],
			[true, false],
		]);
	});

	it('says nothing of faultless series that nobody graded, nor of an imported case', () => {
		expect(checkGrades(series({ T1: 3, T2: 3 }))).toEqual([]);
		expect(checkGrades(series({ T1: 3, T2: 3 }), { T1: 2 })).toHaveLength(2);
		expect(checkGrades(series({ T1: undefined }), { T1: 1 })).toEqual([]);
	});
});
