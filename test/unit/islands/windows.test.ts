import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Windows } from '../../../src/islands/practice/windows.ts';

/** Intensities 0 to 2000 times `scale`, evenly. */
const even = (scale: number) => Float64Array.from({ length: 2001 }, (_, n) => n * scale);

describe('Windows', () => {
	beforeEach(() => {
		const kept = new Map<string, string>();
		const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: kept.set.bind(kept) };
		vi.stubGlobal('localStorage', storage);
		return () => vi.unstubAllGlobals();
	});

	it('opens on percentiles and comes back to them', () => {
		const windows = new Windows();
		windows.add('T2', even(1));
		const first = windows.get('T2');
		expect(first).toEqual({ low: expect.closeTo(20, 9), high: expect.closeTo(1994, 9) });
		windows.set('T2', { low: 300, high: 900 });
		expect(windows.get('T2')).toEqual({ low: 300, high: 900 });
		windows.reset('T2');
		expect(windows.get('T2')).toEqual(first);
	});

	it('remembers a window for its sequence, whatever the intensities of the next case are', () => {
		const here = new Windows();
		here.add('T2', even(1));
		here.set('T2', { low: 500, high: 1500 });
		const next = new Windows();
		next.add('T2', even(0.001));
		next.add('FLAIR', even(1));
		expect(next.get('T2')).toEqual({ low: expect.closeTo(0.5, 9), high: expect.closeTo(1.5, 9) });
		expect(next.get('FLAIR')?.low).toBeCloseTo(20, 9);
	});

	it('stays inside the intensities and never closes', () => {
		const windows = new Windows();
		windows.add('T2', even(1));
		windows.set('T2', { low: -500, high: 9000 });
		expect(windows.get('T2')).toEqual(windows.range('T2'));
		windows.set('T2', { low: 1200, high: 1200 });
		expect(windows.get('T2')).toEqual({ low: 1200, high: 1210 });
		windows.add('T1', new Float64Array(2001).fill(7));
		const flat = windows.get('T1');
		expect(flat && flat.high > flat.low).toBe(true);
	});
});
