import { describe, expect, it } from 'vitest';
import { lesionExtent, markEnds } from '../../../../src/learning/drills/endSlices.ts';
import { RegionMask } from '../../../../src/mask/regionMask.ts';

const LIMITS = { minAreaMm2: 10, leewaySlices: 1, hardAreaMm2: 50 };

/** Slices of 20 × 20 pixels of 1 mm², 5 mm apart; a lesion of so many voxels in a row in each, another one far off. */
function maskOf(voxels: readonly number[], other: readonly number[] = []): RegionMask {
	const mask = new RegionMask({
		dims: [100, 20, voxels.length],
		affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1],
	});
	const flips = (counts: readonly number[], row: number) =>
		counts.flatMap((count, slice) => Array.from({ length: count }, (_, n) => n + 100 * (row + 20 * slice)));
	mask.flip(Uint32Array.from([...flips(voxels, 2), ...flips(other, 12)]));
	return mask;
}

describe('lesionExtent', () => {
	it('gives the ends of the largest lesion, and those of its slices that count', () => {
		const extent = lesionExtent(maskOf([0, 4, 12, 60, 30, 9, 0, 0], [0, 0, 0, 0, 0, 0, 0, 40]), LIMITS);
		expect(extent).toMatchObject({ first: 1, last: 5, firstCounted: 2, lastCounted: 4, areasMm2: [4, 12, 60, 30, 9] });
		expect(extent?.middle).toMatchObject({ slice: 3, y: 2 });
	});

	it('gives none where nothing is drawn, or nothing that counts', () => {
		expect(lesionExtent(maskOf([0, 0]), LIMITS)).toBeUndefined();
		expect(lesionExtent(maskOf([0, 9, 9]), LIMITS)).toBeUndefined();
	});
});

describe('markEnds', () => {
	const extent = lesionExtent(maskOf([0, 0, 4, 12, 60, 70, 30, 9, 0, 0]), LIMITS)!;
	const mark = (first: number, last: number) => markEnds(extent, { first, last }, LIMITS);

	it('takes the ends that count, the ends of all, and one slice beyond', () => {
		for (const first of [1, 2, 3])
			for (const last of [6, 7, 8])
				expect(mark(first, last)).toEqual({ first: null, last: null, score: 1, hardFail: false });
	});

	it('counts a slice that counts as missed, and two beyond as too many, each end by half', () => {
		expect(mark(4, 6)).toEqual({ first: 'missed', last: null, score: 0.5, hardFail: false });
		expect(mark(0, 6)).toEqual({ first: 'beyond', last: null, score: 0.5, hardFail: false });
		expect(mark(3, 9)).toEqual({ first: null, last: 'beyond', score: 0.5, hardFail: false });
		expect(mark(4, 5)).toMatchObject({ first: 'missed', last: 'missed', score: 0 });
	});

	it('fails outright only where a slice as large as the limit is left out', () => {
		expect(mark(4, 5).hardFail).toBe(false);
		expect(mark(5, 6).hardFail).toBe(true);
	});
});
