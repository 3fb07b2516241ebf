import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combine } from '../../../src/mask/combine.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { after, anyMask } from './shapeScenes.ts';
import { GRIDS, paint, picture, setElements } from './toolScenes.ts';

const RULES = {
	union: (a: boolean, b: boolean) => a || b,
	minus: (a: boolean, b: boolean) => a && !b,
	intersect: (a: boolean, b: boolean) => a && b,
} as const;
const OPERATIONS = ['union', 'minus', 'intersect'] as const;

describe.each(GRIDS)('a combination on a grid %s', (_, grid) => {
	it.each(OPERATIONS)('%s is that of each voxel, and replaces what the target held', (operation) => {
		fc.assert(
			fc.property(anyMask(grid), anyMask(grid), anyMask(grid), (target, first, second) => {
				const { elements, resampled } = combine(target, { first, second, operation });
				const expected = target.data.map((_, n) =>
					RULES[operation](first.data[n] === 1, second.data[n] === 1) ? 1 : 0,
				);
				expect(after(target, elements)).toEqual(expected);
				expect(resampled).toBe(false);
			}),
			{ numRuns: 30, seed: 6 },
		);
	});

	it('may take the target itself', () => {
		const [mask, other] = [new RegionMask(grid), new RegionMask(grid)];
		paint(mask, 1, ['###', '###']);
		paint(other, 1, ['##.']);
		mask.flip(combine(mask, { first: mask, second: other, operation: 'minus' }).elements);
		expect(picture(mask, setElements(mask), 1).slice(-2)).toEqual(['###........', '..#........']);
		expect(combine(mask, { first: mask, second: mask, operation: 'minus' }).elements).toEqual(
			Uint32Array.from(setElements(mask)),
		);
	});
});

it('a mask on a finer grid is taken by the nearest voxel, and that is said', () => {
	const coarse = new RegionMask({ dims: [6, 4, 2], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 4, 0, 0, 0, 0, 1] });
	// Stored to the left, three voxels for one of the coarse grid; it reaches from x -1 to 3.67 only.
	const fine = new RegionMask({
		dims: [15, 12, 2],
		affine: [-1 / 3, 0, 0, 11 / 3, 0, 1 / 3, 0, -1 / 3, 0, 0, 4, 0, 0, 0, 0, 1],
	});
	const [, height] = fine.view.dims;
	for (let y = 0; y < height; y++) for (let x = 6; x < 15; x++) fine.flip(Uint32Array.of(fine.index(x, y, 1)));
	const { elements, resampled } = combine(coarse, { first: coarse, second: fine, operation: 'union' });
	expect(resampled).toBe(true);
	expect(picture(coarse, elements, 1)).toEqual(['.###..', '.###..', '.###..', '.###..']);
	expect(elements.length).toBe(12);
	expect(combine(fine, { first: fine, second: coarse, operation: 'minus' })).toEqual({
		elements: new Uint32Array(0),
		resampled: true,
	});
	expect(combine(coarse, { first: fine, second: coarse, operation: 'intersect' }).resampled).toBe(true);
});

it('a mask on a grid whose voxels are not a multiple of four is compared to its end', () => {
	const grid = { dims: [3, 1, 1], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] } as const;
	const [target, first] = [new RegionMask(grid), new RegionMask(grid)];
	first.flip(Uint32Array.of(2));
	expect(combine(target, { first, second: target, operation: 'union' }).elements).toEqual(Uint32Array.of(2));
});
