import { describe, expect, it } from 'vitest';
import { bratsFamily, bratsLabels, isGrossVolume } from '../../../src/importers/brats.ts';
import { readSidecar, stemOf } from '../../../src/importers/sidecar.ts';
import { sortFiles } from '../../../src/importers/sortFiles.ts';
import type { LabelScheme } from '../../../src/schemas/caseManifest.ts';

const labels = (values: readonly number[], chosen?: LabelScheme, names: readonly string[] = []) => {
	const counts = values.map((value) => ({ value, voxels: 5 }));
	const result = bratsLabels(counts, chosen, 'seg.nii.gz', ['seg.nii.gz', ...names]);
	return result.ok ? result.value : result.issues.map(({ code }) => code);
};

describe('bratsLabels', () => {
	it('takes the edition from plain labels', () => {
		expect(labels([1, 2, 4])).toEqual({ scheme: 'brats2018', edition: 'brats2018' });
		expect(labels([1, 2])).toEqual({ scheme: 'brats2013', edition: null });
		expect(labels([])).toEqual({ scheme: 'brats2013', edition: null });
	});

	it('asks for it where it matters, refuses what no edition knows', () => {
		expect(labels([1, 2, 3])).toEqual(['labels.needsEdition']);
		expect(labels([1, 2, 3], 'brats2023')).toEqual({ scheme: 'brats2023', edition: 'brats2023' });
		expect(labels([1, 2, 3], 'brats2013')).toEqual({ scheme: 'brats2013', edition: 'brats2013' });
		expect(labels([1, 7])).toEqual(['labels.noEdition']);
		expect(labels([1, 4], 'brats2023')).toEqual(['labels.unknown']);
	});

	it('refuses the resection cavity of sets after treatment, unless 2013 is named', () => {
		for (const chosen of [undefined, 'brats2018', 'brats2023'] as const)
			expect(labels([1, 2, 3, 4], chosen)).toEqual(['labels.postTreatment']);
		expect(labels([1, 2, 3, 4], 'brats2013')).toEqual({ scheme: 'brats2013', edition: 'brats2013' });
	});

	it('takes any 4 of a set since 2023 for the cavity, as its name tells, unless an edition is named', () => {
		for (const name of ['BraTS-GLI-02062-101', 'BraTS-MEN-00004-000-seg.nii.gz', 'a/BraTS-MET-00110-000/x.nii.gz'])
			for (const values of [[1, 2, 4], [2, 4], [4]])
				expect(labels(values, undefined, [name])).toEqual(['labels.postTreatment']);
		const named = { scheme: 'brats2018', edition: 'brats2018' };
		expect(labels([1, 2, 4], 'brats2018', ['BraTS-GLI-02062-101'])).toEqual(named);
		expect(labels([1, 2, 4], undefined, ['BraTS20_Training_001', 'BraTS2021_00002'])).toEqual(named);
		expect(labels([1, 2], undefined, ['BraTS-GLI-00001-000'])).toEqual({ scheme: 'brats2013', edition: null });
	});
});

it('a gross tumour volume is told by its name or that of its set', () => {
	for (const name of ['BraTS-MEN-RT-0001-1', 'x/BraTS-MEN-RT-0001-1_gtv.nii.gz', 'GTV.nii.gz', 'p1-gtv.nii'])
		expect([name, isGrossVolume(name)]).toEqual([name, true]);
	for (const name of ['BraTS-MEN-00012-000', 'BraTS-MEN-RTX', 'gtvx_seg.nii.gz'])
		expect(isGrossVolume(name)).toBe(false);
});

it('the family is told by the name of the set', () => {
	expect(bratsFamily(['BraTS-MEN-00012-000', 't1n.nii.gz'])).toBe('meningioma');
	expect(bratsFamily(['x', 'BraTS-MET-00110-000-t1c.nii.gz'])).toBe('metastasis');
	expect(bratsFamily(['BraTS-GLI-00001-000'])).toBe('glioma');
	expect(bratsFamily(['BraTS20_Training_001'])).toBe('glioma');
});

describe('sortFiles', () => {
	it('sorts a folder by names, nearest to the top first, brain masks left out', () => {
		const sorted = sortFiles(['brainmask.nii.gz', 'fla.nii.gz', 'native/fla.nii.gz', 'raters/a.nii.gz', 'seg.nii.gz']);
		expect(sorted).toEqual({
			series: [{ sequence: 'FLAIR', file: 'fla.nii.gz' }],
			masks: [],
			references: ['seg.nii.gz'],
			unused: ['brainmask.nii.gz', 'native/fla.nii.gz', 'raters/a.nii.gz'],
			issues: [],
		});
	});

	it('names all files of a sequence with several, and takes the one that was chosen', () => {
		const paths = ['a_t1.nii.gz', 'b_t1.nii.gz', 'x.nii.gz', 'P1_FLAIR_WT.nii.gz'];
		expect(sortFiles(paths).issues).toEqual([
			{
				code: 'import.severalFiles',
				path: 'a_t1.nii.gz',
				params: { sequence: 'T1', files: 'a_t1.nii.gz, b_t1.nii.gz' },
			},
		]);
		expect(sortFiles(paths).unused).toEqual(['x.nii.gz']);
		const sorted = sortFiles(paths, new Map([['T1', 'x.nii.gz']]));
		expect([sorted.series, sorted.issues, sorted.masks]).toEqual([
			[{ sequence: 'T1', file: 'x.nii.gz' }],
			[],
			['P1_FLAIR_WT.nii.gz'],
		]);
	});
});

it('masks named by the rule count wherever they lie, as DICOM and as segmentations of 3D Slicer too', () => {
	const masks = ['P1_FLAIR_WT.nii.gz', 'a/P1_T1C_ET_L01.dcm', 'a/b/P1_T1C_NE.seg.nrrd', 'a/P1_T2_TB-WT.seg.nrrd'];
	expect(sortFiles([...masks, 'P1_T2_TB-WT.nii.gz']).masks).toEqual(masks);
});

describe('readSidecar', () => {
	it('reads what dcm2niix writes, and nothing that makes no sense', () => {
		const json = { MRAcquisitionType: '2D', SliceThickness: 5, SpacingBetweenSlices: 6, PatientName: 'X' };
		expect(readSidecar('a.json', JSON.stringify(json))).toEqual({ dimension: '2D', thicknessMm: 5 });
		expect(readSidecar('a.json', '{"SliceThickness": "5", "MRAcquisitionType": 2, "BitsStored": 12.5}')).toEqual({});
		expect(readSidecar('a.json', '{"ImageType": ["DERIVED", "PRIMARY"]}')).toEqual({ derived: true });
		expect(readSidecar('a.json', '{"ImageType": [7]}')).toEqual({});
		expect(readSidecar('a.json', '{')).toEqual({});
		expect(readSidecar('a.json', 'null')).toEqual({});
		expect(readSidecar('a.bval', '0 0 995 1000\n')).toEqual({ bValue: 1000 });
		expect(readSidecar('a.bval', '0 x')).toEqual({});
		expect(readSidecar('a.bval', '')).toEqual({});
		expect(readSidecar('a.bval', '1000 '.repeat(200_000))).toEqual({ bValue: 1000 });
		expect(stemOf('p/dwi.nii.gz')).toBe(stemOf('p/dwi.bval'));
	});
});
