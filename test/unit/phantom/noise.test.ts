import { describe, expect, it } from 'vitest';
import { noiseField } from '../../../src/phantom/noise.ts';
import { normalStream, randomStream } from '../../../src/phantom/random.ts';

function moments(next: () => number, count: number) {
	let sum = 0;
	let squares = 0;
	for (let n = 0; n < count; n++) {
		const value = next();
		sum += value;
		squares += value * value;
	}
	return { mean: sum / count, deviation: Math.sqrt(squares / count) };
}

describe('randomStream', () => {
	it('gives the same numbers for a seed, and others for the next seed', () => {
		const take = (seed: number) => {
			const next = randomStream(seed);
			return [next(), next(), next(), next()];
		};
		expect(take(7)).toEqual(take(7));
		expect(take(7).filter((value) => take(8).includes(value))).toEqual([]);
	});

	it('fills 0 to 2³² evenly', () => {
		const next = randomStream(1);
		const bins = new Array(16).fill(0);
		for (let n = 0; n < 64_000; n++) bins[Math.floor(next() / 2 ** 28)]++;
		for (const bin of bins) expect(Math.abs(bin - 4000)).toBeLessThan(300);
	});
});

describe('normalStream', () => {
	it('has mean 0 and standard deviation 1', () => {
		const { mean, deviation } = moments(normalStream(3), 100_000);
		expect(mean).toBeCloseTo(0, 1);
		expect(deviation).toBeCloseTo(1, 1);
	});
});

describe('noiseField', () => {
	it('has mean 0 and standard deviation 1 over space', () => {
		const next = randomStream(5);
		const field = noiseField(2, 7);
		const { mean, deviation } = moments(() => field(next() / 1e7, next() / 1e7, next() / 1e7), 100_000);
		expect(Math.abs(mean)).toBeLessThan(0.02);
		expect(Math.abs(deviation - 1)).toBeLessThan(0.03);
	});

	it('is a function of place: smooth, the same whenever asked, other for another seed', () => {
		const field = noiseField(2, 10);
		const here = field(3.3, -8.1, 40);
		expect(Math.abs(field(3.31, -8.1, 40) - here)).toBeLessThan(0.02);
		field(50, 50, 50);
		expect(field(3.3, -8.1, 40)).toBe(here);
		expect(noiseField(3, 10)(3.3, -8.1, 40)).not.toBe(here);
	});

	it('throws where features have no size', () => {
		expect(() => noiseField(1, 0)).toThrow('got a noise scale of 0 mm');
	});
});
