import { describe, expect, it } from 'vitest';
import { type Grid, ijkToXyz, voxelCount, type XyzMm } from '../../../src/grid/grid.ts';
import { rasView } from '../../../src/grid/rasView.ts';
import { chosenPlace } from '../../../src/mask/chosenPlace.ts';
import { lesionFrame } from '../../../src/mask/lesionFrame.ts';
import { maskOf } from '../../../src/mask/maskOf.ts';

/** LPS, no two axes alike, the first slice at 100 mm. */
const GRID: Grid = { dims: [12, 10, 6], affine: [-1, 0, 0, 6, 0, -2, 0, 9, 0, 0, 5, 100, 0, 0, 0, 1] };

/** A mask with voxels at stored positions. */
function maskAt(...voxels: readonly (readonly [i: number, j: number, k: number])[]) {
	const data = new Uint8Array(voxelCount(GRID.dims));
	for (const [i, j, k] of voxels) data[i + 12 * (j + 10 * k)] = 7;
	return maskOf(GRID, data);
}
const placeOf = (i: number, j: number, k: number): XyzMm => ijkToXyz(GRID, [i, j, k]);

describe('maskOf', () => {
	it('takes every voxel that is not 0 and counts it in its slice', () => {
		const mask = maskAt([1, 1, 2], [2, 1, 2], [5, 5, 3]);
		expect(mask.total).toBe(3);
		expect([...mask.sliceCounts]).toEqual([0, 0, 2, 1, 0, 0]);
		expect(mask.data[1 + 12 * (1 + 10 * 2)]).toBe(1);
	});

	it('throws on voxels of another grid', () => {
		expect(() => maskOf(GRID, new Uint8Array(3))).toThrow(/got 3 voxels, expected 720/);
	});
});

describe('chosenPlace', () => {
	const mask = maskAt([9, 9, 1], [2, 4, 2], [4, 4, 2], [2, 6, 2], [4, 6, 2], [0, 0, 4]);

	it('looks at the middle of the slice with the most', () => {
		expect(chosenPlace(mask, 'widest')).toEqual(placeOf(3, 5, 2));
	});

	it('looks at the first slice from the feet and at the last, however the file is stored', () => {
		expect(chosenPlace(mask, 'first')).toEqual(placeOf(9, 9, 1));
		expect(chosenPlace(mask, 'last')).toEqual(placeOf(0, 0, 4));
		const upsideDown: Grid = { ...GRID, affine: GRID.affine.map((v, n) => (n === 10 ? -v : v)) };
		const turned = maskOf(upsideDown, mask.data);
		expect(rasView(upsideDown).strides[2]).toBeLessThan(0);
		expect(chosenPlace(turned, 'first')).toEqual(ijkToXyz(upsideDown, [0, 0, 4]));
	});

	it('takes the slice nearer to the feet of two alike', () => {
		expect(chosenPlace(maskAt([1, 1, 3], [5, 5, 4]), 'widest')).toEqual(placeOf(1, 1, 3));
	});

	it('finds nothing in an empty mask', () => {
		for (const which of ['widest', 'first', 'last'] as const) expect(chosenPlace(maskAt(), which)).toBeUndefined();
	});
});

describe('lesionFrame', () => {
	it('holds the voxels of all masks, with room on every side', () => {
		const frame = lesionFrame([maskAt([2, 2, 0]), maskAt([8, 7, 5])], 20);
		const [a, b] = [placeOf(2, 2, 0), placeOf(8, 7, 5)];
		expect(frame).toEqual({
			middle: a.map((v, axis) => (v + b[axis]!) / 2),
			acrossMm: 6 + 40,
			alongMm: 10 + 40,
		});
	});

	it('is none where nothing is drawn', () => {
		expect(lesionFrame([maskAt()], 20)).toBeUndefined();
		expect(lesionFrame([], 20)).toBeUndefined();
	});
});
