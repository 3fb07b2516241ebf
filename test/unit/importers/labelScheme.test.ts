import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNifti } from '../../../src/formats/nifti.ts';
import { countLabels, guessScheme, labelIssues, labelsToRegions } from '../../../src/importers/labelScheme.ts';
import { REGIONS, type Region } from '../../../src/protocol/protocol.ts';
import { LABEL_SCHEMES, type LabelScheme } from '../../../src/schemas/caseManifest.ts';
import { sharedFolder } from '../../sharedData.ts';
import { fileBytes } from '../formats/bytes.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats');
const real = sharedFolder('testdata/real');

function regions(data: Uint8Array | Float32Array, scheme: LabelScheme): Record<Region, number[]> {
	const result = labelsToRegions(data, scheme, REGIONS, 'seg.nii.gz');
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return Object.fromEntries([...result.value].map(([region, mask]) => [region, [...mask]])) as Record<Region, number[]>;
}

function load(path: string) {
	const result = readNifti(fileBytes(path), path);
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value.data;
}

test('2013: 1 necrosis, 2 oedema, 3 non-enhancing, 4 enhancing', () => {
	expect(regions(Uint8Array.of(0, 1, 2, 3, 4), 'brats2013')).toEqual({
		WT: [0, 1, 1, 1, 1],
		ED: [0, 0, 1, 0, 0],
		TB: [0, 1, 0, 1, 1],
		ET: [0, 0, 0, 0, 1],
		NE: [0, 1, 0, 1, 0],
		EN: [0, 1, 0, 1, 1],
	});
});

test('2018: 1 necrosis and non-enhancing, 2 oedema, 4 enhancing', () => {
	expect(regions(Uint8Array.of(0, 1, 2, 4), 'brats2018')).toEqual({
		WT: [0, 1, 1, 1],
		ED: [0, 0, 1, 0],
		TB: [0, 1, 0, 1],
		ET: [0, 0, 0, 1],
		NE: [0, 1, 0, 0],
		EN: [0, 1, 0, 1],
	});
});

test('2023: 1 non-enhancing, 2 surrounding hyperintensity, 3 enhancing', () => {
	expect(regions(Uint8Array.of(0, 1, 2, 3), 'brats2023')).toEqual({
		WT: [0, 1, 1, 1],
		ED: [0, 0, 1, 0],
		TB: [0, 1, 0, 1],
		ET: [0, 0, 0, 1],
		NE: [0, 1, 0, 0],
		EN: [0, 1, 0, 1],
	});
});

test('in every scheme the body is enhancing and non-enhancing apart, and the whole is body and oedema apart', () => {
	const label = fc
		.constantFrom<readonly [LabelScheme, number[]][]>([
			['brats2013', [0, 1, 2, 3, 4]],
			['brats2018', [0, 1, 2, 4]],
			['brats2023', [0, 1, 2, 3]],
		])
		.chain((all) => fc.constantFrom(...all));
	fc.assert(
		fc.property(
			label.chain(([scheme, values]) => fc.tuple(fc.constant(scheme), fc.array(fc.constantFrom(...values)))),
			([scheme, values]) => {
				const { WT, ED, TB, ET, NE, EN } = regions(Uint8Array.from(values), scheme);
				expect(TB).toEqual(ET.map((v, n) => v + NE[n]!));
				expect(WT).toEqual(TB.map((v, n) => v + ED[n]!));
				expect(EN).toEqual(TB);
			},
		),
	);
});

test('an empty mask gives empty regions', () => {
	expect(countLabels(new Uint8Array(9))).toEqual([]);
	expect(regions(new Uint8Array(3), 'brats2023').WT).toEqual([0, 0, 0]);
});

test('labels are counted, in order', () => {
	expect(countLabels(Uint8Array.of(4, 4, 0, 1, 0, 1, 4))).toEqual([
		{ value: 1, voxels: 2 },
		{ value: 4, voxels: 3 },
	]);
	expect(countLabels(Float32Array.of(-0, 2.5, -1))).toEqual([
		{ value: -1, voxels: 1 },
		{ value: 2.5, voxels: 1 },
	]);
});

test('labels a scheme does not know are listed with their voxels', () => {
	const result = labelsToRegions(Int16Array.of(1, 3, 3, 7, -1), 'brats2018', ['WT'], 'seg.nii.gz');
	expect(result).toEqual({
		ok: false,
		issues: [
			{ code: 'labels.unknown', path: 'seg.nii.gz', params: { values: '-1 (1), 3 (2), 7 (1)', known: '1, 2, 4' } },
		],
	});
});

test('an image is no label map', () => {
	expect(countLabels(Int16Array.from({ length: 66 }, (_, n) => n))).toBeUndefined();
	expect(countLabels(Int16Array.from({ length: 65 }, (_, n) => n))).toHaveLength(64);
	expect(labelIssues(undefined, 'brats2018', 'a').map((issue) => issue.code)).toEqual(['labels.tooMany']);
});

test('whole floats are labels, others are counted with an example, beside unknown ones', () => {
	expect(regions(Float32Array.of(0, 1, 2, 4), 'brats2018').WT).toEqual([0, 1, 1, 1]);
	const result = labelsToRegions(Float32Array.of(1, 1.25, 1.25, 2.5, 9), 'brats2018', ['WT'], 'a');
	expect(!result.ok && result.issues.map(({ code, params }) => [code, params])).toEqual([
		['labels.notWhole', { count: 3, example: 1.25 }],
		['labels.unknown', { values: '9 (1)', known: '1, 2, 4' }],
	]);
});

test('the float masks of the fixtures: whole ones pass, moved ones do not', () => {
	const whole = countLabels(load(join(FIXTURES, 'seg_as_f4.nii.gz')));
	expect(whole?.map(({ value }) => value)).toEqual([2, 3]);
	const moved = labelIssues(countLabels(load(join(FIXTURES, 'seg_noninteger.nii.gz'))), 'brats2023', 'a');
	expect(moved.map((issue) => issue.code)).toEqual(['labels.notWhole']);
});

test.each([
	{ labels: [1, 2, 4], scheme: 'brats2018', choices: ['brats2013', 'brats2018'], matters: false, codes: [] },
	{ labels: [4], scheme: 'brats2018', choices: ['brats2013', 'brats2018'], matters: false, codes: [] },
	{
		labels: [1, 2, 3],
		scheme: 'brats2023',
		choices: ['brats2013', 'brats2023'],
		matters: true,
		codes: ['labels.ambiguous'],
	},
	{
		labels: [1, 2, 3, 4],
		scheme: 'brats2013',
		choices: ['brats2013'],
		matters: false,
		codes: ['labels.maybePostTreatment'],
	},
	{ labels: [1, 2], scheme: null, choices: [...LABEL_SCHEMES], matters: false, codes: ['labels.undecided'] },
	{ labels: [], scheme: null, choices: [...LABEL_SCHEMES], matters: false, codes: ['labels.undecided'] },
	{ labels: [1, 2, 5], scheme: null, choices: [], matters: false, codes: [] },
	{ labels: [1.5], scheme: null, choices: [], matters: false, codes: [] },
])('the labels $labels point to $scheme', ({ labels, scheme, choices, matters, codes }) => {
	const guess = guessScheme(
		labels.map((value) => ({ value, voxels: 1 })),
		'a',
	);
	expect({ ...guess, warnings: guess.warnings.map((issue) => issue.code) }).toEqual({
		scheme,
		choices,
		matters,
		warnings: codes,
	});
});

test.skipIf(!real)('the real masks follow the editions they are of', () => {
	const guess = (path: string) => guessScheme(countLabels(load(join(real!, path)))!, path).scheme;
	expect(guess('TCGA-FG-6692/seg_fusion_mav.nii.gz')).toBe('brats2018');
	expect(guess('TCGA-DU-7294/seg_fusion_mav.nii.gz')).toBe(null);
	expect(guess('brats_2013_pat0006_1/seg_expert.nii.gz')).toBe('brats2013');
});
