import { describe, expect, it } from 'vitest';
import { ijkToXyz, invertAffine } from '../../../../src/grid/grid.ts';
import { type MarkSource, placeMarks } from '../../../../src/learning/drills/marks.ts';
import { resampleLabels } from '../../../../src/scoring/findings/resample.ts';

const grid = { dims: [60, 60, 10], affine: [-1, 0, 0, 30, 0, -1, 0, 30, 0, 0, 4, 0, 0, 0, 0, 1] } as const;
const fine = { dims: [60, 60, 20], affine: [-1, 0, 0, 30, 0, -1, 0, 30, 0, 0, 2, 0, 0, 0, 0, 1] } as const;

/** A box of voxels, both corners in it. */
function box(on: typeof grid | typeof fine, from: readonly number[], to: readonly number[], value = 1): Uint8Array {
	const data = new Uint8Array(on.dims[0] * on.dims[1] * on.dims[2]);
	for (let k = from[2]!; k <= to[2]!; k++)
		for (let j = from[1]!; j <= to[1]!; j++)
			for (let i = from[0]!; i <= to[0]!; i++) data[i + on.dims[0] * (j + on.dims[1] * k)] = value;
	return data;
}
const either = (...masks: readonly Uint8Array[]) => masks[0]!.map((_, n) => Math.max(...masks.map((mask) => mask[n]!)));

const source: MarkSource = {
	family: 'glioma',
	regions: new Map([
		['WT', { grid, data: box(grid, [5, 5, 2], [30, 38, 7]) }],
		['TB', { grid, data: box(grid, [10, 10, 3], [25, 25, 6]) }],
		['ET', { grid: fine, data: box(fine, [10, 10, 6], [25, 25, 13]) }],
	]),
	layers: [
		{ kind: 'uncertain', region: 'WT', grid, labels: box(grid, [5, 28, 2], [30, 38, 7]) },
		{
			kind: 'confounders',
			region: null,
			grid,
			labels: either(box(grid, [40, 40, 2], [46, 46, 4]), box(grid, [50, 5, 3], [56, 12, 4], 2)),
		},
		{
			kind: 'notEnhancing',
			region: null,
			grid: fine,
			labels: either(box(fine, [40, 20, 5], [43, 24, 12], 2), box(fine, [20, 40, 5], [24, 44, 8], 1)),
		},
	],
};

/** The value of labels at a place. */
function at(
	labels: Uint8Array,
	on: typeof grid | typeof fine,
	xyz: readonly [number, number, number],
): number | undefined {
	const [i, j, k] = ijkToXyz({ dims: on.dims, affine: invertAffine(on.affine) }, xyz).map(Math.round);
	return labels[i! + on.dims[0] * (j! + on.dims[1] * k!)];
}

describe('placeMarks', () => {
	it.each([1, 2, 3, 4, 5])('places marks that are what they say, seed %i', (seed) => {
		const marks = placeMarks(source, 6, seed);
		expect(marks).toHaveLength(6);
		expect(marks.filter(({ truth }) => truth === 'oedema').length).toBeGreaterThanOrEqual(3);
		expect(marks.filter(({ truth }) => truth !== 'oedema').length).toBeGreaterThanOrEqual(2);
		const whole = source.regions.get('WT')!.data;
		const body = either(source.regions.get('TB')!.data, resampleLabels(source.regions.get('ET')!.data, fine, grid));
		for (const { truth, xyzMm, sequence } of marks) {
			expect(at(whole, grid, xyzMm)).toBe(truth === 'oedema' ? 1 : 0);
			expect(sequence).toBe(truth === 'vessel' ? 'T1C' : 'FLAIR');
			if (truth === 'oedema') expect(at(body, grid, xyzMm)).toBe(0);
			if (truth === 'oedema') expect(at(source.layers[0]!.labels, grid, xyzMm)).toBe(0);
			if (truth === 'confounder') expect(at(source.layers[1]!.labels, grid, xyzMm)).toBeGreaterThan(0);
			if (truth === 'vessel') expect(at(source.layers[2]!.labels, fine, xyzMm)).toBe(2);
		}
		expect(new Set(marks.map(({ xyzMm }) => xyzMm.join())).size).toBe(6);
	});

	it('gives the same marks for a seed, and others for another', () => {
		expect(placeMarks(source, 6, 9)).toEqual(placeMarks(source, 6, 9));
		expect(placeMarks(source, 6, 9)).not.toEqual(placeMarks(source, 6, 10));
	});

	it('has fewer where there is nothing to mark', () => {
		expect(placeMarks({ ...source, layers: [] }, 4, 1).every(({ truth }) => truth === 'oedema')).toBe(true);
		expect(placeMarks({ ...source, regions: new Map(), layers: [] }, 4, 1)).toEqual([]);
	});
});
