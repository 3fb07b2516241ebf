import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dims } from '../../../src/grid/grid.ts';
import { ANATOMY_TISSUES, packAnatomy, unpackAnatomy } from '../../../src/phantom/anatomy.ts';
import { distanceTo } from '../../../src/phantom/distance.ts';

describe('the anatomy', () => {
	const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
	const ml = (name: (typeof ANATOMY_TISSUES)[number]) =>
		anatomy.shares[ANATOMY_TISSUES.indexOf(name)]!.reduce((sum, share) => sum + share, 0) / 15_000;

	it('has the volumes of an adult head', () => {
		expect(ml('white')).toBeGreaterThan(500);
		expect(ml('white')).toBeLessThan(800);
		expect(ml('grey') + ml('deepGrey')).toBeGreaterThan(700);
		expect(ml('grey') + ml('deepGrey')).toBeLessThan(1050);
		expect(ml('ventricle')).toBeGreaterThan(10);
		expect(ml('ventricle')).toBeLessThan(60);
	});

	it('has no face: nothing in front of the brain below the brow', () => {
		const { dims, originMm, shares } = anatomy;
		let found = 0;
		for (let k = 0; k + originMm[2] < -15; k++)
			for (let j = 75 - originMm[1]; j < dims[1]; j++)
				for (let i = 0; i < dims[0]; i++) for (const share of shares) found += share[i + dims[0] * (j + dims[1] * k)]!;
		expect(found).toBe(0);
	});

	it('comes back from its bytes, and refuses others', () => {
		const small = {
			dims: [3, 1, 1] as Dims,
			originMm: [-1, -2, -3] as Dims,
			shares: ANATOMY_TISSUES.map((_, t) => Uint8Array.of(t, 15 - t, 7)),
		};
		expect(unpackAnatomy(packAnatomy(small))).toEqual(small);
		expect(() => unpackAnatomy(new Uint8Array(99))).toThrow('expected an anatomy');
		expect(() => unpackAnatomy(packAnatomy(small).slice(0, -1))).toThrow('bytes, expected');
	});
});

it('distances are those of trying every voxel', () => {
	const length = fc.integer({ min: 1, max: 6 });
	fc.assert(
		fc.property(
			fc.tuple(length, length, length).chain((dims) => {
				const count = dims[0] * dims[1] * dims[2];
				return fc.tuple(fc.constant(dims), fc.uint8Array({ minLength: count, maxLength: count, max: 1 }));
			}),
			([dims, inside]) => {
				fc.pre(inside.some((value) => value === 1));
				const place = (n: number) => [
					n % dims[0],
					Math.floor(n / dims[0]) % dims[1],
					Math.floor(n / (dims[0] * dims[1])),
				];
				const found = distanceTo(inside, dims);
				for (let n = 0; n < inside.length; n++) {
					const nearest = [...inside.keys()]
						.filter((m) => inside[m] === 1)
						.map((m) => Math.hypot(...place(n).map((v, axis) => v - place(m)[axis]!)));
					expect(found[n]).toBeCloseTo(Math.min(...nearest), 5);
				}
			},
		),
		{ numRuns: 100 },
	);
});
