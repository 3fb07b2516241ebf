import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Grid } from '../../../../src/grid/grid.ts';
import type { Family, Region } from '../../../../src/protocol/protocol.ts';
import { findingsPolicySchema } from '../../../../src/schemas/findingsPolicy.ts';
import { findFindings } from '../../../../src/scoring/findings/findFindings.ts';
import type { DrawnRegion } from '../../../../src/scoring/findings/finding.ts';
import { resampleLabels } from '../../../../src/scoring/findings/resample.ts';
import { typescriptKernels } from '../../../../src/scoring/kernels/typescriptKernels.ts';
import { scoreRegion } from '../../../../src/scoring/scoreRegion.ts';

const policyFile = JSON.parse(readFileSync('content/policy/findings.json', 'utf8'));
const policy = findingsPolicySchema.parse(policyFile);

/** 2 × 2 × 3 mm; slices run from the feet, world x from −39 (left) to 39. */
const GRID: Grid = { dims: [40, 40, 12], affine: [2, 0, 0, -39, 0, 2, 0, -39, 0, 0, 3, 0, 0, 0, 0, 1] };

/** Boxes of voxels, each [x, y, z, size along x, y, z]. */
function boxes(...all: readonly (readonly [number, number, number, number, number, number])[]): Uint8Array {
	const mask = new Uint8Array(40 * 40 * 12);
	for (const [x, y, z, nx, ny, nz] of all)
		for (let k = z; k < z + nz; k++)
			for (let j = y; j < y + ny; j++) for (let i = x; i < x + nx; i++) mask[i + 40 * (j + 40 * k)] = 1;
	return mask;
}

const NOTHING = boxes();
const region = (name: Region, reference: Uint8Array, prediction: Uint8Array): DrawnRegion => ({
	region: name,
	grid: GRID,
	reference,
	prediction,
});
const find = (family: Family, ...regions: DrawnRegion[]) =>
	findFindings({ family, regions, layers: [], log: null, files: null }, policy, typescriptKernels).list;

describe('findFindings', () => {
	it('says lesion, place, magnitude and hard fail of what was missed, the largest lesion numbered first (rule 24)', () => {
		const reference = boxes([5, 5, 2, 3, 3, 2], [20, 20, 3, 8, 8, 5]);
		const [first, ...rest] = find('metastasis', region('EN', reference, boxes([20, 20, 3, 8, 8, 5])));
		expect(rest).toEqual([]);
		expect(first).toMatchObject({
			code: 'E04',
			region: 'EN',
			lesion: 2,
			severity: 'hard',
			hardFail: 'HF1',
			rules: ['R6-6b'],
		});
		expect(first?.magnitude).toEqual({ value: expect.closeTo(18 * 0.012, 9), limit: 0, unit: 'ml' });
		expect(first?.where).toEqual({ sequence: 'T1C', slice: 2, xyzMm: [-27, -27, 6] });
	});

	it('tells missing end slices with their number, hard where one of them is large (rule 24)', () => {
		const found = find('glioma', region('WT', boxes([20, 20, 2, 8, 8, 7]), boxes([20, 20, 4, 8, 8, 5])));
		expect(found.map(({ code }) => code)).toEqual(['E10']);
		expect(found[0]).toMatchObject({ hardFail: 'HF3', lesion: 1, magnitude: { value: 2, limit: 0, unit: 'slices' } });
		const small = find(
			'glioma',
			region('WT', boxes([20, 20, 2, 8, 8, 6], [23, 23, 8, 3, 3, 1]), boxes([20, 20, 2, 8, 8, 6])),
		);
		expect(small).toMatchObject([{ code: 'E10', severity: 'major', hardFail: null }]);
	});

	it('takes any enhancement drawn where the reference has none for over-drawn, beyond a trace', () => {
		expect(find('glioma', region('ET', NOTHING, boxes([20, 20, 3, 2, 2, 2])))).toEqual([]);
		const found = find('glioma', region('ET', NOTHING, boxes([20, 20, 3, 4, 4, 2])));
		expect(found).toMatchObject([{ code: 'E02', rules: ['RF-3'], magnitude: { limit: 0.1, unit: 'ml' } }]);
	});

	it('tells the wrong side once, and nothing that follows from it (rule 25)', () => {
		const found = find('glioma', region('WT', boxes([24, 20, 3, 8, 8, 5]), boxes([8, 20, 3, 8, 8, 5])));
		expect(found).toMatchObject([{ code: 'E15', severity: 'hard', hardFail: 'HF2' }]);
	});

	it('puts what is graver first, in the order of the policy (rule 25)', () => {
		const body = boxes([20, 20, 3, 8, 8, 5]);
		const found = find(
			'glioma',
			region('WT', boxes([18, 18, 2, 12, 12, 7]), boxes([18, 18, 2, 7, 12, 7])),
			region('ET', boxes([20, 20, 3, 8, 8, 5], [5, 5, 3, 4, 4, 3]), body),
		);
		expect(found.map(({ code, region: name }) => `${code} ${name}`)).toEqual(['E04 ET', 'E01 WT']);
	});

	it('has nothing to say where nothing is there and nothing was drawn', () => {
		expect(find('meningioma', region('ED', NOTHING, NOTHING))).toEqual([]);
	});

	it('rests on a policy that has every error once, and refuses another', () => {
		const { errors } = policyFile;
		expect(findingsPolicySchema.safeParse({ ...policyFile, errors: errors.slice(1) }).success).toBe(false);
		expect(findingsPolicySchema.safeParse({ ...policyFile, errors: [...errors, errors[0]] }).success).toBe(false);
		expect(findingsPolicySchema.safeParse({ ...policyFile, limits: { ...policyFile.limits, size: {} } }).success).toBe(
			false,
		);
	});
});

it('resampling puts a mask on another grid by the nearest voxel, and leaves it alone on its own', () => {
	const mask = boxes([10, 10, 3, 2, 2, 1]);
	expect(resampleLabels(mask, GRID, GRID)).toBe(mask);
	const fine: Grid = { dims: [80, 80, 12], affine: [1, 0, 0, -39.5, 0, 1, 0, -39.5, 0, 0, 3, 0, 0, 0, 0, 1] };
	const resampled = resampleLabels(mask, GRID, fine);
	expect(resampled.reduce((sum, value) => sum + value, 0)).toBe(16);
	expect(resampled[20 + 80 * (20 + 80 * 3)]).toBe(1);
	const elsewhere: Grid = { ...fine, affine: fine.affine.map((v, at) => (at === 3 ? 500 : v)) };
	expect(resampleLabels(mask, GRID, elsewhere).some((value) => value !== 0)).toBe(false);
});

describe('the boundary offset (rule 16)', () => {
	const OPTIONS = { definition: 'surfel', tolerancesMm: [1], kernels: typescriptKernels } as const;
	const of = (reference: Uint8Array, prediction: Uint8Array) =>
		scoreRegion({ region: 'WT', grid: GRID, reference, prediction }, OPTIONS).boundary;

	it('is positive where the drawing is larger, negative where it is smaller, 0 where it is the same', () => {
		const [small, large] = [boxes([20, 20, 3, 8, 8, 5]), boxes([19, 19, 3, 10, 10, 5])];
		expect(of(small, large)).toMatchObject({ medianMm: { value: 2 }, sameSign: { value: 1 } });
		expect(of(large, small)).toMatchObject({ medianMm: { value: -2 }, sameSign: { value: 1 } });
		expect(of(small, small).medianMm).toEqual({ kind: 'value', value: 0 });
	});

	it('does not exist where a mask is empty or no slice has both outlines', () => {
		expect(of(NOTHING, boxes([20, 20, 3, 8, 8, 5])).medianMm).toEqual({ kind: 'undefined', reason: 'referenceEmpty' });
		const apart = of(boxes([20, 20, 1, 8, 8, 2]), boxes([20, 20, 6, 8, 8, 2]));
		expect(apart.medianMm).toEqual({ kind: 'undefined', reason: 'tooFew' });
	});
});
