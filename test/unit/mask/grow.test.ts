import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Growth, grow } from '../../../src/mask/grow.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { GRIDS, intensities, paint, picture, places } from './toolScenes.ts';

const SEED = { x: 5, y: 4, slice: 2 };
const LPS = GRIDS[1]![1];

/** Intensities from pictures of the slices, each digit times 10; the first row is the front. Others are 0. */
const scene = (slices: Record<number, readonly string[]>) =>
	intensities(LPS, (x, y, slice) => 10 * Number(slices[slice]?.[8 - y]?.[x] ?? 0));

function growth(mask: RegionMask, values: ArrayLike<number>, more: Partial<Growth> = {}): Uint32Array {
	return grow(mask, { values, seed: SEED, tolerance: 2, reachMm: 100, inSlice: false, ...more });
}

/** The same region by walking from voxel to voxel. */
function walked(mask: RegionMask, values: ArrayLike<number>, { seed, tolerance, reachMm, inSlice }: Growth): number[] {
	const at = (x: number, y: number, s: number) => values[mask.index(x, y, s)] as number;
	const [sx, sy, sz] = mask.view.spacingMm;
	const around = places(mask)
		.filter(([x, y, s]) => s === seed.slice && Math.abs(x - seed.x) <= 1 && Math.abs(y - seed.y) <= 1)
		.map((place) => at(...place))
		.filter((value) => !Number.isNaN(value));
	const reference = around.reduce((sum, value) => sum + value, 0) / around.length;
	const reached = new Set<number>();
	const walk = (x: number, y: number, s: number) => {
		const index = mask.index(x, y, s);
		if (x < 0 || y < 0 || s < 0 || x >= 11 || y >= 9 || s >= 5 || reached.has(index)) return;
		const far = Math.hypot((x - seed.x) * sx, (y - seed.y) * sy, (s - seed.slice) * sz) > reachMm + 1e-6;
		const passes = Math.abs(at(x, y, s) - reference) <= tolerance || reached.size === 0;
		if (far || !passes || Number.isNaN(at(x, y, s))) return;
		reached.add(index);
		for (const step of [-1, 1]) {
			walk(x + step, y, s);
			walk(x, y + step, s);
			if (!inSlice) walk(x, y, s + step);
		}
	};
	walk(seed.x, seed.y, seed.slice);
	return [...reached].filter((n) => mask.data[n] === 0).sort((a, b) => a - b);
}

describe.each(GRIDS)('a growth on a grid %s', (_, grid) => {
	it('is what walking from voxel to voxel reaches', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(0, 1, 1, 1, 1, 2, 2, Number.NaN), { minLength: 495, maxLength: 495 }),
				fc.array(fc.nat(494), { maxLength: 60 }),
				fc.tuple(fc.nat(10), fc.nat(8), fc.nat(4)),
				fc.constantFrom(0.3, 0.7, 1.1),
				fc.constantFrom(0, 0.5, 1, 1.5, 2, 2.5, 3, 5, 10, 50),
				fc.boolean(),
				(values, drawn, [x, y, slice], tolerance, reachMm, inSlice) => {
					const mask = new RegionMask(grid);
					mask.flip(Uint32Array.from(new Set(drawn)));
					const before = mask.data.slice();
					const how = { values, seed: { x, y, slice }, tolerance, reachMm, inSlice };
					expect([...grow(mask, how)].sort((a, b) => a - b)).toEqual(walked(mask, values, how));
					expect(mask.data).toEqual(before);
				},
			),
			{ numRuns: 300, seed: 20210818 },
		);
	});

	it('reaches as far as its distance in mm, the last voxel included', () => {
		const mask = new RegionMask(grid);
		const [sx, sy, sz] = mask.view.spacingMm;
		const found = new Set(
			growth(
				mask,
				intensities(grid, () => 7),
				{ reachMm: 2 },
			),
		);
		for (const [x, y, s] of places(mask)) {
			const distance2 = ((x - 5) * sx) ** 2 + ((y - 4) * sy) ** 2 + ((s - 2) * sz) ** 2;
			expect(found.has(mask.index(x, y, s))).toBe(distance2 <= 4 + 1e-9);
		}
	});
});

describe('grow', () => {
	const lesion = [
		'...........'.replaceAll('.', '1'),
		'11111111111',
		'11555551111',
		'11555551191',
		'11555555551',
		'11555551191',
		'11155511111',
		'11111111111',
		'55511111111',
	];

	it('takes the lesion under the pointer and not what is as bright elsewhere', () => {
		const mask = new RegionMask(LPS);
		expect(picture(mask, growth(mask, scene({ 2: lesion })), 2)).toEqual([
			'...........',
			'...........',
			'..#####....',
			'..#####....',
			'..########.',
			'..#####....',
			'...###.....',
			'...........',
			'...........',
		]);
	});

	it('goes on into the slices around over faces, or stays in its slice', () => {
		const mask = new RegionMask(LPS);
		const above = lesion.map(() => '11111511111');
		const corner = lesion.map((_, n) => (n === 0 ? '11111151111' : '11111111111'));
		const values = scene({ 2: lesion, 3: above, 4: corner });
		const all = growth(mask, values);
		expect(picture(mask, all, 3)).toEqual(lesion.map(() => '.....#.....'));
		expect(picture(mask, all, 4)).toEqual(lesion.map(() => '...........'));
		const flat = growth(mask, values, { inSlice: true });
		expect(picture(mask, flat, 3)).toEqual(lesion.map(() => '...........'));
		expect(picture(mask, flat, 2)).toEqual(picture(mask, all, 2));
	});

	it('goes through what is drawn already and gives only what is not', () => {
		const mask = new RegionMask(LPS);
		const wall = Array.from({ length: 9 }, () => '......##...');
		paint(mask, 2, wall);
		expect(picture(mask, growth(mask, scene({ 2: lesion })), 2)).toEqual([
			'...........',
			'...........',
			'..####.....',
			'..####.....',
			'..####..##.',
			'..####.....',
			'...###.....',
			'...........',
			'...........',
		]);
	});

	it('compares with the mean of the 3 × 3 voxels around the seed, so that a noisy one does not decide', () => {
		const mask = new RegionMask(LPS);
		const values = intensities(LPS, (x, y, s) => (s !== 2 ? 0 : x === 5 && y === 4 ? 68 : 50));
		// The mean is 52: the plain voxels differ from it by 2, the seed by 16.
		expect(growth(mask, values, { tolerance: 2 })).toHaveLength(99);
		expect(growth(mask, values, { tolerance: 1.9 })).toEqual(Uint32Array.of(mask.index(5, 4, 2)));
	});

	it('takes the voxels that differ by just the tolerance', () => {
		const mask = new RegionMask(LPS);
		const values = intensities(LPS, (x, y, s) =>
			y === 4 && s === 2 ? [90, 47, 48, 50, 50, 50, 50, 50, 52, 53, 50][x]! : 50,
		);
		const found = growth(mask, values, { tolerance: 2, inSlice: true });
		expect(picture(mask, found, 2)[4]).toBe('..#######.#');
	});

	it('counts at a corner of the slice only the neighbours that are there', () => {
		const mask = new RegionMask(LPS);
		const values = intensities(LPS, (x, y) => (x <= 1 && y <= 1 ? 50 : 0));
		const found = growth(mask, values, { seed: { x: 0, y: 0, slice: 0 }, tolerance: 0 });
		expect(found).toHaveLength(4 * 5);
	});

	it('rounds the seed to its voxel and gives nothing for one outside the slice or without a value', () => {
		const mask = new RegionMask(LPS);
		const values = intensities(LPS, (x) => (x === 3 ? Number.NaN : 1));
		expect(growth(mask, values, { seed: { x: 1.6, y: 4.4, slice: 2 }, reachMm: 0 })).toEqual(
			Uint32Array.of(mask.index(2, 4, 2)),
		);
		expect(growth(mask, values, { seed: { x: 3, y: 4, slice: 2 } })).toHaveLength(0);
		expect(growth(mask, values, { seed: { x: -1, y: 4, slice: 2 } })).toHaveLength(0);
		expect(growth(mask, values, { seed: { x: 11, y: 4, slice: 2 } })).toHaveLength(0);
		expect(growth(mask, values, { seed: { x: 1, y: -1, slice: 2 } })).toHaveLength(0);
		expect(growth(mask, values, { seed: { x: 1, y: 9, slice: 2 } })).toHaveLength(0);
		expect(growth(mask, values)).toHaveLength(7 * 9 * 5);
	});

	it('takes the voxels right at its reach whatever rounding makes of their distance', () => {
		const mask = new RegionMask({ dims: [9, 9, 9], affine: [0.1, 0, 0, 0, 0, 0.1, 0, 0, 0, 0, 0.1, 0, 0, 0, 0, 1] });
		const found = growth(mask, new Float32Array(729), { seed: { x: 4, y: 4, slice: 4 }, reachMm: 0.3 });
		expect([...found].filter((n) => Math.floor(n / 81) === 7)).toEqual([mask.index(4, 4, 7)]);
		expect(found).toHaveLength(123);
	});

	it('gives the same after a larger growth, and a result that a later one does not overwrite', () => {
		const mask = new RegionMask(LPS);
		const values = scene({ 2: lesion });
		const small = growth(mask, values, { reachMm: 1 });
		const kept = small.slice();
		growth(
			mask,
			intensities(LPS, () => 1),
		);
		expect(small).toEqual(kept);
		expect(growth(mask, values, { reachMm: 1 })).toEqual(kept);
		const large = new RegionMask({ ...LPS, dims: [40, 40, 5] });
		expect(growth(large, new Float32Array(8000))).toHaveLength(8000);
	});

	it('throws on a slice outside the mask and on intensities of another grid', () => {
		const mask = new RegionMask(LPS);
		expect(() => growth(mask, new Float32Array(495), { seed: { x: 1, y: 1, slice: 5 } })).toThrow(
			'got slice 5, expected 0 to 4',
		);
		expect(() => growth(mask, new Float32Array(10))).toThrow('got 10 intensities, expected 495');
	});
});
