import { expect, it } from 'vitest';
import acceptanceFile from '../../../content/policy/acceptance.json' with { type: 'json' };
import { readAuthoredCases } from '../../../src/node/caseRecipes.ts';
import { acceptancePolicySchema } from '../../../src/schemas/acceptancePolicy.ts';
import { gradeOf } from '../../../src/schemas/caseRecipe.ts';
import { faults, recipeFacts } from './recipeFacts.ts';

const policy = acceptancePolicySchema.parse(acceptanceFile);
const cases = await readAuthoredCases('content');

/** What was planted in each set; in the last two nothing that keeps them from being annotated. */
const PLANTED: Readonly<Record<string, readonly string[]>> = {
	'set-01': ['T2 thickness fail R2.2-6b'],
	'set-02': ['FLAIR gap fail R2.2-6c'],
	'set-03': ['T1C thickness fail R2.2-6a'],
	'set-04': ['DWI sequence warn R2.2-0', 'ADC sequence warn R2.2-0 R2.2-4c'],
	'set-05': ['T2 plane fail R2.2-2'],
	'set-06': ['DWI bValue fail R2.2-4b'],
	'set-07': ['T1C missingSlices fail R3.1-2b'],
	'set-08': ['FLAIR coverage warn R2.1-2'],
	'set-09': ['T1C sequence fail R2.2-0 R2.2-5'],
	'set-10': ['FLAIR plane warn R6-7a'],
	'set-11': ['T2 original warn R3.1-2a R6-7b'],
	'set-12': ['DWI dimension fail R2.2-4a', 'ADC dimension fail R2.2-4a'],
	'set-13': ['FLAIR quality fail R2.1-4', 'T1C quality fail R2.1-4'],
	'set-14': ['T1', 'T2', 'FLAIR', 'T1C', 'DWI', 'ADC'].map((sequence) => `${sequence} quality fail R2.1-4`),
	'set-15': [],
	'set-16': [],
};

it('finds in each set what was planted and nothing else, and nothing in any case for practice', () => {
	const found = cases.map(({ id, recipe }) => [id, faults(recipeFacts(recipe), policy)] as const);
	for (const [id, list] of found) expect(list, id).toEqual(PLANTED[id] ?? []);
	const triage = cases.flatMap(({ id, recipe }) => (recipe.use === 'triage' ? [id] : []));
	expect(triage).toEqual(Object.keys(PLANTED));
});

it('grades no case for practice 1, and has series of grade 2 among sets that are accepted', () => {
	for (const { id, recipe } of cases) {
		const grades = recipeFacts(recipe).map(({ sequence }) => gradeOf(recipe, sequence!));
		if (recipe.use !== 'triage') expect(grades, id).not.toContain(1);
		if (recipe.use === 'triage' && PLANTED[id]!.length === 0) expect(grades, id).toContain(2);
	}
});
