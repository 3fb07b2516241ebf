import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Grid } from '../../../src/grid/grid.ts';
import { FAMILIES, type Family, type Region } from '../../../src/protocol/protocol.ts';
import { findingsPolicySchema } from '../../../src/schemas/findingsPolicy.ts';
import { marksPolicySchema } from '../../../src/schemas/marksPolicy.ts';
import type { DrawnRegion, ReferenceLayer } from '../../../src/scoring/findings/finding.ts';
import { typescriptKernels } from '../../../src/scoring/kernels/typescriptKernels.ts';
import { lowestTier, type Mark, type MarkMeasure } from '../../../src/scoring/marks.ts';
import { scoreCase } from '../../../src/scoring/scoreCase.ts';
import { sharedFolder } from '../../sharedData.ts';

const read = (name: string) => JSON.parse(readFileSync(`content/policy/${name}.json`, 'utf8'));
const marksPolicy = marksPolicySchema.parse(read('marks'));
const findingsPolicy = findingsPolicySchema.parse(read('findings'));

/** 1 mm, 60 × 40 × 20. */
const GRID: Grid = { dims: [60, 40, 20], affine: [1, 0, 0, -30, 0, 1, 0, -20, 0, 0, 1, -10, 0, 0, 0, 1] };

/** Boxes of voxels, each [x, y, z, size along x, y, z]. */
function boxes(...all: readonly (readonly [number, number, number, number, number, number])[]): Uint8Array {
	const mask = new Uint8Array(48000);
	for (const [x, y, z, nx, ny, nz] of all)
		for (let k = z; k < z + nz; k++)
			for (let j = y; j < y + ny; j++) for (let i = x; i < x + nx; i++) mask[i + 60 * (j + 40 * k)] = 1;
	return mask;
}

const drawn = (region: Region, reference: Uint8Array, prediction: Uint8Array, grid = GRID): DrawnRegion => ({
	region,
	grid,
	reference,
	prediction,
});

function marksOf(family: Family, regions: readonly DrawnRegion[], layers: readonly ReferenceLayer[] = []) {
	const { marks } = scoreCase(
		{ caseId: 'a', family, regions, layers, unscored: [], log: null, files: null },
		{ definition: 'surfel', kernels: typescriptKernels, findingsPolicy, marksPolicy },
	);
	const find = (measure: MarkMeasure, region: Region, fromMm: number | null = null) =>
		marks!.list.find((mark) => mark.measure === measure && mark.region === region && mark.fromMm === fromMm);
	return { list: marks!.list, find };
}

const value = (mark: Mark | undefined) => (mark?.value.kind === 'value' ? mark.value.value : mark?.value.reason);

describe('marks (rule 28)', () => {
	it.each([
		[20, 'excellent'],
		[17, 'excellent'],
		[16, 'good'],
		[15, 'good'],
		[14, 'qualified'],
		[13, 'below'],
	] as const)('of a whole tumour with %i of 20 columns drawn', (columns, tier) => {
		const { find } = marksOf('glioma', [
			drawn('WT', boxes([10, 10, 5, 20, 10, 8]), boxes([10, 10, 5, columns, 10, 8])),
			drawn('ET', boxes([12, 12, 6, 9, 6, 6]), boxes([12, 12, 6, 9, 6, 6])),
		]);
		const mark = find('dice', 'WT');
		expect(value(mark)).toBeCloseTo((2 * columns) / (20 + columns), 12);
		expect(mark).toMatchObject({ tier, gated: true, cuts: { qualified: 0.8, good: 0.85, excellent: 0.9 } });
	});

	it('of a glioma that does not enhance: whole tumour by its own cuts, and what was drawn as enhancing in ml', () => {
		const wt = drawn('WT', boxes([10, 10, 5, 20, 10, 8]), boxes([10, 10, 5, 14, 10, 8]));
		const { find } = marksOf('glioma', [wt, drawn('ET', boxes(), boxes([12, 12, 6, 6, 4, 3]))]);
		expect(find('dice', 'WT')).toMatchObject({ tier: 'good', cuts: { qualified: 0.75 } });
		expect([value(find('volumeMl', 'ET')), find('volumeMl', 'ET')?.tier]).toEqual([
			expect.closeTo(0.072, 9),
			'qualified',
		]);
		const none = marksOf('glioma', [wt, drawn('ET', boxes(), boxes())]);
		expect(none.find('volumeMl', 'ET')?.tier).toBe('excellent');
	});

	it('of metastases: by the size of the lesions, by those found, by false ones', () => {
		// Of 13.7, 7.0 and 4.2 mm by volume; the second missed, the third found, one false.
		const reference = boxes([5, 5, 4, 11, 11, 11], [30, 20, 5, 5, 6, 6], [50, 5, 5, 3, 4, 3]);
		const prediction = boxes([5, 5, 4, 11, 11, 10], [50, 5, 5, 3, 4, 3], [50, 30, 5, 4, 4, 4]);
		const { find } = marksOf('metastasis', [drawn('EN', reference, prediction), drawn('WT', reference, reference)]);
		expect(value(find('lesionDice', 'EN', 10))).toBeCloseTo(20 / 21, 12);
		expect([value(find('lesionDice', 'EN', 5)), find('lesionDice', 'EN', 5)?.tier]).toEqual([0, 'below']);
		expect([value(find('recall', 'EN', 5)), find('recall', 'EN', 5)?.tier]).toEqual([0.5, 'below']);
		expect([value(find('recall', 'EN', 3)), find('recall', 'EN', 3)?.tier]).toEqual([1, 'excellent']);
		expect(value(find('f1', 'EN', 3))).toBeCloseTo((2 * 2) / (2 * 2 + 1 + 1), 12);
		expect([value(find('falsePositives', 'EN')), find('falsePositives', 'EN')?.tier]).toEqual([1, 'qualified']);
	});

	it('of a meningioma: non-enhancing from half a millilitre on, and dura where the case has the layer', () => {
		const small = boxes([20, 20, 8, 6, 6, 6]);
		const body = boxes([10, 10, 4, 20, 20, 12]);
		const labels = boxes([10, 10, 4, 2, 20, 12]);
		const layer: ReferenceLayer = { kind: 'dura', region: null, grid: GRID, labels };
		const half = boxes([11, 10, 4, 19, 20, 12]);
		const without = marksOf('meningioma', [drawn('ET', body, half), drawn('NE', small, small)]);
		expect(without.find('dice', 'NE')).toBeUndefined();
		expect([value(without.find('duralRecall', 'ET')), without.find('duralRecall', 'ET')?.tier]).toEqual([
			'notMeasured',
			null,
		]);
		const large = boxes([20, 20, 8, 8, 8, 8]);
		const withLayer = marksOf('meningioma', [drawn('ET', body, half), drawn('NE', large, large)], [layer]);
		expect(withLayer.find('dice', 'NE')?.tier).toBe('excellent');
		expect([value(withLayer.find('duralRecall', 'ET')), withLayer.find('duralRecall', 'ET')?.tier]).toEqual([
			0.5,
			'qualified',
		]);
	});

	it('is not given by Dice where every lesion is below 5 mm, and told so', () => {
		const { find, list } = marksOf('pcnsl', [drawn('EN', boxes([10, 10, 5, 4, 4, 4]), boxes([10, 10, 5, 3, 4, 4]))]);
		expect(find('dice', 'EN')).toMatchObject({ tier: null, gated: false, value: { kind: 'value' } });
		expect(lowestTier(list)).toBeNull();
	});

	it('is told of slice-wise NSD at the tolerance of the region, or at a pixel, and never counts', () => {
		const mask = boxes([10, 10, 5, 20, 10, 8]);
		const coarse = { ...GRID, affine: GRID.affine.map((v, at) => (at === 0 ? 2.5 : v)) };
		const { find, list } = marksOf('glioma', [drawn('ET', mask, mask), drawn('WT', mask, mask, coarse)]);
		expect(find('nsdSlices', 'ET')).toMatchObject({ toleranceMm: 1, tier: 'excellent', gated: false });
		expect(find('nsdSlices', 'WT')).toMatchObject({ toleranceMm: 2.5, cuts: { qualified: 0.8 }, gated: false });
		expect(lowestTier(list)).toBe('excellent');
	});

	it('leaves out the uncertain band', () => {
		const reference = boxes([10, 10, 5, 20, 10, 8]);
		const labels = boxes([30, 10, 5, 6, 10, 8]);
		const layer: ReferenceLayer = { kind: 'uncertain', region: 'WT', grid: GRID, labels };
		const prediction = boxes([10, 10, 5, 23, 10, 8]);
		expect(value(marksOf('glioma', [drawn('WT', reference, prediction)]).find('dice', 'WT'))).toBeCloseTo(40 / 43, 12);
		expect(value(marksOf('glioma', [drawn('WT', reference, prediction)], [layer]).find('dice', 'WT'))).toBe(1);
	});

	it('takes the lowest that counts', () => {
		const { list } = marksOf('pcnsl', [
			drawn('WT', boxes([10, 10, 5, 20, 10, 8]), boxes([10, 10, 5, 20, 10, 8])),
			drawn('EN', boxes([10, 10, 5, 20, 10, 8]), boxes([10, 10, 5, 14, 10, 8])),
		]);
		expect(lowestTier(list)).toBe('qualified');
	});

	it('has cuts for every family', () => {
		const mask = boxes([10, 10, 5, 20, 10, 8]);
		for (const family of FAMILIES) {
			const regions = (['WT', 'ED', 'TB', 'ET', 'NE', 'EN'] as const).map((region) => drawn(region, mask, mask));
			const gated = marksOf(family, regions).list.filter((mark) => mark.gated);
			expect(gated.length, family).toBeGreaterThan(1);
		}
	});
});

const consensus = sharedFolder('consensus');

describe.skipIf(consensus === undefined)('the policy for marks', () => {
	it('has the cuts of the shared policy', () => {
		const { byFamily } = JSON.parse(readFileSync(`${consensus}/policy.json`, 'utf8')).thresholds;
		const cutsOf = (set: string, region: Region, measure: MarkMeasure = 'dice', fromMm?: number) => {
			const { qualified, good, excellent } = marksPolicy.sets
				.find(({ name }) => name === set)!
				.cuts.find((cut) => cut.region === region && cut.measure === measure && cut.fromMm === fromMm)!;
			return { qualified, good, excellent };
		};
		const glioma = byFamily['glioma.enhancing'];
		for (const region of ['WT', 'TB', 'ET', 'NE'] as const)
			expect(cutsOf('gliomaEnhancing', region)).toEqual(glioma[region]);
		expect(cutsOf('gliomaNotEnhancing', 'WT')).toEqual(byFamily['glioma.nonenhancingOrBlurred'].WT);
		expect(cutsOf('gliomaNotEnhancing', 'ET', 'volumeMl')).toEqual(
			byFamily['glioma.nonenhancingOrBlurred'].ET_emptyMaxMl,
		);
		for (const region of ['WT', 'EN'] as const) expect(cutsOf('pcnsl', region)).toEqual(byFamily.pcnsl[region]);
		const { metastasis } = byFamily;
		expect(cutsOf('metastasis', 'WT')).toEqual(metastasis.WT);
		expect(cutsOf('metastasis', 'EN', 'lesionDice', 10)).toEqual(metastasis.EN_byDiameterMm['>=10']);
		expect(cutsOf('metastasis', 'EN', 'lesionDice', 5)).toEqual(metastasis.EN_byDiameterMm['5-10']);
		expect(cutsOf('metastasis', 'EN', 'recall', 5)).toEqual(metastasis.detection.recall_ge5mm);
		expect(cutsOf('metastasis', 'EN', 'recall', 3)).toEqual(metastasis.detection.recall_3to5mm);
		expect(cutsOf('metastasis', 'EN', 'f1', 3)).toEqual(metastasis.detection.F1);
		expect(cutsOf('metastasis', 'EN', 'falsePositives')).toEqual(metastasis.detection.falsePositivesPerCase);
		const meningeal = byFamily['meningioma|hpc_sft'];
		for (const region of ['TB', 'ET', 'ED'] as const) expect(cutsOf('meningeal', region)).toEqual(meningeal[region]);
		expect(cutsOf('meningeal', 'NE')).toEqual(meningeal.NE_ifGoldGe0_5ml);
		expect(cutsOf('meningeal', 'ET', 'duralRecall')).toEqual(meningeal.duralRecall);
	});
});
