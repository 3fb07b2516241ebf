import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readNifti } from '../../../src/formats/nifti.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { type DraftFile, draftCase } from '../../../src/importers/draftCase.ts';
import { guessSequence, type SeriesRole } from '../../../src/importers/guessSequence.ts';
import { countLabels } from '../../../src/importers/labelScheme.ts';
import { sharedFolder } from '../../sharedData.ts';
import { fileBytes } from '../formats/bytes.ts';

const real = sharedFolder('testdata/real');
const FIXTURES = join(import.meta.dirname, '../../fixtures/formats');

const grid: Grid = { dims: [4, 4, 4], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
const moved = (mm: number): Grid => ({ ...grid, affine: grid.affine.map((v, n) => (n === 3 ? v + mm : v)) });
const LABELS = [
	{ value: 1, voxels: 5 },
	{ value: 2, voxels: 6 },
];

function file(role: SeriesRole | null, extra: Partial<DraftFile> = {}): DraftFile {
	return { path: `${role}.nii.gz`, role, grid, ...(role === 'reference' && { labels: LABELS }), ...extra };
}

const four = [file('T1C'), file('FLAIR'), file('T1'), file('T2')];

function codes(result: ReturnType<typeof draftCase>): string[] {
	return result.ok ? [] : result.issues.map((issue) => issue.code);
}

test('four series and a reference on one grid make a glioma that can be scored in every region', () => {
	const files = [...four, file('reference')];
	expect(draftCase({ family: 'glioma', files, scheme: 'brats2018' })).toEqual({
		ok: true,
		value: {
			family: 'glioma',
			series: ['T1', 'T2', 'FLAIR', 'T1C'].map((sequence) => ({ sequence, path: `${sequence}.nii.gz` })),
			reference: { path: 'reference.nii.gz', scheme: 'brats2018' },
			regions: ['WT', 'ET', 'TB', 'NE'].map((region) => ({ region, scorable: true })),
			warnings: [],
		},
	});
});

test('the regions are those of the family', () => {
	const result = draftCase({ family: 'pcnsl', files: four });
	expect(result.ok && result.value.regions).toEqual([
		{ region: 'WT', scorable: false, reason: 'noReference' },
		{ region: 'EN', scorable: false, reason: 'noReference' },
	]);
});

test('a missing sequence takes its regions with it', () => {
	const files = [file('FLAIR'), file('T2'), file('reference')];
	const result = draftCase({ family: 'meningioma', files, scheme: 'brats2023' });
	expect(result.ok && result.value.regions).toEqual([
		{ region: 'ED', scorable: true },
		{ region: 'ET', scorable: false, reason: 'sequenceMissing' },
		{ region: 'TB', scorable: true },
		{ region: 'NE', scorable: false, reason: 'sequenceMissing' },
	]);
});

test('a reference on another grid leaves the regions of that sequence out and says how far off it is, once', () => {
	const files = [
		file('FLAIR'),
		file('T2', { grid: { ...grid, dims: [4, 4, 5] } }),
		file('T1C', { grid: moved(-3) }),
		file('reference'),
	];
	const result = draftCase({ family: 'glioma', files, scheme: 'brats2018' });
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	expect(result.value.regions).toEqual([
		{ region: 'WT', scorable: true },
		{ region: 'ET', scorable: false, reason: 'gridDiffers' },
		{ region: 'TB', scorable: false, reason: 'gridDiffers' },
		{ region: 'NE', scorable: false, reason: 'gridDiffers' },
	]);
	expect(result.value.warnings).toEqual([
		{
			code: 'case.referenceShape',
			path: 'reference.nii.gz',
			params: { sequence: 'T2', dims: '4 × 4 × 4', expected: '4 × 4 × 5' },
		},
		{ code: 'case.referencePlace', path: 'reference.nii.gz', params: { sequence: 'T1C', mm: 3 } },
	]);
});

test('everything wrong is told at once', () => {
	const files = [
		file('T2', { path: 'a' }),
		file('T2', { path: 'b' }),
		file('reference', { path: 'c' }),
		file('reference', { path: 'd', labels: [{ value: 1.5, voxels: 9 }] }),
		file('reference', { path: 'e', labels: [{ value: 7, voxels: 9 }] }),
	];
	const result = draftCase({ family: 'glioma', files, scheme: 'brats2013' });
	expect(!result.ok && result.issues.map(({ code, path }) => [code, path])).toEqual([
		['case.duplicateSequence', 'a'],
		['case.severalReferences', 'c, d, e'],
		['labels.notWhole', 'd'],
		['labels.unknown', 'e'],
	]);
	expect(!result.ok && result.issues[0]?.params).toEqual({ sequence: 'T2', files: 'a, b' });
});

test('a case needs an image, and a reference needs a scheme', () => {
	expect(codes(draftCase({ family: 'glioma', files: [] }))).toEqual(['case.noSeries']);
	expect(codes(draftCase({ family: 'glioma', files: [file('reference')] }))).toEqual([
		'case.noSeries',
		'case.schemeMissing',
	]);
	const image = { path: 'reference.nii.gz', role: 'reference', grid } as const;
	expect(codes(draftCase({ family: 'glioma', files: [...four, image], scheme: 'brats2013' }))).toEqual([
		'labels.tooMany',
	]);
});

test('a file without a role is left out, and told', () => {
	const result = draftCase({ family: 'glioma', files: [...four, file(null, { path: 'x' })] });
	expect(result.ok && result.value.warnings).toEqual([{ code: 'case.unassigned', path: 'x', params: {} }]);
	expect(result.ok && result.value.series).toHaveLength(4);
});

function readDraft(folder: string, names: readonly string[]): DraftFile[] {
	return names.map((path) => {
		const result = readNifti(fileBytes(join(folder, path)), path);
		if (!result.ok) throw new Error(JSON.stringify(result.issues));
		const { role } = guessSequence(path);
		const labels = countLabels(result.value.data);
		return { path, role, grid: result.value.grid, ...(labels && { labels }) };
	});
}

test('the masks of the fixtures fit each other as their names say', () => {
	const [whole, shifted, narrow] = readDraft(FIXTURES, [
		'seg_as_f4.nii.gz',
		'seg_shifted_affine_3mm.nii.gz',
		'seg_wrong_shape.nii.gz',
	]) as [DraftFile, DraftFile, DraftFile];
	const against = (reference: DraftFile) => {
		const files = [{ ...whole, role: 'FLAIR' as const }, reference];
		const result = draftCase({ family: 'glioma', files, scheme: 'brats2023' });
		return result.ok && result.value.warnings.map(({ code, params }) => [code, params]);
	};
	expect(against({ ...whole, path: 'seg' })).toEqual([]);
	expect(against(shifted)).toEqual([['case.referencePlace', { sequence: 'FLAIR', mm: 3 }]]);
	expect(against(narrow)).toEqual([
		['case.referenceShape', { sequence: 'FLAIR', dims: '63 × 64 × 32', expected: '64 × 64 × 32' }],
	]);
});

test.skipIf(!real)('a real folder becomes a case that can be scored; its native series do not fit the mask', () => {
	const folder = join(real!, 'TCGA-FG-6692');
	const mask = 'seg_fusion_mav.nii.gz';
	const files = readDraft(folder, ['fla.nii.gz', 't1.nii.gz', 't1c.nii.gz', 't2.nii.gz', mask]);
	const result = draftCase({ family: 'glioma', files, scheme: 'brats2018' });
	expect(result.ok && result.value.regions.every((region) => region.scorable)).toBe(true);
	const native = readDraft(folder, ['native/fla.nii.gz', 'native/t1c.nii.gz', 'native/t2.nii.gz', mask]);
	const misfit = draftCase({ family: 'glioma', files: native, scheme: 'brats2018' });
	expect(misfit.ok && misfit.value.regions.some((region) => region.scorable)).toBe(false);
});
