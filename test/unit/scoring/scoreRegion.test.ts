import { describe, expect, it } from 'vitest';
import type { Grid } from '../../../src/grid/grid.ts';
import { typescriptKernels } from '../../../src/scoring/kernels/typescriptKernels.ts';
import { scoreRegion } from '../../../src/scoring/scoreRegion.ts';

const RAS: Grid = { dims: [4, 3, 2], affine: [0.5, 0, 0, 0, 0, 2, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1] };

const OPTIONS = { definition: 'surfel', tolerancesMm: [1, 2], kernels: typescriptKernels } as const;

function score(referenceAt: readonly number[], predictionAt: readonly number[], grid = RAS) {
	const mask = (inside: readonly number[]) => {
		const data = new Uint8Array(grid.dims[0] * grid.dims[1] * grid.dims[2]);
		for (const n of inside) data[n] = 1;
		return data;
	};
	return scoreRegion({ region: 'WT', grid, reference: mask(referenceAt), prediction: mask(predictionAt) }, OPTIONS);
}

describe('scoreRegion', () => {
	it('counts by agreement (rule 2) and takes the quotients from the counts (rules 3–5)', () => {
		const result = score([0, 1, 2, 12], [1, 2, 3]);
		expect(result.counts).toEqual({ tp: 2, fp: 1, fn: 2, tn: 19 });
		expect(result.dice).toEqual({ kind: 'value', value: 4 / 7 });
		expect(result.sensitivity).toEqual({ kind: 'value', value: 2 / 4 });
		expect(result.precision).toEqual({ kind: 'value', value: 2 / 3 });
	});

	it('gives volumes in ml (rule 7) and areas in mm² of the slices that differ (rule 8)', () => {
		const result = score([0, 1, 2, 12], [1, 2, 3]);
		expect(result.referenceMl).toBeCloseTo(0.02, 12);
		expect(result.predictionMl).toBeCloseTo(0.015, 12);
		expect(result.slices).toEqual([
			{ slice: 0, missedMm2: 1, extraMm2: 1 },
			{ slice: 1, missedMm2: 1, extraMm2: 0 },
		]);
	});

	it('numbers slices from the feet where storage runs from the head (rule 8)', () => {
		const fromHead: Grid = { dims: [4, 3, 2], affine: [0.5, 0, 0, 0, 0, 2, 0, 0, 0, 0, -5, 0, 0, 0, 0, 1] };
		expect(score([0], [], fromHead).slices).toEqual([{ slice: 1, missedMm2: 1, extraMm2: 0 }]);
	});

	it('measures areas in the slice plane of a tilted grid (rule 8)', () => {
		const tilted: Grid = { dims: [4, 3, 2], affine: [0.5, 0, 0, 0, 0, 1.6, -3, 0, 0, 1.2, 4, 0, 0, 0, 0, 1] };
		expect(score([0], [], tilted).slices[0]?.missedMm2).toBeCloseTo(1, 12);
	});

	it('tags what has no denominator with the reason (rule 6)', () => {
		const both = { kind: 'undefined', reason: 'bothEmpty' };
		expect(score([], [])).toMatchObject({ dice: both, sensitivity: both, precision: both, slices: [] });
		expect(score([], [3])).toMatchObject({
			dice: { kind: 'value', value: 0 },
			sensitivity: { kind: 'undefined', reason: 'referenceEmpty' },
			precision: { kind: 'value', value: 0 },
		});
		expect(score([3], [])).toMatchObject({
			dice: { kind: 'value', value: 0 },
			sensitivity: { kind: 'value', value: 0 },
			precision: { kind: 'undefined', reason: 'predictionEmpty' },
		});
	});

	it('takes any value but 0 for inside, and masks that start anywhere in their buffer (rule 1)', () => {
		const reference = new Uint8Array(27).subarray(3);
		const prediction = new Uint8Array(25).subarray(1);
		reference.fill(7, 20);
		prediction.fill(255, 20);
		const masks = { region: 'WT', grid: RAS, reference, prediction };
		expect(scoreRegion(masks, OPTIONS).counts).toEqual({ tp: 4, fp: 0, fn: 0, tn: 20 });
	});

	it('throws where a mask does not fill the grid (rule 1)', () => {
		const masks = { region: 'WT', grid: RAS, reference: new Uint8Array(24), prediction: new Uint8Array(23) };
		expect(() => scoreRegion(masks, OPTIONS)).toThrow('got a prediction of 23 voxels, expected 24');
		const all = { ...masks, prediction: new Uint8Array(24), ignore: new Uint8Array(1) };
		expect(() => scoreRegion(all, OPTIONS)).toThrow('got voxels to ignore of 1, expected 24');
	});

	it('leaves the voxels to ignore out of both masks (rule 1)', () => {
		const mask = (...inside: number[]) => Uint8Array.from({ length: 24 }, (_, n) => (inside.includes(n) ? 1 : 0));
		const masks = { region: 'WT', grid: RAS, reference: mask(0, 1, 2), prediction: mask(2, 3, 4), ignore: mask(1, 3) };
		expect(scoreRegion(masks, OPTIONS).counts).toEqual({ tp: 1, fp: 1, fn: 1, tn: 21 });
	});
});
