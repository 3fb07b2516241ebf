import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Grid } from '../../../../src/grid/grid.ts';
import en from '../../../../src/i18n/en/finding.json' with { type: 'json' };
import { findingSentence } from '../../../../src/i18n/findingSentence.ts';
import { translator } from '../../../../src/i18n/translate.ts';
import type { Family, Layer, Region } from '../../../../src/protocol/protocol.ts';
import { findingsPolicySchema } from '../../../../src/schemas/findingsPolicy.ts';
import { findFindings } from '../../../../src/scoring/findings/findFindings.ts';
import type { DrawnRegion, FindingCode, ReferenceLayer, ToolAction } from '../../../../src/scoring/findings/finding.ts';
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

describe('layers of the reference (rule 26)', () => {
	const layer = (kind: Layer, labels: Uint8Array, of: Region | null = null): ReferenceLayer => ({
		kind,
		region: of,
		grid: GRID,
		labels,
	});
	const look = (
		family: Family,
		regions: readonly DrawnRegion[],
		layers: readonly ReferenceLayer[],
		log: readonly ToolAction[] = [],
	) => findFindings({ family, regions, layers, log, files: null }, policy, typescriptKernels);
	const body = boxes([16, 16, 2, 12, 12, 8]);
	const wt = (prediction: Uint8Array, reference = body) => region('WT', reference, prediction);

	it('that a case does not have are named, dura in meningeal families only', () => {
		expect(look('glioma', [wt(body)], []).unchecked).toEqual(['uncertain', 'csf', 'confounders', 'notEnhancing']);
		expect(look('meningioma', [], [layer('csf', NOTHING)]).unchecked).toContain('dura');
		const none = findFindings(
			{ family: 'glioma', regions: [], layers: [], log: null, files: null },
			policy,
			typescriptKernels,
		);
		expect(none.unchecked).toContain('toolLog');
	});

	it('tell a ventricle by its volume, and fail an exam only by what lies deeper than its rim', () => {
		const ventricle = boxes([28, 16, 2, 6, 12, 8]);
		const rim = wt(boxes([16, 16, 2, 13, 12, 8]));
		expect(look('glioma', [rim], [layer('csf', ventricle)]).list).toMatchObject([
			{ code: 'E09', severity: 'major', rules: ['R4-1c', 'R6-1'], params: { csf: 'ventricle' } },
		]);
		const deep = wt(boxes([16, 16, 2, 16, 12, 8]));
		const found = look('glioma', [deep], [layer('csf', ventricle)]).list;
		expect(found).toMatchObject([{ code: 'E09', severity: 'hard', hardFail: 'HF4' }]);
		// 4 × 12 × 8 voxels of 0.012 ml.
		expect(found[0]?.magnitude).toEqual({ value: expect.closeTo(384 * 0.012, 9), limit: 0.5, unit: 'ml' });
	});

	it('tell sulci by a limit of their own, and a small leak by its share of a small drawing', () => {
		const sulcus = boxes([28, 16, 4, 6, 4, 4]).map((value) => value * 2);
		// 5 × 4 × 4 voxels are 0.96 ml: below the limit for sulci, and 3 × 2 × 4 of them deep.
		const drawn = boxes([16, 16, 2, 12, 12, 8], [28, 16, 4, 5, 4, 4]);
		expect(look('glioma', [wt(drawn)], [layer('csf', sulcus)]).list.map(({ code }) => code)).toEqual([]);
		const small = boxes([22, 16, 4, 6, 4, 4]);
		const leaked = boxes([22, 16, 4, 11, 4, 4]);
		expect(look('glioma', [wt(leaked, small)], [layer('csf', sulcus)]).list).toMatchObject([
			{ code: 'E09', hardFail: 'HF4', magnitude: { limit: 0.05, unit: 'fraction' }, params: { csf: 'share' } },
		]);
	});

	it('tell each confounder that was drawn, by volume or by share, in whole tumour and oedema only', () => {
		const two = boxes([2, 2, 3, 6, 6, 4]);
		for (const n of boxes([32, 32, 3, 3, 3, 2]).entries()) if (n[1] !== 0) two[n[0]] = 7;
		const drawn = boxes([16, 16, 2, 12, 12, 8], [2, 2, 3, 6, 6, 1], [32, 32, 3, 2, 3, 1]);
		const found = look('glioma', [wt(drawn)], [layer('confounders', two)]).list;
		expect(found.map(({ code, hardFail, params, magnitude }) => [code, hardFail, params, magnitude.unit])).toEqual([
			['E08', 'HF5', { confounder: 1 }, 'ml'],
			['E08', 'HF5', { confounder: 7 }, 'fraction'],
		]);
		expect(found[1]?.magnitude.value).toBeCloseTo(6 / 18, 12);
		const body2 = region('TB', body, drawn);
		expect(look('glioma', [body2], [layer('confounders', two)]).list.some(({ code }) => code === 'E08')).toBe(false);
	});

	it('tell what was taken for enhancement, and dura that was left out', () => {
		const vessel = boxes([28, 18, 3, 2, 3, 4]).map((value) => value * 2);
		const et = region('ET', body, boxes([16, 16, 2, 12, 12, 8], [28, 18, 3, 2, 3, 4]));
		expect(look('glioma', [et], [layer('notEnhancing', vessel)]).list).toMatchObject([
			{ code: 'E20', rules: ['R4-3b'], magnitude: { value: expect.closeTo(24 * 0.012, 9), limit: 0.1, unit: 'ml' } },
		]);
		const dura = boxes([16, 16, 2, 2, 12, 8]);
		const left = region('ET', body, boxes([17, 16, 2, 11, 12, 8], [16, 16, 2, 1, 3, 8]));
		const { list, duralRecall } = look('meningioma', [left], [layer('dura', dura)]);
		expect(duralRecall).toBeCloseTo(0.625, 12);
		expect(list.some(({ code }) => code === 'E19')).toBe(false);
		const lost = region('ET', body, boxes([18, 16, 2, 10, 12, 8]));
		expect(look('meningioma', [lost], [layer('dura', dura)]).list).toMatchObject([
			{ code: 'E19', rules: ['R5-3'], magnitude: { value: 0, limit: 0.5, unit: 'fraction' } },
		]);
	});

	it('leave an uncertain band out of every other finding, and tell it where more than half was drawn', () => {
		const band = boxes([28, 16, 2, 8, 12, 8]);
		const half = wt(boxes([16, 16, 2, 16, 12, 8]));
		expect(look('glioma', [half], [layer('uncertain', band, 'WT')]).list).toEqual([]);
		expect(look('glioma', [half], []).list).not.toEqual([]);
		const most = wt(boxes([16, 16, 2, 18, 12, 8]));
		expect(look('glioma', [most], [layer('uncertain', band, 'WT')]).list).toMatchObject([
			{ code: 'E21', rules: ['R6-5b'], magnitude: { value: expect.closeTo(6 / 8, 12), limit: 0.5, unit: 'fraction' } },
		]);
	});

	it('see no hole where a drawing runs over an uncertain band', () => {
		const inner = boxes([16, 16, 2, 12, 12, 8]);
		const outer = boxes([8, 8, 2, 28, 28, 8]);
		const band = boxes([13, 13, 2, 18, 18, 8]).map((value, n) => (inner[n] === 0 ? value : 0));
		const found = look('glioma', [region('WT', inner, outer)], [layer('uncertain', band, 'WT')]).list;
		expect(found.map(({ code }) => code).sort()).toEqual(['E02', 'E21']);
	});

	it('number lesions that touch, which are then neither merged nor one', () => {
		const two = boxes([10, 10, 3, 6, 6, 5], [16, 10, 3, 8, 6, 5]);
		const numbers = boxes([10, 10, 3, 6, 6, 5]);
		for (const [n, value] of boxes([16, 10, 3, 8, 6, 5]).entries()) if (value !== 0) numbers[n] = 4;
		const layers = [layer('lesions', numbers, 'EN')];
		const all = look('metastasis', [region('EN', two, two)], layers);
		expect(all.list).toEqual([]);
		expect(all.detection?.lesions.map(({ lesion, found }) => [lesion, found])).toEqual([
			[1, true],
			[2, true],
		]);
		const one = look('metastasis', [region('EN', two, boxes([16, 10, 3, 8, 6, 5]))], layers);
		expect(one.list).toMatchObject([{ code: 'E04', lesion: 2, hardFail: 'HF1' }]);
		// Lesions that lie apart and were joined are merged, with the layer as without it.
		const apart = boxes([6, 10, 3, 6, 6, 5], [20, 10, 3, 8, 6, 5]);
		const joined = region('EN', apart, boxes([6, 10, 3, 22, 6, 5]));
		expect(look('metastasis', [joined], [layer('lesions', apart, 'EN')]).list.map(({ code }) => code)).not.toContain(
			'E06',
		);
		const apartNumbers = boxes([6, 10, 3, 6, 6, 5]);
		for (const [n, value] of boxes([20, 10, 3, 8, 6, 5]).entries()) if (value !== 0) apartNumbers[n] = 2;
		const merged = look('metastasis', [joined], [layer('lesions', apartNumbers, 'EN')]).list;
		expect(merged.map(({ code }) => code)).toContain('E06');
	});
});

describe('what needs no look at voxels (rule 27)', () => {
	const body = boxes([16, 16, 2, 12, 12, 8]);
	const t1c: Grid = { ...GRID, affine: GRID.affine.map((v, at) => (at === 11 ? 1 : v)) };
	const series = new Map([
		['FLAIR', GRID],
		['T1C', t1c],
	] as const);
	const look = (name: string | null, grid: Grid, patient: string | null = null) =>
		findFindings(
			{
				family: 'glioma',
				regions: [region('WT', body, body)],
				layers: [],
				log: null,
				files: { masks: [{ region: 'WT', name, grid }], series, patient },
			},
			policy,
			typescriptKernels,
		).list.map(({ code, hardFail, where, params }) => ({ code, hardFail, where, params }));

	it('tells the grid of another series from that of none', () => {
		expect(look('P1_FLAIR_WT.nii.gz', GRID)).toEqual([]);
		expect(look('P1_FLAIR_WT.nii.gz', t1c)).toEqual([
			{
				code: 'E23',
				hardFail: null,
				where: null,
				params: { file: 'P1_FLAIR_WT.nii.gz', sequence: 'T1C', expected: 'FLAIR' },
			},
		]);
		const elsewhere = { ...GRID, affine: GRID.affine.map((v, at) => (at === 3 ? 4 : v)) };
		expect(look('P1_FLAIR_WT.nii.gz', elsewhere)).toMatchObject([
			{ code: 'E22', hardFail: 'HF7', params: { diagnosis: 'shifted' } },
		]);
	});

	it.each([
		['wt.nii.gz', 'pattern'],
		['P1_FLAIR_WT.nii.gz.zip', 'pattern'],
		['P1_FLAIR_ED.nii.gz', 'region'],
		['P1_T1_WT.nii.gz', 'sequence'],
		['P2_FLAIR_WT.nii.gz', 'patient'],
	])('tells what is wrong with the name %s: %s', (name, problem) => {
		expect(look(name, GRID, 'P1')).toMatchObject([{ code: 'E24', params: { file: name, problem } }]);
	});

	it('tells a name that was not kept, as it did not follow the rule, without one', () => {
		const [finding, ...more] = look(null, GRID, 'P1');
		expect(more).toEqual([]);
		expect(finding).toMatchObject({ code: 'E24', params: { problem: 'pattern', expected: 'P1_FLAIR_WT.nii.gz' } });
		expect(finding?.params).not.toHaveProperty('file');
		expect(look(null, GRID)[0]?.params.expected).toBe('P0012_FLAIR_WT.nii.gz');
		const magnitude = { value: 1, limit: 0, unit: 'count' } as const;
		expect(findingSentence<FindingCode>({ ...finding!, magnitude }, translator(en))).toBe(
			'The file did not follow the naming rule: patient, sequence and content make the name, such as P1_FLAIR_WT.nii.gz',
		);
	});

	it('passes the name of one lesion and of any patient where the case has no number', () => {
		expect(look('P1_FLAIR_WT_L02.nii', GRID, 'P1')).toEqual([]);
		expect(look('X-9_FLAIR_WT.dcm', GRID)).toEqual([]);
		// A segmentation may hold several regions, under the sequence of one of them.
		expect(look('P1_FLAIR_WT-ET.seg.nrrd', GRID, 'P1')).toEqual([]);
		expect(look('P1_T1C_ET-NE.seg.nrrd', GRID)).toMatchObject([{ code: 'E24', params: { problem: 'region' } }]);
	});

	it('tells a proposal that nobody went over by the log, specks and holes by the mask', () => {
		const logged = (...tools: readonly ToolAction['tool'][]) =>
			findFindings(
				{
					family: 'glioma',
					regions: [region('WT', body, body)],
					layers: [],
					log: tools.map((tool) => ({ region: 'WT', tool })),
					files: null,
				},
				policy,
				typescriptKernels,
			).list.map(({ code, params }) => [code, params.problem]);
		expect(logged('brush', 'threshold')).toEqual([['E25', 'unedited']]);
		expect(logged('threshold', 'eraser')).toEqual([]);
		expect(logged('threshold', 'confirm')).toEqual([]);
		const specks = [0, 1, 2, 3, 4, 5].map((n) => [2 + 2 * n, 2, 4, 1, 1, 1] as const);
		const holes = boxes([16, 16, 2, 12, 12, 8]);
		for (let n = 0; n < 6; n++) holes[20 + 40 * (20 + 40 * (3 + n))] = 0;
		const five = boxes([16, 16, 2, 12, 12, 8], ...specks.slice(1));
		const six = boxes([16, 16, 2, 12, 12, 8], ...specks);
		const problems = (prediction: Uint8Array) =>
			find('glioma', region('WT', body, prediction)).flatMap(({ code, params, magnitude }) =>
				code === 'E25' ? [[params.problem, magnitude.value]] : [],
			);
		expect([problems(five), problems(six), problems(holes)]).toEqual([[], [['islands', 6]], [['holes', 6]]]);
		// Holes that the reference has as well are none of the drawing's making.
		expect(find('glioma', region('WT', holes, holes))).toEqual([]);
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
