import { expect, it } from 'vitest';
import { readAuthoredCases } from '../../../src/node/caseRecipes.ts';
import { drawRecipe } from '../../../src/phantom/drawRecipe.ts';
import { geometryProblems } from '../../../src/phantom/recipeGeometry.ts';
import { DIFFICULTIES, FAMILIES } from '../../../src/protocol/protocol.ts';

const recipe = drawRecipe('metastasis', 'easy', 1);
const tumour = { ...recipe.tumour, centreMm: [30, 20, 20] as [number, number, number], radiusMm: 8, more: [] };

it('finds nothing wrong with what is drawn by chance, nor with the cases that are shipped', async () => {
	for (const family of FAMILIES)
		for (const difficulty of DIFFICULTIES)
			for (let seed = 0; seed < 100; seed++)
				expect(geometryProblems(drawRecipe(family, difficulty, seed)), `${family} ${difficulty} ${seed}`).toEqual([]);
	for (const one of await readAuthoredCases('content')) expect(geometryProblems(one.recipe), one.id).toEqual([]);
});

it('finds lesions outside the brain', () => {
	const out = geometryProblems({ ...recipe, tumour: { ...tumour, centreMm: [78, 60, 60] } });
	expect(out.map(({ path }) => path)).toContain('tumour.centreMm');
	expect(out[0]!.message).toMatch(/outside the brain, expected one about \d+ % nearer/);
});

it('finds lesions in each other, and further ones where there is but one', () => {
	const more = [
		{ centreMm: [-30, 20, 20] as [number, number, number], radiusMm: 5 },
		{ centreMm: [36, 20, 28] as [number, number, number], radiusMm: 5 },
	];
	expect(geometryProblems({ ...recipe, tumour: { ...tumour, more } })).toEqual([
		{
			path: 'tumour.more.1.centreMm',
			message: 'got 10.0 mm from tumour, expected at least 13.0 mm, the sum of both radii',
		},
	]);
	const glioma = geometryProblems({ ...recipe, family: 'glioma', tumour: { ...tumour, more: more.slice(0, 1) } });
	expect(glioma.map(({ path }) => path)).toEqual(['tumour.more']);
	const dark = geometryProblems({ ...recipe, tumour: { ...tumour, enhancing: 0 } });
	expect(dark.map(({ path }) => path)).toEqual(['tumour.enhancing']);
});

it('finds sequences that do not see a lesion, and passes over what cannot be read', () => {
	const sequences = { ...recipe.sequences, T2: { ...recipe.sequences.T2, slices: 4 }, T1: { slices: 'few' } };
	expect(geometryProblems({ ...recipe, tumour: { ...tumour, centreMm: [30, 20, 50] }, sequences })).toEqual([
		{
			path: 'sequences.T2',
			message:
				'got a stack that does not reach tumour.centreMm, expected more slices, a larger matrix or another centreMm',
		},
	]);
	for (const anything of [null, 5, {}, { tumour: 'x' }]) expect(geometryProblems(anything)).toEqual([]);
});
