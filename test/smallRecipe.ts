import { readBank } from '../src/node/readBank.ts';
import { drawRecipe } from '../src/phantom/drawRecipe.ts';
import type { CaseRecipe, Stack } from '../src/schemas/caseRecipe.ts';

const bank = await readBank(new URL('../content', import.meta.url).pathname);

/**
 * A recipe drawn by chance whose sequences see the surroundings of the tumour only, on a few large voxels: made in a
 * fraction of a second. `matrix` voxels across, as many slices as a third of that, of `pixelMm` and three times that.
 */
export function smallRecipe(family: CaseRecipe['family'], seed: number, matrix = 36, pixelMm = 2): CaseRecipe {
	const recipe = drawRecipe(bank, family, (['easy', 'medium', 'hard'] as const)[seed % 3]!, seed);
	const stack: Stack = {
		matrix: [matrix, matrix],
		slices: Math.max(1, Math.round(matrix / 3)),
		pixelMm,
		sliceMm: 2 * pixelMm,
		gapMm: pixelMm,
		tiltDeg: 5,
		centreMm: recipe.tumour.centreMm,
		stored: 'LPS',
		snr: 30,
		shading: 0.06,
	};
	const fine: Stack = { ...stack, sliceMm: pixelMm, gapMm: 0, slices: matrix, tiltDeg: 0, stored: 'RAS' };
	return { ...recipe, sequences: { FLAIR: stack, T2: stack, T1: stack, T1C: fine, DWI: { ...stack, bValue: 1000 } } };
}
