import { describe, expect, it } from 'vitest';
import { intensityQuantiles, percentOf, valueAt } from '../../../src/formats/intensityQuantiles.ts';

describe('intensityQuantiles', () => {
	it('leaves the background out', () => {
		const data = Int16Array.from({ length: 2000 }, (_, n) => (n < 1000 ? 0 : n - 899));
		const q = intensityQuantiles(data);
		expect(valueAt(q, 0)).toBeCloseTo(101, -1);
		expect(valueAt(q, 50)).toBeCloseTo(600, -1);
		expect(valueAt(q, 100)).toBe(1100);
	});

	it('finds a background that is not zero', () => {
		const data = Float32Array.from({ length: 1000 }, (_, n) => (n < 300 ? -3 : n / 100));
		expect(valueAt(intensityQuantiles(data), 0)).toBeCloseTo(3, 1);
	});

	it('gives the one value of a flat volume', () => {
		const q = intensityQuantiles(new Uint8Array(10).fill(7));
		expect([valueAt(q, 0), valueAt(q, 100)]).toEqual([7, 7]);
		expect(percentOf(q, 7)).toBe(0);
	});

	it('turns values into percentages and back', () => {
		const data = Float32Array.from({ length: 5000 }, (_, n) => Math.sqrt(n));
		const q = intensityQuantiles(data);
		for (const percent of [0, 1, 12.34, 50, 99.7, 100])
			expect(percentOf(q, valueAt(q, percent))).toBeCloseTo(percent, 1);
		expect(percentOf(q, -5)).toBe(0);
		expect(percentOf(q, 1e9)).toBe(100);
	});
});
