import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type NiftiVolume, readNifti } from '../../../src/formats/nifti.ts';
import { rasView } from '../../../src/grid/rasView.ts';
import { sharedFolder } from '../../sharedData.ts';
import { fileBytes } from './bytes.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats');
const made = sharedFolder('testdata/formats/made');
const real = sharedFolder('testdata/real');

/** What a file gives: issue codes, or the voxels' sum with warning codes. */
type Outcome = { issues: string[] } | { sum: number; warnings?: string[]; datatype?: string; orientation?: string };

const HEAD = 27_198_009;
const LABELS = 17_798;

/** Every file of the set, one line each. */
const ZOO: Record<string, Outcome> = {
	'analyze75.hdr': { issues: ['file.analyze'] },
	'analyze75.img': { issues: ['file.niftiPair'] },
	'bad_dims_bomb.nii': { issues: ['nifti.tooLarge'] },
	'bad_empty.nii': { issues: ['file.empty'] },
	'bad_gzipbomb_200MB.nii.gz': { issues: ['gzip.tooLarge'] },
	'bad_header_only.nii': { issues: ['nifti.truncated'] },
	'bad_magic.nii': { issues: ['nifti.magic'] },
	'bad_negative_dim.nii': { issues: ['nifti.dims'] },
	'bad_notgz.nii.gz': { sum: HEAD, warnings: ['file.notGzip'] },
	'bad_truncated.nii': { issues: ['nifti.truncated'] },
	'bad_truncated.nii.gz': { issues: ['nifti.timePoints', 'gzip.truncated'] },
	'big.nrrd': { issues: ['file.nrrd'] },
	'detached.nhdr': { issues: ['file.nrrd'] },
	'detached.raw': { issues: ['file.unknown'] },
	'f4.mgz': { issues: ['file.mgh'] },
	'gz.nrrd': { issues: ['file.nrrd'] },
	'gz_without_gz_ext.nii': { sum: HEAD },
	'multimember.nii.gz': { sum: HEAD },
	'n1_2d.nii.gz': { issues: ['nifti.twoDimensional'] },
	'n1_4d.nii.gz': { issues: ['nifti.timePoints'] },
	'n1_bigendian_i2.nii': { sum: HEAD, datatype: 'int16' },
	'n1_extension_with_PHI.nii.gz': { sum: HEAD },
	'n1_f4.nii': { sum: HEAD, datatype: 'float32' },
	'n1_f4_nan_inf.nii.gz': { sum: 27_197_450, warnings: ['nifti.nonFinite'] },
	'n1_f8.nii': { sum: HEAD, datatype: 'float64' },
	'n1_i1.nii': { sum: 3_342_492, datatype: 'int8' },
	'n1_i2.nii': { sum: HEAD, datatype: 'int16' },
	'n1_i4.nii': { sum: HEAD, datatype: 'int32' },
	'n1_i8.nii.gz': { sum: HEAD, datatype: 'int64' },
	'n1_no_orientation.nii.gz': { sum: HEAD, orientation: 'none', warnings: ['nifti.noOrientation'] },
	'n1_oblique_LAS.nii.gz': { sum: HEAD },
	'n1_orient_LPS.nii.gz': { sum: HEAD },
	'n1_orient_PIR.nii.gz': { sum: HEAD },
	'n1_orient_RAI.nii.gz': { sum: HEAD },
	'n1_orient_SAR.nii.gz': { sum: HEAD },
	'n1_qform_sform_disagree.nii.gz': { sum: HEAD, orientation: 'sform', warnings: ['nifti.orientationsDiffer'] },
	'n1_rgb24.nii.gz': { issues: ['nifti.colour'] },
	'n1_sclslope_0.5_-100.nii.gz': { sum: HEAD / 2 - 100 * 64 * 64 * 32 },
	'n1_sclslope_nan.nii': { sum: HEAD },
	'n1_sclslope_zero.nii': { sum: HEAD },
	'n1_sheared_sform_only.nii.gz': { sum: HEAD, warnings: ['nifti.sheared'] },
	'n1_single_slice.nii.gz': { sum: 856_060, warnings: ['nifti.singleSlice'] },
	'n1_u1.nii': { sum: 3_342_492, datatype: 'uint8' },
	'n1_u2.nii': { sum: HEAD, datatype: 'uint16' },
	'n1_u4.nii': { sum: HEAD, datatype: 'uint32' },
	'n1_u8.nii.gz': { sum: HEAD, datatype: 'uint64' },
	'n2_bigendian_f4.nii': { sum: HEAD, datatype: 'float32' },
	'n2_i2.nii.gz': { sum: HEAD, datatype: 'int16' },
	'pair.hdr': { issues: ['file.niftiPair'] },
	'pair.img': { issues: ['file.niftiPair'] },
	'raw.nrrd': { issues: ['file.nrrd'] },
	'seg_as_f4.nii.gz': { sum: LABELS, datatype: 'float32' },
	'seg_noninteger.nii.gz': { sum: 17_797.97, datatype: 'float32' },
	'seg_shifted_affine_3mm.nii.gz': { sum: LABELS, datatype: 'uint8' },
	'seg_wrong_shape.nii.gz': { sum: LABELS, datatype: 'uint8' },
	'u1.mgh': { issues: ['file.mgh'] },
};

function check(folder: string, name: string): void {
	const result = readNifti(fileBytes(join(folder, name)), name);
	const outcome = ZOO[name]!;
	if ('issues' in outcome) {
		expect(!result.ok && result.issues.map((issue) => issue.code)).toEqual(outcome.issues);
		return;
	}
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	const { data, warnings, datatype, orientation } = result.value;
	let sum = 0;
	for (const value of data) sum += value;
	expect(sum).toBeCloseTo(outcome.sum, 1);
	expect(warnings.map((issue) => issue.code)).toEqual(outcome.warnings ?? []);
	expect(datatype).toBe(outcome.datatype ?? datatype);
	expect(orientation).toBe(outcome.orientation ?? 'sform');
}

function load(folder: string, name: string): NiftiVolume {
	const result = readNifti(fileBytes(join(folder, name)), name);
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

for (const name of readdirSync(FIXTURES).filter((name) => name !== 'README.md'))
	test(`the fixture ${name} gives what it should`, () => check(FIXTURES, name));

test.skipIf(!made)('no file of the whole set is left out', () => {
	expect(readdirSync(made!).sort()).toEqual(Object.keys(ZOO).sort());
});

for (const name of Object.keys(ZOO))
	test.skipIf(!made)(`${name} of the whole set gives what it should`, () => check(made!, name));

test.skipIf(!made)('one head in six orientations is the same head along the axes of the body', () => {
	const along = (name: string) => {
		const { grid, data } = load(made!, name);
		const { dims, strides, origin } = rasView(grid);
		const out: number[] = [];
		for (let k = 0; k < dims[2]; k++)
			for (let j = 0; j < dims[1]; j++)
				for (let i = 0; i < dims[0]; i++) out.push(data[origin + i * strides[0] + j * strides[1] + k * strides[2]]!);
		return { dims, out };
	};
	const head = along('n1_i2.nii');
	for (const name of ['n1_orient_LPS.nii.gz', 'n1_orient_PIR.nii.gz', 'n1_orient_RAI.nii.gz', 'n1_orient_SAR.nii.gz'])
		expect(along(name)).toEqual(head);
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
	expect(load(native, 'fla.nii.gz').spacingMm[2]).toBeCloseTo(5.5, 4);
	for (const name of readdirSync(native)) expect(load(native, name).warnings).toEqual([]);
	const lps = load(join(real!, 'BraTS-GLI-00001-000'), 't1c.nii.gz');
	const ras = load(join(real!, 'BraTS-MET-00110-000'), 't1c.nii.gz');
	expect([lps, ras].map(({ grid }) => Math.sign(grid.affine[0]!))).toEqual([-1, 1]);
});
