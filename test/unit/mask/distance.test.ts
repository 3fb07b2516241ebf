import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Dims } from '../../../src/grid/grid.ts';
import { distanceTo } from '../../../src/mask/distance.ts';

const length = fc.integer({ min: 1, max: 6 });
const spacing = fc.constantFrom(0.45, 0.5, 1, 1.2, 5.5);

it('distances are those of trying every voxel, in 3-D and in the slice, to either value', () => {
	fc.assert(
		fc.property(
			fc.tuple(length, length, length).chain((dims) => {
				const count = dims[0] * dims[1] * dims[2];
				return fc.tuple(fc.constant(dims), fc.uint8Array({ minLength: count, maxLength: count, max: 1 }));
			}),
			fc.tuple(spacing, spacing, spacing),
			fc.constantFrom(0 as const, 1 as const),
			fc.boolean(),
			([dims, data], mm, value, inSlice) => {
				const place = (n: number): Dims => [
					n % dims[0],
					Math.floor(n / dims[0]) % dims[1],
					Math.floor(n / (dims[0] * dims[1])),
				];
				const found = distanceTo(value, data, dims, mm, inSlice);
				for (let n = 0; n < data.length; n++) {
					const nearest = [...data.keys()]
						.filter((m) => data[m] === value && (!inSlice || place(m)[2] === place(n)[2]))
						.map((m) => Math.hypot(...place(n).map((v, axis) => (v - place(m)[axis]!) * mm[axis]!)));
					expect(found[n]).toBeCloseTo(Math.min(Number.POSITIVE_INFINITY, ...nearest), 5);
				}
			},
		),
		{ numRuns: 200, seed: 1 },
	);
});

it('any value but 0 is inside, and the data are left as they are', () => {
	const data = Uint8Array.from([0, 7, 0, 0]);
	expect([...distanceTo(1, data, [4, 1, 1], [2, 1, 1])]).toEqual([2, 0, 2, 4]);
	expect([...distanceTo(0, data, [4, 1, 1], [2, 1, 1])]).toEqual([0, 2, 0, 0]);
	expect([...data]).toEqual([0, 7, 0, 0]);
});

it('there is no distance to what does not occur', () => {
	expect([...distanceTo(1, new Uint8Array(8), [2, 2, 2], [1, 1, 1])]).toEqual(Array(8).fill(Number.POSITIVE_INFINITY));
	expect([...distanceTo(1, Uint8Array.from([1, 0, 0, 0]), [2, 1, 2], [1, 1, 1], true)]).toEqual([
		0,
		1,
		Number.POSITIVE_INFINITY,
		Number.POSITIVE_INFINITY,
	]);
});
