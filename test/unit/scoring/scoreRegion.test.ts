import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNifti } from '../../../src/formats/nifti.ts';
import { type Grid, voxelVolumeMl } from '../../../src/grid/grid.ts';
import { rasView } from '../../../src/grid/rasView.ts';
import { scoreRegion } from '../../../src/scoring/scoreRegion.ts';
import { sharedFolder } from '../../sharedData.ts';

const RAS: Grid = { dims: [4, 3, 2], affine: [0.5, 0, 0, 0, 0, 2, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1] };

function score(referenceAt: readonly number[], predictionAt: readonly number[], grid = RAS) {
	const mask = (inside: readonly number[]) => {
		const data = new Uint8Array(grid.dims[0] * grid.dims[1] * grid.dims[2]);
		for (const n of inside) data[n] = 1;
		return data;
	};
	const voxelMl = voxelVolumeMl(grid);
	return scoreRegion({
		region: 'WT',
		reference: mask(referenceAt),
		prediction: mask(predictionAt),
		view: rasView(grid),
		voxelVolumeMl: voxelMl,
	});
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
		const masks = { region: 'WT', reference, prediction, view: rasView(RAS), voxelVolumeMl: 1 };
		expect(scoreRegion(masks).counts).toEqual({ tp: 4, fp: 0, fn: 0, tn: 20 });
	});

	it('throws where a mask does not fill the grid or a unit is not positive (rule 1)', () => {
		const masks = {
			region: 'WT',
			reference: new Uint8Array(24),
			prediction: new Uint8Array(24),
			view: rasView(RAS),
			voxelVolumeMl: 1,
		};
		expect(() => scoreRegion({ ...masks, prediction: new Uint8Array(23) })).toThrow(
			'got a prediction of 23 voxels, expected 24',
		);
		expect(() => scoreRegion({ ...masks, voxelVolumeMl: Number.NaN })).toThrow('got voxelVolumeMl NaN');
		expect(() => scoreRegion({ ...masks, pixelAreaMm2: 0 })).toThrow('got pixelAreaMm2 0');
	});
});

/** What reference implementations answered for a pair of masks; numbers or, where undefined, text. */
interface Answer {
	readonly exact_counts: { readonly n: number; readonly tp: number; readonly fp: number; readonly fn: number };
	readonly medpy: { readonly dice: unknown; readonly sensitivity: unknown; readonly precision: unknown };
}
interface Vector {
	readonly gt: string;
	readonly pred: string;
	readonly regions: Readonly<Record<string, Answer>>;
}

/** Labels of the multi-class vectors: 1 necrosis, 2 oedema, 3 enhancing. */
const INSIDE: Readonly<Record<string, (label: number) => boolean>> = {
	mask: (label) => label > 0,
	WT: (label) => label > 0,
	TC: (label) => label === 1 || label === 3,
	ET: (label) => label === 3,
};

const vectors = sharedFolder('metrics/vectors');

describe.skipIf(vectors === undefined)('the conformance vectors', () => {
	const expected: Readonly<Record<string, Vector>> = vectors
		? JSON.parse(readFileSync(join(vectors, 'expected.json'), 'utf8'))
		: {};

	it('are the 25 pairs', () => {
		expect(Object.keys(expected)).toHaveLength(25);
	});

	it.each(Object.entries(expected))('%s: counts exact, quotients as the reference answers', (_name, vector) => {
		const read = (file: string) => {
			const result = readNifti(new Uint8Array(readFileSync(join(vectors as string, file))), file);
			if (!result.ok) throw new Error(JSON.stringify(result.issues));
			return result.value;
		};
		const reference = read(vector.gt);
		const prediction = read(vector.pred);
		for (const [region, answer] of Object.entries(vector.regions)) {
			const inside = INSIDE[region] as (label: number) => boolean;
			const mask = (labels: ArrayLike<number>) => {
				const data = new Uint8Array(labels.length);
				for (let n = 0; n < data.length; n++) if (inside(labels[n] as number)) data[n] = 1;
				return data;
			};
			const result = scoreRegion({
				region,
				reference: mask(reference.data),
				prediction: mask(prediction.data),
				view: rasView(reference.grid),
				voxelVolumeMl: voxelVolumeMl(reference.grid),
			});
			const { n, tp, fp, fn } = answer.exact_counts;
			expect(result.counts).toEqual({ tp, fp, fn, tn: n - tp - fp - fn });
			for (const measure of ['dice', 'sensitivity', 'precision'] as const) {
				const ours = result[measure];
				if (ours.kind === 'value') expect(ours.value).toBeCloseTo(answer.medpy[measure] as number, 12);
			}
			// The reference gives a number where nothing is there to divide by; we say that there is none.
			expect(result.dice.kind).toBe(2 * tp + fp + fn === 0 ? 'undefined' : 'value');
			expect(result.sensitivity.kind).toBe(tp + fn === 0 ? 'undefined' : 'value');
			expect(result.precision.kind).toBe(tp + fp === 0 ? 'undefined' : 'value');
		}
	});
});
