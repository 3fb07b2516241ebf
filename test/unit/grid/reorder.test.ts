import { describe, expect, it } from 'vitest';
import { diagnoseGrid } from '../../../src/grid/diagnoseGrid.ts';
import type { Dims, Grid } from '../../../src/grid/grid.ts';
import { reorderVoxels } from '../../../src/grid/reorder.ts';

const IMAGES: Grid = { dims: [4, 3, 2], affine: [0.5, 0, 0, -10, 0, 2, 0, 5, 0, 0, 5, 30, 0, 0, 0, 1] };
/** The same places stored from the left, from the head, and with front–back fastest. */
const LPS: Grid = { dims: [4, 3, 2], affine: [-0.5, 0, 0, -8.5, 0, -2, 0, 9, 0, 0, 5, 30, 0, 0, 0, 1] };
const ACROSS: Grid = { dims: [3, 4, 2], affine: [0, 0.5, 0, -10, 2, 0, 0, 5, 0, 0, -5, 35, 0, 0, 0, 1] };

const changed = (change: Partial<Record<number, number>>, dims: Dims = IMAGES.dims): Grid => ({
	dims,
	affine: IMAGES.affine.map((v, at) => change[at] ?? v),
});

describe('reorderVoxels', () => {
	it('writes flipped and permuted voxels where they lie, and back again', () => {
		const data = Uint8Array.from({ length: 24 }, (_, n) => n);
		const flipped = reorderVoxels(data, LPS, IMAGES)!;
		expect([...flipped.subarray(0, 4)]).toEqual([11, 10, 9, 8]);
		expect(reorderVoxels(flipped, IMAGES, LPS)).toEqual(data);
		const across = reorderVoxels(data, ACROSS, IMAGES)!;
		// Voxel (1, 2, 0) of the images is element 2 + 3·1 of the slice nearest the head, which is stored last.
		expect(across[1 + 4 * 2]).toBe(2 + 3 + 12);
		expect(reorderVoxels(across, IMAGES, ACROSS)).toEqual(data);
	});

	it('gives nothing where the voxels lie elsewhere', () => {
		expect(reorderVoxels(new Uint8Array(24), changed({ 3: -9 }), IMAGES)).toBeNull();
		expect(reorderVoxels(new Uint8Array(24), changed({ 0: 0.6 }), IMAGES)).toBeNull();
	});
});

describe('diagnoseGrid', () => {
	it('tells the same grid, and the same places in another order', () => {
		expect(diagnoseGrid(IMAGES, IMAGES)).toEqual({ kind: 'same' });
		expect(diagnoseGrid(LPS, IMAGES)).toEqual({ kind: 'reordered' });
		expect(diagnoseGrid(ACROSS, IMAGES)).toEqual({ kind: 'reordered' });
	});

	it('tells a mirror, also of both axes as between LPS and RAS', () => {
		expect(diagnoseGrid(changed({ 0: -0.5, 3: 10 }), IMAGES)).toEqual({ kind: 'mirrored', axes: ['leftRight'] });
		const both = changed({ 0: -0.5, 3: 10, 5: -2, 7: -5 });
		expect(diagnoseGrid(both, IMAGES)).toEqual({ kind: 'mirrored', axes: ['leftRight', 'frontBack'] });
	});

	it('tells how far and which way a grid is shifted', () => {
		expect(diagnoseGrid(changed({ 11: 27 }), IMAGES)).toEqual({ kind: 'shifted', mm: 3, towards: 'feet' });
		expect(diagnoseGrid(changed({ 3: -6 }), IMAGES)).toEqual({ kind: 'shifted', mm: 4, towards: 'right' });
		// Stored in another order as well.
		const moved = (grid: Grid): Grid => ({ ...grid, affine: grid.affine.map((v, at) => (at === 11 ? v - 3 : v)) });
		for (const grid of [LPS, ACROSS])
			expect(diagnoseGrid(moved(grid), IMAGES)).toEqual({ kind: 'shifted', mm: 3, towards: 'feet' });
	});

	it('tells another spacing, axis order, a cut or resampled matrix, and what has no relation', () => {
		expect(diagnoseGrid(changed({ 10: 6 }), IMAGES)).toMatchObject({ kind: 'spacing', spacingMm: [0.5, 2, 6] });
		expect(diagnoseGrid(changed({}, [3, 4, 2]), IMAGES)).toMatchObject({ kind: 'axisOrder', dims: [3, 4, 2] });
		expect(diagnoseGrid(changed({}, [4, 3, 1]), IMAGES).kind).toBe('matrix');
		expect(diagnoseGrid(changed({ 3: 300 }, [4, 3, 1]), IMAGES).kind).toBe('unrelated');
	});
});
