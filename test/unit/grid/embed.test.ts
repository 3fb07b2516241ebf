import { expect, test } from 'vitest';
import { embedVoxels, isPartOf } from '../../../src/grid/embed.ts';
import type { Grid } from '../../../src/grid/grid.ts';

const WHOLE: Grid = { dims: [4, 3, 3], affine: [0.5, 0, 0, -10, 0, 2, 0, 5, 0, 0, 5, 30, 0, 0, 0, 1] };
/** Voxels 1 to 2 along i, 1 to 2 along j, 1 along k. */
const PART: Grid = { dims: [2, 2, 1], affine: [0.5, 0, 0, -9.5, 0, 2, 0, 7, 0, 0, 5, 35, 0, 0, 0, 1] };
/** The same voxels, from the right, and with front–back fastest. */
const ACROSS: Grid = { dims: [2, 2, 1], affine: [0, -0.5, 0, -9, 2, 0, 0, 7, 0, 0, -5, 35, 0, 0, 0, 1] };

const elements = (mask: Uint8Array | null) => mask && [...mask.keys()].filter((n) => mask[n] !== 0);

test('a part is written where it lies, in whatever order it is stored', () => {
	const element = (i: number, j: number, k: number) => i + 4 * (j + 3 * k);
	expect([...embedVoxels(Uint8Array.of(1, 2, 3, 4), PART, WHOLE)!].filter(Boolean)).toEqual([1, 2, 3, 4]);
	expect(elements(embedVoxels(Uint8Array.of(0, 1, 0, 0), PART, WHOLE))).toEqual([element(2, 1, 1)]);
	// Second along the first axis is one to the front; from the right that is voxel 2.
	expect(elements(embedVoxels(Uint8Array.of(0, 1, 0, 0), ACROSS, WHOLE))).toEqual([element(2, 2, 1)]);
	expect(elements(embedVoxels(Uint8Array.of(0, 0, 1, 0), ACROSS, WHOLE))).toEqual([element(1, 1, 1)]);
});

test('the whole is a part of itself', () => {
	const data = Uint8Array.from({ length: 36 }, (_, n) => n);
	expect(embedVoxels(data, WHOLE, WHOLE)).toEqual(data);
});

test('voxels between those of the whole, of another size or beyond it are no part', () => {
	const changed = (change: Partial<Record<number, number>>, dims = PART.dims): Grid => ({
		dims,
		affine: PART.affine.map((v, at) => change[at] ?? v),
	});
	expect(isPartOf(PART, WHOLE)).toBe(true);
	expect(isPartOf(changed({ 3: -9.4 }), WHOLE)).toBe(false);
	expect(isPartOf(changed({ 0: 1 }), WHOLE)).toBe(false);
	expect(isPartOf(changed({ 3: -8.5 }), WHOLE)).toBe(false);
	expect(isPartOf(changed({}, [2, 2, 3]), WHOLE)).toBe(false);
	expect(isPartOf(changed({ 0: 0 }), WHOLE)).toBe(false);
	expect(embedVoxels(new Uint8Array(4), changed({ 3: -9.4 }), WHOLE)).toBeNull();
});
