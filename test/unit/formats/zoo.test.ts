import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { companionNames, readVolume } from '../../../src/formats/readVolume.ts';
import type { ReadVolume } from '../../../src/formats/volume.ts';
import { spacingMm } from '../../../src/grid/grid.ts';
import { rasView } from '../../../src/grid/rasView.ts';
import { sharedFolder } from '../../sharedData.ts';
import { fileBytes } from './bytes.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats');
const zoo = sharedFolder('testdata/formats');
const real = sharedFolder('testdata/real');

/**
 * What a file gives: issue codes, or the sum of its voxels, where it lies (the way each axis runs, and the first voxel
 * in mm) and warning codes.
 */
type Outcome =
	| { issues: string[] }
	| { sum: number; at?: string; warnings?: string[]; datatype?: string; orientation?: 'known' | 'none' };

const HEAD = 27_198_009;
const LABELS = 17_798;
/** Where all lie that say nothing else. */
const AT = 'RAS -50 -65 -1';

/**
 * Every file of these folders, one line each; NRRD has a table of its own. Sums and places are nibabel's (5.0.0); it
 * reads Analyze, pictures in colour and time series too, which are refused here, and mirrors a volume without orientation.
 */
const ZOO: Record<string, Record<string, Outcome>> = {
	made: {
		'analyze75.hdr': { issues: ['file.analyze'] },
		'analyze75.img': { issues: ['file.voxelsOnly'] },
		'bad_dims_bomb.nii': { issues: ['nifti.tooLarge'] },
		'bad_empty.nii': { issues: ['file.empty'] },
		'bad_gzipbomb_200MB.nii.gz': { issues: ['gzip.tooLarge'] },
		'bad_header_only.nii': { issues: ['nifti.truncated'] },
		'bad_magic.nii': { issues: ['nifti.magic'] },
		'bad_negative_dim.nii': { issues: ['nifti.dims'] },
		'bad_notgz.nii.gz': { sum: HEAD, warnings: ['file.notGzip'] },
		'bad_truncated.nii': { issues: ['nifti.truncated'] },
		'bad_truncated.nii.gz': { issues: ['nifti.timePoints', 'gzip.truncated'] },
		'detached.raw': { issues: ['file.voxelsOnly'] },
		'f4.mgz': { sum: HEAD, datatype: 'float32' },
		'gz_without_gz_ext.nii': { sum: HEAD },
		'multimember.nii.gz': { sum: HEAD },
		'n1_2d.nii.gz': { issues: ['nifti.twoDimensional'] },
		'n1_4d.nii.gz': { issues: ['nifti.timePoints'] },
		'n1_bigendian_i2.nii': { sum: HEAD, datatype: 'int16' },
		'n1_extension_with_PHI.nii.gz': { sum: HEAD, warnings: ['header.identifies'] },
		'n1_f4.nii': { sum: HEAD, datatype: 'float32' },
		'n1_f4_nan_inf.nii.gz': { sum: 27_197_450, warnings: ['nifti.nonFinite'] },
		'n1_f8.nii': { sum: HEAD, datatype: 'float64' },
		'n1_i1.nii': { sum: 3_342_492, datatype: 'int8' },
		'n1_i2.nii': { sum: HEAD, datatype: 'int16' },
		'n1_i4.nii': { sum: HEAD, datatype: 'int32' },
		'n1_i8.nii.gz': { sum: HEAD, datatype: 'int64' },
		'n1_no_orientation.nii.gz': { sum: HEAD, at: 'RAS 0 0 0', orientation: 'none', warnings: ['nifti.noOrientation'] },
		'n1_oblique_LAS.nii.gz': { sum: HEAD, at: 'LAS 40 -60 -20' },
		'n1_orient_LPS.nii.gz': { sum: HEAD, at: 'LPS 13 -2 -1' },
		'n1_orient_PIR.nii.gz': { sum: HEAD, at: 'PIR -50 -2 30' },
		'n1_orient_RAI.nii.gz': { sum: HEAD, at: 'RAI -50 -65 30' },
		'n1_orient_SAR.nii.gz': { sum: HEAD, at: 'SAR -50 -65 -1' },
		'n1_qform_sform_disagree.nii.gz': { sum: HEAD, warnings: ['nifti.orientationsDiffer'] },
		'n1_rgb24.nii.gz': { issues: ['nifti.colour'] },
		'n1_sclslope_0.5_-100.nii.gz': { sum: 491_804.5 },
		'n1_sclslope_nan.nii': { sum: HEAD },
		'n1_sclslope_zero.nii': { sum: HEAD },
		'n1_sheared_sform_only.nii.gz': { sum: HEAD, at: 'LAS 40 -60 -20', warnings: ['nifti.sheared'] },
		'n1_single_slice.nii.gz': { sum: 856_060, warnings: ['nifti.singleSlice'] },
		'n1_u1.nii': { sum: 3_342_492, datatype: 'uint8' },
		'n1_u2.nii': { sum: HEAD, datatype: 'uint16' },
		'n1_u4.nii': { sum: HEAD, datatype: 'uint32' },
		'n1_u8.nii.gz': { sum: HEAD, datatype: 'uint64' },
		'n2_bigendian_f4.nii': { sum: HEAD, datatype: 'float32' },
		'n2_i2.nii.gz': { sum: HEAD, datatype: 'int16' },
		'pair.hdr': { sum: HEAD, datatype: 'int16' },
		'pair.img': { issues: ['file.voxelsOnly'] },
		'seg_as_f4.nii.gz': { sum: LABELS, datatype: 'float32' },
		'seg_noninteger.nii.gz': { sum: 17_797.966_634, datatype: 'float32' },
		'seg_shifted_affine_3mm.nii.gz': { sum: LABELS, at: 'RAS -47 -65 -1', datatype: 'uint8' },
		'seg_wrong_shape.nii.gz': { sum: LABELS, datatype: 'uint8' },
		'u1.mgh': { sum: 14_859_321, datatype: 'uint8' },
	},
	nibabel: {
		'0.dcm': { issues: ['file.dicom'] },
		'1.dcm': { issues: ['file.dicom'] },
		'analyze.hdr': { issues: ['file.analyze'] },
		'anatomical.nii': { sum: 284_166_082, at: 'LAS 32 -40 -16', datatype: 'int16' },
		'csa_slice_norm.dcm': { issues: ['file.dicom'] },
		'decimal_rescale.dcm': { issues: ['file.dicom'] },
		'example4d.nii.gz': { issues: ['nifti.timePoints'] },
		'example_nifti2.nii.gz': { issues: ['nifti.timePoints'] },
		'functional.nii': { issues: ['nifti.timePoints'] },
		'minc1_1_scale.mnc': { issues: ['file.minc'] },
		'minc2_1_scale.mnc': { issues: ['file.minc'] },
		'nifti1.hdr': { issues: ['file.companionMissing'] },
		'nifti2.hdr': { issues: ['file.companionMissing'] },
		'phantom_EPI_asc_CLEAR_2_1.PAR': { issues: ['file.parRec'] },
		'phantom_EPI_asc_CLEAR_2_1.REC': { issues: ['file.parRec'] },
		'phantom_truncated.REC': { issues: ['file.parRec'] },
		'reoriented_anat_moved.nii': { sum: 32_739_769.449, at: 'RAS -35.3 -47.98 -27.6', datatype: 'float32' },
		'slicethickness_empty_string.dcm': { issues: ['file.dicom'] },
		'small.mnc': { issues: ['file.minc'] },
		'standard.nii.gz': { sum: 7650, at: 'RAS 0 0 0', datatype: 'uint8' },
		'test.mgz': { issues: ['nifti.timePoints'] },
	},
	'NIFTI-Reader-JS': {
		'5D_small.nii': { issues: ['nifti.timePoints'] },
		'5D_zeros.nii.gz': { issues: ['nifti.timePoints'] },
	},
};

/** A file with those beside it that hold its voxels. */
function readIn(folder: string, name: string): ReturnType<typeof readVolume> {
	const bytes = fileBytes(join(folder, name));
	const beside = companionNames(bytes, name).filter((other) => existsSync(join(folder, other)));
	return readVolume(bytes, name, {
		companions: new Map(beside.map((other) => [other, fileBytes(join(folder, other))])),
	});
}

/** Where the axes run, by their largest component, and the first voxel. */
function place({ grid: { affine: a } }: ReadVolume): string {
	const codes = [0, 1, 2].map((axis) => {
		const steps = [a[axis]!, a[axis + 4]!, a[axis + 8]!];
		const row = steps.reduce((most, step, n) => (Math.abs(step) > Math.abs(steps[most]!) ? n : most), 0);
		return ['LR', 'PA', 'IS'][row]![steps[row]! > 0 ? 1 : 0];
	});
	return `${codes.join('')} ${[3, 7, 11].map((n) => Math.round(a[n]! * 100) / 100).join(' ')}`;
}

function check(folder: string, name: string, outcome: Outcome): void {
	const result = readIn(folder, name);
	if ('issues' in outcome) {
		expect(!result.ok && result.issues.map((issue) => issue.code)).toEqual(outcome.issues);
		return;
	}
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	const { data, warnings, datatype, orientation } = result.value;
	let sum = 0;
	for (const value of data) sum += value;
	expect(sum).toBeCloseTo(outcome.sum, 2);
	expect(place(result.value)).toBe(outcome.at ?? AT);
	expect(warnings.map((issue) => issue.code)).toEqual(outcome.warnings ?? []);
	expect(datatype).toBe(outcome.datatype ?? datatype);
	expect(orientation).toBe(outcome.orientation ?? 'known');
}

function load(folder: string, name: string): ReadVolume {
	const result = readIn(folder, name);
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

for (const [name, outcome] of Object.entries(ZOO.made!))
	if (existsSync(join(FIXTURES, name)))
		test(`the fixture ${name} gives what it should`, () => {
			// The voxels of the pair show a head and stay out.
			const lacking = name === 'pair.hdr';
			check(FIXTURES, name, lacking ? { issues: ['file.companionMissing'] } : outcome);
		});

test.skipIf(!zoo)('no file of these folders is left out', () => {
	for (const [folder, files] of Object.entries(ZOO)) {
		const there = readdirSync(join(zoo!, folder)).filter((name) => !/\.n(?:rrd|hdr)$/.test(name));
		expect(there.sort()).toEqual(Object.keys(files).sort());
	}
});

for (const [folder, files] of Object.entries(ZOO))
	for (const [name, outcome] of Object.entries(files))
		test.skipIf(!zoo)(`${folder}/${name} gives what it should`, () => check(join(zoo!, folder), name, outcome));

test.skipIf(!zoo)('one head in six orientations and three formats is the same head along the axes of the body', () => {
	const along = (name: string) => {
		const { grid, data } = load(join(zoo!, 'made'), name);
		const { dims, strides, origin } = rasView(grid);
		const out: number[] = [];
		for (let k = 0; k < dims[2]; k++)
			for (let j = 0; j < dims[1]; j++)
				for (let i = 0; i < dims[0]; i++) out.push(data[origin + i * strides[0] + j * strides[1] + k * strides[2]]!);
		return { dims, out };
	};
	const head = along('n1_i2.nii');
	const orientations = ['LPS', 'PIR', 'RAI', 'SAR'].map((axes) => `n1_orient_${axes}.nii.gz`);
	for (const name of [...orientations, 'pair.hdr', 'f4.mgz']) expect(along(name)).toEqual(head);
});

test.skipIf(!real)('real series open without a warning, on the grids they were scanned on', () => {
	const native = join(real!, 'TCGA-FG-6692/native');
	const dims = readdirSync(native).map((name) => [name, load(native, name).grid.dims.join(' × ')]);
	expect(Object.fromEntries(dims)).toEqual({
		'fla.nii.gz': '208 × 256 × 26',
		't1.nii.gz': '256 × 224 × 26',
		't1c.nii.gz': '256 × 224 × 26',
		't2.nii.gz': '224 × 256 × 26',
	});
	expect(spacingMm(load(native, 'fla.nii.gz').grid)[2]).toBeCloseTo(5.5, 4);
	for (const name of readdirSync(native)) expect(load(native, name).warnings).toEqual([]);
	const lps = load(join(real!, 'BraTS-GLI-00001-000'), 't1c.nii.gz');
	const ras = load(join(real!, 'BraTS-MET-00110-000'), 't1c.nii.gz');
	expect([lps, ras].map(({ grid }) => Math.sign(grid.affine[0]!))).toEqual([-1, 1]);
});

test.skipIf(!real)(
	'no header of real, published images is taken for one that names a person',
	() => {
		for (const folder of readdirSync(real!, { withFileTypes: true })) {
			if (!folder.isDirectory()) continue;
			for (const name of readdirSync(join(real!, folder.name)).filter((file) => /\.nii(?:\.gz)?$/.test(file))) {
				const result = readIn(join(real!, folder.name), name);
				const codes = result.ok ? result.value.warnings.map(({ code }) => code) : [];
				expect(codes, `${folder.name}/${name}`).not.toContain('header.identifies');
			}
		}
	},
	120_000,
);
