import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Dims } from '../../../src/grid/grid.ts';
import { ANATOMY_TISSUES, type AnatomyTissue, packAnatomy, unpackAnatomy } from '../../../src/phantom/anatomy.ts';
import { WHOLE } from '../../../src/phantom/shares.ts';

describe('the anatomy', () => {
	const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
	const { shares } = anatomy;
	const ml = (name: AnatomyTissue) => {
		let sum = 0;
		for (const [n, tissue] of shares.tissue.entries())
			if (ANATOMY_TISSUES[tissue] === name) sum += shares.share[n]! / WHOLE;
		return sum / 1000;
	};

	it('has the volumes of an adult head', () => {
		expect(ml('white')).toBeGreaterThan(500);
		expect(ml('white')).toBeLessThan(800);
		expect(ml('grey') + ml('deepGrey')).toBeGreaterThan(700);
		expect(ml('grey') + ml('deepGrey')).toBeLessThan(1050);
		expect(ml('ventricle')).toBeGreaterThan(10);
		expect(ml('ventricle')).toBeLessThan(60);
	});

	it('has no face: nothing in front of the brain below the brow', () => {
		const { dims, originMm } = shares.box;
		let found = 0;
		for (let k = 0; k + originMm[2] < -15; k++)
			for (let j = 75 - originMm[1]; j < dims[1]; j++) {
				const row = dims[0] * (j + dims[1] * k);
				found += shares.starts[row + dims[0]]! - shares.starts[row]!;
			}
		expect(found).toBe(0);
	});

	it('knows how far a place is from the brain and from the ventricles', () => {
		expect(anatomy.brainMm(0, -17, 90)).toBeGreaterThan(5);
		expect(anatomy.brainMm(-30, -20, 30)).toBeLessThan(-10);
		expect(anatomy.chamberMm(-30, -20, 50)).toBeGreaterThan(10);
		const { dims, originMm } = shares.box;
		const chamber = ANATOMY_TISSUES.indexOf('ventricle');
		const inside = [...shares.starts.keys()].filter((n) => {
			const at = shares.starts[n]!;
			return shares.tissue[at] === chamber && shares.share[at] === WHOLE && n % 50 === 0;
		});
		const distances = inside.map((n) => {
			const [i, j, k] = [n % dims[0], Math.floor(n / dims[0]) % dims[1], Math.floor(n / (dims[0] * dims[1]))];
			return anatomy.chamberMm(i + originMm[0], j + originMm[1], k + originMm[2]);
		});
		expect(distances.length).toBeGreaterThan(100);
		// The lattice of distances has every second voxel.
		expect(Math.max(...distances)).toBeLessThanOrEqual(2);
		expect(distances.filter((mm) => mm < 0).length / distances.length).toBeGreaterThan(0.9);
	});

	it('comes back from its bytes, and refuses others', () => {
		const small = {
			dims: [4, 2, 2] as Dims,
			originMm: [-1, -2, -3] as Dims,
			// Voxel n holds one tissue of n + 1 fifteenths and 5 of the next; the last of them more than a voxel has room for.
			fifteenths: ANATOMY_TISSUES.map((_, t) =>
				Uint8Array.from({ length: 16 }, (_, n) => (n % 10 === t ? Math.min(15, n + 1) : (n + 1) % 10 === t ? 5 : 0)),
			),
		};
		const { box, starts, tissue, share } = unpackAnatomy(packAnatomy(small)).shares;
		expect(box).toEqual({ dims: small.dims, originMm: small.originMm });
		for (let n = 0; n < 16; n++) {
			const first = Math.min(15, n + 1);
			const expected = new Map([
				[n % 10, first > 10 ? 10 : first],
				[(n + 1) % 10, 5],
			]);
			const found = new Map<number, number>();
			for (let e = starts[n]!; e < starts[n + 1]!; e++) found.set(tissue[e]!, (share[e]! / WHOLE) * 15);
			expect(found).toEqual(expected);
		}
		expect(() => unpackAnatomy(new Uint8Array(99))).toThrow('expected an anatomy');
		expect(() => unpackAnatomy(packAnatomy(small).slice(0, -1))).toThrow('bytes, expected');
	});
});
