import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readNifti } from '../../../src/formats/nifti.ts';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import type { VoxelData } from '../../../src/formats/volume.ts';
import en from '../../../src/i18n/en/issue.json' with { type: 'json' };
import zh from '../../../src/i18n/zh/issue.json' with { type: 'json' };
import { sharedFolder } from '../../sharedData.ts';
import { dicomBytes } from './dicomBytes.ts';
import { metaImageHeader } from './metaImageBytes.ts';
import { niftiBytes } from './niftiBytes.ts';
import { nrrdBytes } from './nrrdBytes.ts';

/** What should be said of a file: codes of the dictionary, with the figures as they are shown. */
export type Told = readonly (readonly [code: string, figures?: Readonly<Record<string, string>>])[];

/** The sentences, made of the dictionary by no code of the project; throws where one is missing or has a hole. */
export function sentences(told: Told, locale: 'zh' | 'en'): string[] {
	const dictionary: Record<string, string> = { zh, en }[locale];
	return told.map(([code, figures = {}]) => {
		const template = dictionary[`issue.${code}`] ?? '{sentence}';
		const sentence = Object.entries(figures).reduce(
			(text, [name, value]) => text.replace(`{${name}}`, value),
			template,
		);
		if (/[{}]/.test(sentence)) throw new Error(`got "${sentence}" for ${code}, expected a whole sentence`);
		return sentence;
	});
}

/** A file to be given to the page, or put into a folder. */
export interface Given {
	readonly name: string;
	readonly bytes: Uint8Array;
}

/** Writes files into a folder and gives their paths: handed over as bytes, the page itself would unpack them. */
export function onDisk(folder: string, files: readonly Given[]): string[] {
	mkdirSync(folder, { recursive: true });
	return files.map(({ name, bytes }) => {
		const path = resolve(folder, name);
		writeFileSync(path, bytes);
		return path;
	});
}

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/formats');
const made = sharedFolder('testdata/formats/made');

const given = (name: string, bytes: Uint8Array): Given => ({ name, bytes });

/** A file of the fixtures or of the shared test data; undefined where neither is there. */
export function stored(name: string): Given | undefined {
	const path = [FIXTURES, made ?? FIXTURES].map((folder) => resolve(folder, name)).find(existsSync);
	return path ? given(name, readFileSync(path)) : undefined;
}

/** The grid that the labels of the fixtures lie on, with an image as long as it is wide. */
const fixture = readNifti(readFileSync(resolve(FIXTURES, 'seg_as_f4.nii.gz')), 'seg_as_f4.nii.gz');
if (!fixture.ok) throw new Error(`got ${JSON.stringify(fixture.issues)}, expected a readable fixture`);
export const { grid: LABEL_GRID, data: LABELS } = fixture.value;

export const written = (name: string, data: VoxelData, description = '') =>
	given(name, writeNifti({ grid: LABEL_GRID, data }, { description }));

/** A head that can be drawn on, on the grid of the labels. */
export const image = (name: string) => {
	const [nx, ny, nz] = LABEL_GRID.dims;
	const bright = Int16Array.from({ length: nx * ny * nz }, (_, n) => {
		const [i, j] = [n % nx, Math.floor(n / nx) % ny];
		return (i / nx - 0.5) ** 2 + (j / ny - 0.5) ** 2 < 0.2 ? 300 + i + j : 0;
	});
	return written(name, bright);
};

const cube = (n: number) => [3, n, n, n, 1, 1, 1, 1];
const MB = 1024 * 1024;

/** Inflates to 128 MB before its end is missed: a page that read it itself would stand still. */
export function longFile(): BadFile {
	const whole = new Uint8Array(352 + 512 ** 3 - 1);
	whole.set(niftiBytes({ dims: cube(512), datatype: 2, values: [] }));
	const told: Told = [['nifti.truncated', { expectedBytes: '134218080', bytes: '134218079' }]];
	return { file: given('long.nii.gz', gzipSync(whole, { level: 1 })), told };
}

/** A matrix of 8 voxels, and 100 MB behind them. */
const bomb = (): Uint8Array => {
	const whole = new Uint8Array(100 * MB);
	whole.set(niftiBytes());
	return gzipSync(whole, { level: 1 });
};

/** A checksum that is not that of the bytes. */
const damaged = (): Uint8Array => {
	const packed = gzipSync(niftiBytes());
	return packed.fill(0, packed.length - 8);
};

/** Two segments that are the same label. */
const TWINS = ['a', 'b'].flatMap((name, n) => [
	`Segment${n}_ID:=${name}`,
	`Segment${n}_LabelValue:=1`,
	`Segment${n}_Layer:=0`,
]);

/** Files made here that no reader takes, image or mask, with what is to be said. */
const OWN: readonly (readonly [file: Given, told: Told])[] = [
	[given('letter.nii', Buffer.from('This is no image. '.repeat(40))), [['file.unknown']]],
	[given('stub.nii', new Uint8Array(7)), [['file.tooShort', { bytes: '7' }]]],
	[given('cut.nii', niftiBytes({ values: [1, 2, 3] })), [['nifti.truncated', { expectedBytes: '368', bytes: '358' }]]],
	[
		given('huge.nii', niftiBytes({ dims: cube(30_000) })),
		[['nifti.tooLarge', { dims: '30000 × 30000 × 30000', limitMb: '1024' }]],
	],
	[given('bomb.nii.gz', bomb()), [['gzip.tooLarge', { limitMb: '2' }]]],
	[given('colour.nii', niftiBytes({ datatype: 128, values: [] })), [['nifti.colour']]],
	[given('times.nii', niftiBytes({ dims: [4, 2, 2, 1, 2, 1, 1, 1] })), [['nifti.timePoints', { count: '2' }]]],
	[given('damaged.nii.gz', damaged()), [['gzip.corrupt']]],
	[
		given('header.mha', metaImageHeader({ DimSize: '2 x 2' })),
		[['header.field', { field: 'DimSize', value: '2 x 2' }]],
	],
	[given('packed.nrrd', nrrdBytes({ fields: { encoding: 'bzip2' } })), [['nrrd.encoding', { encoding: 'bzip2' }]]],
];

const SHARED: Readonly<Record<string, Told>> = {
	'analyze75.hdr': [['file.analyze']],
	'bad_dims_bomb.nii': [['nifti.tooLarge', { dims: '32000 × 32000 × 32000', limitMb: '1024' }]],
	'bad_empty.nii': [['file.empty']],
	'bad_gzipbomb_200MB.nii.gz': [['gzip.tooLarge', { limitMb: '2' }]],
	'bad_header_only.nii': [['nifti.truncated', { expectedBytes: '262496', bytes: '348' }]],
	'bad_magic.nii': [['nifti.magic']],
	'bad_negative_dim.nii': [['nifti.dims', { dims: '-5 × 64 × 32' }]],
	'bad_truncated.nii': [['nifti.truncated', { expectedBytes: '262496', bytes: '131248' }]],
	'bad_truncated.nii.gz': [['nifti.timePoints', { count: '3' }], ['gzip.truncated']],
	'n1_2d.nii.gz': [['nifti.twoDimensional', { dims: '64 × 64' }]],
	'n1_4d.nii.gz': [['nifti.timePoints', { count: '3' }]],
	'n1_rgb24.nii.gz': [['nifti.colour']],
};

export interface BadFile {
	readonly file: Given;
	readonly told: Told;
}

const stores = (all: Readonly<Record<string, Told>>): BadFile[] =>
	Object.entries(all).flatMap(([name, told]) => {
		const file = stored(name);
		return file ? [{ file, told }] : [];
	});

/** One slice of a DICOM series. */
const dicomImage = given(
	'slice.dcm',
	dicomBytes([
		[0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.4'],
		[0x0028_0010, 'US', [2]],
		[0x0028_0011, 'US', [2]],
		[0x7fe0_0010, 'OW', new Uint8Array(8)],
	]),
);

/** Files that are neither images nor masks. */
export const REFUSED: readonly BadFile[] = [...OWN.map(([file, told]) => ({ file, told })), ...stores(SHARED)];

/** Files that are read as images, with a warning. */
export const DOUBTFUL_IMAGES: readonly BadFile[] = [
	{
		file: written('p7.nii', new Int16Array(LABELS.length), 'Zhang^San'),
		told: [['header.identifies', { fields: 'descrip' }]],
	},
	...stores({
		'bad_notgz.nii.gz': [['file.notGzip']],
		'n1_extension_with_PHI.nii.gz': [['header.identifies', { fields: 'descrip, extension 6' }]],
		'n1_f4_nan_inf.nii.gz': [['nifti.nonFinite', { count: '2' }]],
	}),
];

const withNaN = Float32Array.from(LABELS, (value, n) => (n < 3 ? Number.NaN : value));
const tooHigh = Int16Array.from(LABELS, (value) => (value === 0 ? 0 : 900 - value));
const TOO_MANY: Told = [['labels.tooMany', { count: '64' }]];

/** Files that can be read and are no label maps. */
export const BAD_LABELS: readonly BadFile[] = [
	{ file: image('image.nii'), told: TOO_MANY },
	{ file: written('nan.nii', withNaN), told: [['labels.notNumbers', { count: '3' }]] },
	{ file: written('high.nii', tooHigh), told: [['labels.range', { values: '897, 898', most: '255' }]] },
	...stores({
		'seg_noninteger.nii.gz': [['labels.notWhole', { count: '334', example: '2.9999' }]],
		'n1_f4_nan_inf.nii.gz': [...TOO_MANY, ['labels.notNumbers', { count: '2' }]],
		'n1_extension_with_PHI.nii.gz': TOO_MANY,
		'bad_notgz.nii.gz': TOO_MANY,
		'u1.mgh': TOO_MANY,
		'raw.nrrd': TOO_MANY,
	}),
];

/** Segmentations that name their segments, and a DICOM file that is none. */
export const BAD_SEGMENTATIONS: readonly BadFile[] = [
	{ file: dicomImage, told: [['dicom.notSegmentation']] },
	{
		file: given('broken.seg.nrrd', nrrdBytes({ fields: { sizes: '3 x 2' }, lines: ['Segment0_ID:=a'] })),
		told: [['nifti.dims', { dims: '3 × x × 2' }]],
	},
	{
		file: given('twins.seg.nrrd', nrrdBytes({ lines: TWINS })),
		told: [['segments.duplicate', { first: 'a', second: 'b', value: '1' }]],
	},
];

/** Masks on another grid than that of the labels, with what is to be said of them against `other`. */
export const MISFITS: readonly {
	readonly name: string;
	readonly words: (other: string) => { readonly zh: string; readonly en: string };
}[] = [
	{
		name: 'seg_wrong_shape.nii.gz',
		words: (other) => ({
			zh: `矩阵是 63 × 64 × 32，${other} 是 64 × 64 × 32，覆盖同一部位：被裁剪或重采样过，换成在原影像上画的标注`,
			en: `The matrix is 63 × 64 × 32, ${other} has 64 × 64 × 32 over the same part of the body: it was cropped or resampled, use the one drawn on the original images`,
		}),
	},
	{
		name: 'seg_shifted_affine_3mm.nii.gz',
		words: (other) => ({
			zh: `比 ${other} 向右侧移了 3.0 mm：从原软件重新导出`,
			en: `Shifted 3.0 mm towards the right against ${other}: export it again from its source`,
		}),
	},
];
