import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { makeBrain } from './brainTissues.ts';
import { type Box, brainSlices } from './folds.ts';
import { makeShell } from './shellTissues.ts';
import { skin } from './skull.ts';
import { TISSUE_NAMES, type TissueName } from './tissues.ts';
import { makeTumour } from './tumour.ts';

/** The lattice on which the head is made. */
export const HEAD_BOX: Box = { dims: [179, 221, 169], originMm: [-89, -128, -74] };

/** Share of each tissue in every voxel of the head's box, 0 to 255; what is missing to 255 is air. x fastest. */
export type TissueMap = Readonly<Record<TissueName, Uint8Array>>;

/** Makes the head of a recipe with the tumour's body, oedema not yet. About 75 MB. */
export function makeTissueMap(recipe: CaseRecipe): TissueMap {
	const { dims, originMm } = HEAD_BOX;
	const [nx, ny, nz] = dims;
	const map = Object.fromEntries(TISSUE_NAMES.map((name) => [name, new Uint8Array(nx * ny * nz)])) as TissueMap;
	const kept = TISSUE_NAMES.map((name) => map[name]);
	const tumour = makeTumour(recipe);
	const slices = brainSlices(recipe, tumour, HEAD_BOX);
	const shell = makeShell(recipe.seed);
	const brain = makeBrain(recipe, tumour);
	const mix = new Float64Array(TISSUE_NAMES.length);
	for (let k = 0; k < nz; k++) {
		const z = k + originMm[2];
		const { cranium, before, sulcus } = slices(k);
		for (let n = 0, j = 0; j < ny; j++)
			for (let i = 0; i < nx; i++, n++) {
				const x = i + originMm[0];
				const y = j + originMm[1];
				const inner = cranium[n]!;
				const outer = inner < 0 ? -9 : skin(x, y, z);
				if (outer > 1) continue;
				mix.fill(0);
				if (inner > -1) shell(mix, x, y, z, inner, outer);
				if (inner < 1) {
					const at = { x, y, z, u: before[n * 3]!, v: before[n * 3 + 1]!, w: before[n * 3 + 2]! };
					brain(mix, at, inner, sulcus[n]!);
				}
				const voxel = n + nx * ny * k;
				for (let t = 0; t < kept.length; t++) kept[t]![voxel] = mix[t]! * 255 + 0.5;
			}
	}
	return map;
}
