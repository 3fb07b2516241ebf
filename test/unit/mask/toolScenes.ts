import { type Grid, ijkToXyz, invertAffine } from '../../../src/grid/grid.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';

const COS = Math.cos(Math.PI / 9);
const SIN = Math.sin(Math.PI / 9);

/** Grids that store the same 11 × 9 × 5 voxels of a view in different ways. */
export const GRIDS: readonly (readonly [string, Grid])[] = [
	['stored along the view, 1 mm', { dims: [11, 9, 5], affine: [1, 0, 0, -5, 0, 1, 0, -4, 0, 0, 1, -2, 0, 0, 0, 1] }],
	[
		'stored to the left and rear, 0.5 × 0.5 × 5 mm',
		{ dims: [11, 9, 5], affine: [-0.5, 0, 0, 3, 0, -0.5, 0, 2, 0, 0, 5, -9, 0, 0, 0, 1] },
	],
	[
		'stored from the head down, slices side by side in memory, 1 × 0.5 × 2 mm',
		{ dims: [5, 11, 9], affine: [0, 1, 0, -5, 0, 0, -0.5, 4, -2, 0, 0, 4, 0, 0, 0, 1] },
	],
	[
		'stored as sagittal sections, tilted by 20°, 1.5 × 1 × 1 mm',
		{ dims: [9, 5, 11], affine: [0, 0, 1.5, -7, COS, -SIN, 0, -3, SIN, COS, 0, -2, 0, 0, 0, 1] },
	],
];

/** Sets the voxels marked `#`. The first row is the front of the slice, as it is looked at from the head. */
export function paint(mask: RegionMask, slice: number, rows: readonly string[]): void {
	rows.forEach((row, n) => {
		[...row].forEach((mark, x) => {
			if (mark === '#') mask.set(mask.index(x, rows.length - 1 - n, slice), slice, 1);
		});
	});
}

/** The elements that lie in a slice, marked `#` in rows of which the first is the front. */
export function picture(mask: RegionMask, elements: Iterable<number>, slice: number): string[] {
	const [width, height] = mask.view.dims;
	const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => '.'));
	for (const element of elements) {
		const [x, y, s] = placeOf(mask, element);
		if (s === slice) rows[height - 1 - y]![x] = '#';
	}
	return rows.map((row) => row.join(''));
}

/** Stored elements that are set. */
export function setElements({ data }: RegionMask): number[] {
	return [...data.keys()].filter((n) => data[n] === 1);
}

/** View position of a stored element, found by its place in the head and not by strides. */
export function placeOf({ grid, view }: RegionMask, element: number): [number, number, number] {
	const [ni, nj] = grid.dims;
	const ijk = [element % ni, Math.floor(element / ni) % nj, Math.floor(element / (ni * nj))] as const;
	const place = ijkToXyz({ dims: view.dims, affine: invertAffine(view.affine) }, ijkToXyz(grid, ijk));
	return [Math.round(place[0]), Math.round(place[1]), Math.round(place[2])];
}

/** Intensities in stored order from a function of the view position. */
export function intensities(grid: Grid, at: (x: number, y: number, slice: number) => number): Float32Array {
	const mask = new RegionMask(grid);
	return Float32Array.from(mask.data, (_, element) => at(...placeOf(mask, element)));
}

/** Every view position of a mask. */
export function places({ view }: RegionMask): [number, number, number][] {
	const all: [number, number, number][] = [];
	for (let slice = 0; slice < view.dims[2]; slice++)
		for (let y = 0; y < view.dims[1]; y++) for (let x = 0; x < view.dims[0]; x++) all.push([x, y, slice]);
	return all;
}
