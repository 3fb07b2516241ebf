import fc from 'fast-check';
import { type Grid, ijkToXyz, voxelCount, type XyzMm } from '../../../src/grid/grid.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { placeOf } from './toolScenes.ts';

/** A mask with some of its voxels set by chance, from few to nearly all. */
export function anyMask(grid: Grid): fc.Arbitrary<RegionMask> {
	const count = voxelCount(grid.dims);
	return fc
		.tuple(fc.uint8Array({ minLength: count, maxLength: count, max: 9 }), fc.integer({ min: 1, max: 9 }))
		.map(([values, share]) => {
			const mask = new RegionMask(grid);
			mask.flip(Uint32Array.from([...values.keys()].filter((n) => values[n]! < share)));
			return mask;
		});
}

/** The same mask once the elements are flipped; every element must be named once. */
export function after(mask: RegionMask, elements: Uint32Array): Uint8Array {
	const data = mask.data.slice();
	for (const element of elements) data[element]! ^= 1;
	if (new Set(elements).size !== elements.length) throw new Error('got an element twice, expected each once');
	return data;
}

/** Place in the head and slice of every stored element, found by the grid's matrix. */
export function voxelPlaces(mask: RegionMask): { readonly mm: XyzMm; readonly slice: number }[] {
	const [ni, nj] = mask.grid.dims;
	return [...mask.data.keys()].map((n) => ({
		mm: ijkToXyz(mask.grid, [n % ni, Math.floor(n / ni) % nj, Math.floor(n / (ni * nj))]),
		slice: placeOf(mask, n)[2],
	}));
}

/** Distance in mm between two places. */
export function apartMm(a: XyzMm, b: XyzMm): number {
	return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
