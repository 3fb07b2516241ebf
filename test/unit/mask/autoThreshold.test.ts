import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoThreshold } from '../../../src/mask/autoThreshold.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { GRIDS, intensities, paint, picture, places } from './toolScenes.ts';

const LPS = GRIDS[1]![1];

const box = (x0: number, y0: number, x1: number, y1: number) => [
	{ x: x0 - 0.5, y: y0 - 0.5 },
	{ x: x1 + 0.5, y: y0 - 0.5 },
	{ x: x1 + 0.5, y: y1 + 0.5 },
	{ x: x0 - 0.5, y: y1 + 0.5 },
];

/** Sum of the squared differences of values from their mean. */
function spread(values: readonly number[]): number {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

describe.each(GRIDS)('a threshold on a grid %s', (_, grid) => {
	// A round lesion of 60 to 64 in brain of 20 to 29, with a spot of 63 outside the zone.
	const values = intensities(grid, (x, y, slice) => {
		const inLesion = (x - 5) ** 2 + (y - 4) ** 2 <= 5 && slice >= 1 && slice <= 3;
		return inLesion ? 60 + ((x + y + slice) % 5) : x === 10 ? 63 : 20 + ((x * 7 + y * 3 + slice) % 10);
	});

	it('takes a bright lesion out of its zone, on the slices asked for', () => {
		const mask = new RegionMask(grid);
		const found = autoThreshold(mask, { values, slices: [2, 4], points: box(1, 1, 8, 7), bright: true });
		const disc = [
			'...........',
			'...........',
			'....###....',
			'...#####...',
			'...#####...',
			'...#####...',
			'....###....',
			'...........',
			'...........',
		];
		const nothing = disc.map(() => '...........');
		expect([0, 1, 2, 3, 4].map((slice) => picture(mask, found?.elements ?? [], slice))).toEqual([
			nothing,
			nothing,
			disc,
			disc,
			nothing,
		]);
		expect([found?.low, found?.high]).toEqual([60, 64]);
		expect(mask.total).toBe(0);
	});

	it('parts the zone where the spread on both sides together is smallest', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.nat(12), fc.constantFrom(-900, -250.5, 60, 61, 333, 899), fc.constant(Number.NaN)), {
					minLength: 495,
					maxLength: 495,
				}),
				fc.tuple(fc.nat(10), fc.nat(10), fc.nat(8), fc.nat(8), fc.nat(4), fc.nat(4)),
				fc.boolean(),
				(noise, [xa, xb, ya, yb, sa, sb], bright) => {
					const mask = new RegionMask(grid);
					mask.flip(Uint32Array.of(3, 250));
					const [x0, x1, y0, y1] = [Math.min(xa, xb), Math.max(xa, xb), Math.min(ya, yb), Math.max(ya, yb)];
					const [first, last] = [Math.min(sa, sb), Math.max(sa, sb)];
					const zone = places(mask)
						.filter(([x, y, s]) => x >= x0 && x <= x1 && y >= y0 && y <= y1 && s >= first && s <= last)
						.map((place) => mask.index(...place))
						.filter((n) => !Number.isNaN(noise[n]));
					const inZone = zone.map((n) => noise[n]!);
					const found = autoThreshold(mask, {
						values: noise,
						slices: [first, last],
						points: box(x0, y0, x1, y1),
						bright,
					});
					const levels = [...new Set(inZone)].sort((a, b) => a - b);
					if (levels.length < 2) {
						expect(found).toBeUndefined();
						return;
					}
					const cost = (t: number) => spread(inZone.filter((v) => v < t)) + spread(inZone.filter((v) => v >= t));
					const best = Math.min(...levels.slice(1).map(cost));
					const { low, high, elements } = found!;
					const threshold = bright ? low : levels[levels.indexOf(high) + 1]!;
					expect(cost(threshold)).toBeLessThanOrEqual(best * (1 + 1e-9) + 1e-9);
					expect(bright ? high : low).toBe(bright ? levels.at(-1) : levels[0]);
					const side = zone.filter((n) => mask.data[n] === 0 && noise[n]! >= threshold === bright);
					expect([...elements].sort((a, b) => a - b)).toEqual(side.sort((a, b) => a - b));
				},
			),
			{ numRuns: 50, seed: 20210818 },
		);
	});
});

describe('autoThreshold', () => {
	it('takes a dark lesion where asked, and leaves out what is drawn already', () => {
		const mask = new RegionMask(LPS);
		const values = intensities(LPS, (x, y) => (x >= 3 && x <= 6 && y >= 2 && y <= 4 ? 10 : 80));
		paint(mask, 0, ['...........', '...##......', '...........', '...........']);
		const found = autoThreshold(mask, { values, slices: [0, 0], points: box(1, 1, 8, 7), bright: false });
		expect(picture(mask, found?.elements ?? [], 0)).toEqual([
			'...........',
			'...........',
			'...........',
			'...........',
			'...####....',
			'...####....',
			'.....##....',
			'...........',
			'...........',
		]);
		expect([found?.low, found?.high]).toEqual([10, 10]);
	});

	it('takes the lowest of equal thresholds', () => {
		const mask = new RegionMask(LPS);
		const values = intensities(LPS, (x) => x);
		const zone = { values, slices: [0, 0] as const, points: box(1, 0, 3, 0) };
		expect(autoThreshold(mask, { ...zone, bright: true })).toMatchObject({ low: 2, high: 3 });
		expect(autoThreshold(mask, { ...zone, bright: false })).toMatchObject({ low: 1, high: 1 });
	});

	it('leaves out what is not finite', () => {
		const mask = new RegionMask(LPS);
		const row = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 4, 5, 9, 9];
		const values = intensities(LPS, (x) => row[x] ?? 0);
		const zone = { values, slices: [0, 0] as const, points: box(0, 0, 6, 0) };
		const bright = autoThreshold(mask, { ...zone, bright: true });
		expect([bright?.low, bright?.high, bright?.elements.length]).toEqual([9, 9, 2]);
		const dark = autoThreshold(mask, { ...zone, bright: false });
		expect([dark?.low, dark?.high, dark?.elements.length]).toEqual([4, 5, 2]);
	});

	it('has no threshold where the zone is empty or of one intensity', () => {
		const mask = new RegionMask(LPS);
		const values = intensities(LPS, (x) => (x > 8 ? 1 : 0));
		const zone = { values, slices: [0, 4] as const, bright: true };
		expect(autoThreshold(mask, { ...zone, points: box(1, 1, 8, 7) })).toBeUndefined();
		expect(autoThreshold(mask, { ...zone, points: box(20, 1, 28, 7) })).toBeUndefined();
		expect(autoThreshold(mask, { ...zone, points: box(0, 0, 10, 8).slice(0, 2) })).toBeUndefined();
		expect(autoThreshold(mask, { ...zone, points: box(0, 0, 10, 8) })?.elements).toHaveLength(2 * 9 * 5);
	});

	it('throws on slices outside the mask or in the wrong order and on intensities of another grid', () => {
		const mask = new RegionMask(LPS);
		const zone = { values: new Float32Array(495), points: box(1, 1, 8, 7), bright: true };
		for (const slices of [
			[-1, 2],
			[3, 5],
			[3, 2],
		] as const)
			expect(() => autoThreshold(mask, { ...zone, slices })).toThrow(`got slices ${slices[0]} to ${slices[1]}`);
		expect(() => autoThreshold(mask, { ...zone, slices: [0, 1], values: [1, 2] })).toThrow('got 2 intensities');
	});
});
