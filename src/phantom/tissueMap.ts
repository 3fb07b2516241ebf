import type { Dims } from '../grid/grid.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { makePaint } from './brain.ts';
import type { Head } from './head.ts';
import { TISSUE_NAMES, type TissueName } from './tissues.ts';
import type { Tumour } from './tumour.ts';

/** The 1 mm lattice along RAS on which the head is made; voxel (0, 0, 0) at `originMm`. */
export const HEAD_BOX: { readonly dims: Dims; readonly originMm: Dims } = {
	dims: [185, 225, 177],
	originMm: [-92, -129, -74],
};

/** Share of each tissue in every voxel of the head's box, 0 to 255; what is missing to 255 is air. x fastest. */
export type TissueMap = Readonly<Record<TissueName, Uint8Array>>;

/** Makes the head of a recipe with the tumour's body, oedema not yet. About 100 MB. */
export function makeTissueMap(recipe: CaseRecipe, head: Head, tumour: Tumour): TissueMap {
	const { dims, originMm } = HEAD_BOX;
	const [nx, ny, nz] = dims;
	const map = Object.fromEntries(TISSUE_NAMES.map((name) => [name, new Uint8Array(nx * ny * nz)])) as TissueMap;
	const kept = TISSUE_NAMES.map((name) => map[name]);
	const paint = makePaint(recipe, head, tumour);
	const mix = new Float64Array(TISSUE_NAMES.length);
	for (let voxel = 0, k = 0; k < nz; k++)
		for (let j = 0; j < ny; j++)
			for (let i = 0; i < nx; i++, voxel++) {
				mix.fill(0);
				paint(mix, i + originMm[0], j + originMm[1], k + originMm[2]);
				for (let t = 0; t < kept.length; t++) kept[t]![voxel] = mix[t]! * 255 + 0.5;
			}
	return map;
}
