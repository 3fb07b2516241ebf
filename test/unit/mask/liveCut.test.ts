import { expect, it } from 'vitest';
import { ijkToXyz } from '../../../src/grid/grid.ts';
import { cutFluid, cutRegion, stillAround } from '../../../src/mask/liveCut.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';

/** Stored to the back, to the left, to the feet. */
const STORED = { dims: [30, 20, 10] as const, affine: [0, -2, 0, 38, -1, 0, 0, 29, 0, 0, -4, 36, 0, 0, 0, 1] };
/** To the right, front and head, moved by half a slice. */
const OTHER = { dims: [20, 30, 10] as const, affine: [2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 4, 2, 0, 0, 0, 1] };

/** The place of a voxel as a number, so that a cut can be told to have the right ones. */
const encode = ([x, y, z]: readonly number[]) => x! + 100 * y! + 10_000 * z!;

function volumeOn(grid: { readonly dims: readonly [number, number, number]; readonly affine: readonly number[] }) {
	const data = new Float32Array(grid.dims[0] * grid.dims[1] * grid.dims[2]);
	for (let n = 0; n < data.length; n++) {
		const row = Math.floor(n / grid.dims[0]);
		data[n] = encode(ijkToXyz(grid, [n % grid.dims[0], row % grid.dims[1], Math.floor(row / grid.dims[1])]));
	}
	return { grid, data, tissue: 1 };
}

it('cuts what is drawn in the order of the view with a voxel of room, and nothing of nothing', () => {
	const mask = new RegionMask(STORED);
	expect(cutRegion('WT', mask)).toBeNull();
	for (const [x, y, slice] of [
		[4, 11, 0],
		[6, 12, 2],
	] as const)
		mask.set(mask.index(x, y, slice), slice, 1);
	const cut = cutRegion('WT', mask)!;
	expect(cut).toMatchObject({
		region: 'WT',
		corner: [3, 10, -1],
		grid: { dims: [5, 4, 5] },
		whole: { grid: { dims: [20, 30, 10] } },
	});
	const at = [...cut.drawn].flatMap((value, n) => (value === 0 ? [] : [n]));
	expect(at).toEqual([1 + 5 * (1 + 4 * 1), 3 + 5 * (2 + 4 * 3)]);
	expect(ijkToXyz(cut.grid, [1, 1, 1])).toEqual(ijkToXyz(cut.whole.grid, [4, 11, 0]));
	// Right is x, front is y, head is z: 2, 1 and 4 mm from (0, 0, 0).
	expect(ijkToXyz(cut.whole.grid, [4, 11, 0])).toEqual([8, 11, 0]);
});

it('cuts both series around it, each where it lies', () => {
	const mask = new RegionMask(STORED);
	mask.set(mask.index(10, 15, 5), 5, 1);
	const { flair, corner, t2 } = cutFluid(cutRegion('WT', mask)!, volumeOn(STORED), volumeOn(OTHER));
	// 10 mm of room beside the voxel of room: 5, 10 and 3 voxels.
	expect(corner).toEqual([4, 4, 1]);
	expect(flair.grid.dims).toEqual([13, 23, 9]);
	for (const { grid, values } of [flair, t2])
		for (const ijk of [[0, 0, 0], [3, 5, 2], grid.dims.map((n) => n - 1)] as [number, number, number][]) {
			const n = ijk[0] + grid.dims[0] * (ijk[1] + grid.dims[1] * ijk[2]);
			expect(values[n]).toBe(encode(ijkToXyz(grid, ijk)));
		}
	// T2 lies half a slice higher: one more below, none beyond its end.
	expect(ijkToXyz(t2.grid, [0, 0, 0])).toEqual([8, 4, 2]);
	expect(t2.grid.dims).toEqual([13, 23, 10]);
});

it('keeps a cut as long as what is drawn stays away from its border', () => {
	const mask = new RegionMask(STORED);
	const drawTo = (x: number) => {
		mask.set(mask.index(x, 15, 5), 5, 1);
		return cutRegion('WT', mask)!;
	};
	const fluid = cutFluid(drawTo(10), volumeOn(STORED), volumeOn(OTHER));
	// The cut reaches to x = 16, half of the room is 3 voxels, and one more is the region's own.
	expect(stillAround(fluid, drawTo(12))).toBe(true);
	expect(stillAround(fluid, drawTo(13))).toBe(false);
});
