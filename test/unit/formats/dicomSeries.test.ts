import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dicomKind, isDicom } from '../../../src/formats/dicomFile.ts';
import { type DicomSeries, readDicomSeries } from '../../../src/formats/dicomSeries.ts';
import { sharedFolder } from '../../sharedData.ts';
import { fileBytes } from './bytes.ts';
import {
	BIG_ENDIAN,
	type DicomLayout,
	dicomBytes,
	EXPLICIT,
	IMPLICIT,
	mrSlice,
	RLE,
	type TestElement,
} from './dicomBytes.ts';

const shared = sharedFolder('testdata/formats');

/** Made-up slices by place; each has its own pixels, 10 times its number onwards. */
function folder(
	places: readonly number[],
	more: (n: number) => readonly TestElement[] = () => [],
	layout: DicomLayout = {},
): Map<string, Uint8Array> {
	const pixels = (n: number) => [0, 1, 2, 3, 4, 5].map((p) => 10 * (n + 1) + p);
	return new Map(places.map((z, n) => [`${n}.dcm`, dicomBytes(mrSlice(z, pixels(n), more(n)), layout)]));
}

function read(files: ReadonlyMap<string, Uint8Array>): readonly DicomSeries[] {
	const result = readDicomSeries(files);
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

function only(files: ReadonlyMap<string, Uint8Array>): DicomSeries {
	const series = read(files);
	expect(series).toHaveLength(1);
	return series[0]!;
}

const warnings = ({ volume }: DicomSeries) => volume.warnings.map(({ code, params }) => [code, params]);
const codes = (files: ReadonlyMap<string, Uint8Array>, options = {}) => {
	const result = readDicomSeries(files, options);
	return result.ok ? [] : result.issues.map(({ code }) => code);
};
const firsts = ({ volume }: DicomSeries) => [...volume.data].filter((_, n) => n % 6 === 0);

test('slices are sorted by their places, in every layout of bytes', () => {
	for (const syntax of [EXPLICIT, IMPLICIT, BIG_ENDIAN]) {
		const { volume, ...series } = only(folder([5, -5, 0], undefined, { syntax, undefinedLengths: true }));
		expect(volume.grid).toEqual({
			dims: [3, 2, 3],
			affine: [-0.75, 0, 0, 10, 0, -0.5, 0, 20, 0, 0, 5, -5, 0, 0, 0, 1],
		});
		expect([...volume.data]).toEqual([20, 21, 22, 23, 24, 25, 30, 31, 32, 33, 34, 35, 10, 11, 12, 13, 14, 15]);
		expect(volume.datatype).toBe('uint16');
		expect(volume.texts).toEqual([
			{ field: 'PatientName', text: 'Made^Up' },
			{ field: 'SeriesDescription', text: 'T1 axial' },
		]);
		expect(volume.warnings).toEqual([]);
		expect(series).toEqual({
			uid: '1.2.3',
			description: 'T1 axial',
			modality: 'MR',
			imageType: ['ORIGINAL', 'PRIMARY', 'M'],
			files: ['1.dcm', '2.dcm', '0.dcm'],
			acquisition: { dimension: '2D', thicknessMm: 4, bitsStored: 12, derived: false, lossy: false },
			contrastAgent: false,
			places: [-5, 0, 5].map((mm, slice) => ({ slice, mm, instance: mm + 100 })),
		});
	}
});

test('missing slices are told by their neighbours and stay empty', () => {
	const series = only(folder([0, 5.01, 15, 20, 24.99, 40]));
	expect(series.volume.grid.dims).toEqual([3, 2, 9]);
	expect(firsts(series)).toEqual([10, 20, 0, 30, 40, 50, 0, 0, 60]);
	expect(warnings(series)).toEqual([['dicom.missingSlices', { count: 3, at: '5 … 15; 25 … 40' }]]);
	expect(series.places.map(({ slice, mm }) => [slice, mm])).toEqual([
		[0, 0],
		[1, 5.01],
		[3, 15],
		[4, 20],
		[5, 24.99],
		[8, 40],
	]);
	// Fewer whole distances than double ones.
	expect(only(folder([0, 5, 15, 25])).volume.grid.dims).toEqual([3, 2, 6]);
});

test('of doubled slices the first is kept, and positions keep all', () => {
	const series = only(folder([0, 5, 5, 10], (n) => [[0x0020_0013, 'IS', String(9 - n)]]));
	expect(firsts(series)).toEqual([10, 30, 40]);
	expect(series.places).toEqual([
		{ slice: 0, mm: 0, instance: 9 },
		{ slice: 1, mm: 5, instance: 7 },
		{ slice: 1, mm: 5, instance: 8 },
		{ slice: 2, mm: 10, instance: 6 },
	]);
	expect(warnings(series)).toEqual([['dicom.doubledSlices', { count: 1 }]]);
});

test('slices that cannot stand on an even grid are refused', () => {
	expect(codes(folder([0, 5, 8, 17]))).toEqual(['dicom.unevenSlices']);
	expect(codes(folder([0, 5, 10], (n) => [[0x0020_0032, 'DS', `${n === 1 ? 4 : 0}\\0\\${n * 5}`]]))).toEqual([
		'dicom.shiftedSlices',
	]);
	const tilted = only(folder([0, 5, 10], (n) => [[0x0020_0032, 'DS', `0\\${n}\\${n * 5}`]]));
	expect(warnings(tilted)).toEqual([['dicom.sheared', { degrees: 11.31 }]]);
});

test('a series splits by b-value, echo, orientation and kind of image', () => {
	const b = only(folder([0, 5], () => [[0x0018_9087, 'FD', [1000]]]));
	expect(b.acquisition.bValue).toBe(1000);
	// What the standard's own element says counts, 0 too.
	expect(only(folder([0, 5], () => [[0x0018_9087, 'FD', [0]]])).acquisition.bValue).toBe(0);
	const series = read(
		folder([0, 0, 0, 0, 0], (n) => [
			[0x0018_9087, 'FD', [n === 0 ? 0 : 1000]],
			...(n === 2 ? [[0x0018_0081, 'DS', '80'] as const] : []),
			...(n === 3 ? [[0x0020_0037, 'DS', '0\\1\\0\\0\\0\\-1'] as const] : []),
			...(n === 4 ? [[0x0008_0008, 'CS', 'DERIVED\\PRIMARY\\ADC'] as const] : []),
		]),
	);
	expect(series.map(({ acquisition, files }) => [acquisition.bValue, files])).toEqual([
		[0, ['0.dcm']],
		[1000, ['1.dcm']],
		[1000, ['2.dcm']],
		[1000, ['3.dcm']],
		[1000, ['4.dcm']],
	]);
	expect(series[2]!.echoTimeMs).toBe(80);
});

test('b-values in the elements of makers are found by the block they reserve', () => {
	const bValues = (elements: (n: number) => TestElement[], syntax = EXPLICIT) =>
		read(folder([0, 0], elements, { syntax })).map(({ acquisition }) => acquisition.bValue);
	const siemens = (n: number): TestElement[] => [
		[0x0019_0011, 'LO', 'SIEMENS MR HEADER'],
		[0x0019_110c, 'IS', String(n * 800)],
	];
	const ge = (n: number): TestElement[] => [
		[0x0043_0010, 'LO', 'GEMS_PARM_01'],
		[0x0043_1039, 'IS', `${n === 0 ? 0 : 1_000_000_050}\\8\\0\\0`],
	];
	expect(bValues(siemens)).toEqual([0, 800]);
	expect(bValues(siemens, IMPLICIT)).toEqual([0, 800]);
	expect(bValues(ge)).toEqual([0, 50]);
	// Without diffusion weighting anywhere in the series a 0 says nothing, and somebody else's element neither.
	expect(bValues(() => ge(0))).toEqual([undefined]);
	expect(
		bValues(() => [
			[0x0019_0010, 'LO', 'OTHER'],
			[0x0019_100c, 'IS', '7'],
		]),
	).toEqual([undefined]);
});

test('signs, unused bits and scaling are seen to', () => {
	const pixels = [0xf000, 0xf7ff, 0x0800, 0x0fff, 1, 2];
	const file = (more: readonly TestElement[]) => new Map([['a.dcm', dicomBytes(mrSlice(0, pixels, more))]]);
	expect([...only(file([])).volume.data]).toEqual([0, 2047, 2048, 4095, 1, 2]);
	const signed = only(file([[0x0028_0103, 'US', [1]]]));
	expect([...signed.volume.data]).toEqual([0, 2047, -2048, -1, 1, 2]);
	expect(signed.volume.data).toBeInstanceOf(Int16Array);
	const high = only(file([[0x0028_0102, 'US', [15]]]));
	expect([...high.volume.data]).toEqual([0xf00, 0xf7f, 0x80, 0xff, 0, 0]);
	const scaled = only(
		file([
			[0x0028_1052, 'DS', '-10'],
			[0x0028_1053, 'DS', '0.5'],
		]),
	);
	expect([...scaled.volume.data]).toEqual([-10, 1013.5, 1014, 2037.5, -9.5, -9]);
	expect(warnings(scaled)).toEqual([['nifti.singleSlice', {}]]);
	expect(codes(file([[0x0028_1053, 'DS', '0']]))).toEqual(['nifti.scaling']);
	expect(only(file([[0x0028_2110, 'CS', '01']])).acquisition.lossy).toBe(true);
	for (const lossless of [file([[0x0028_2110, 'CS', '00']]), file([])])
		expect(only(lossless).acquisition.lossy).toBe(false);
});

test('files that are no images are set aside with what they are, and the rest is read', () => {
	const files = folder([0, 5]);
	files.set('sr1', dicomBytes([[0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.88.67']]));
	files.set('sr2', dicomBytes([[0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.88.67']]));
	files.set('notes.txt', new Uint8Array([72, 105]));
	files.set('jpeg.dcm', dicomBytes(mrSlice(10, []), { syntax: '1.2.840.10008.1.2.4.70' }));
	files.set('mosaic.dcm', dicomBytes(mrSlice(10, [], [[0x0008_0008, 'CS', 'ORIGINAL\\PRIMARY\\M\\ND\\MOSAIC']])));
	const result = readDicomSeries(files);
	expect(result.ok && result.value.map((series) => series.files)).toEqual([['0.dcm', '1.dcm']]);
	expect(result.setAside).toEqual([
		{ code: 'dicom.kind', path: 'sr1 (+1)', params: { kind: 'Structured Report' }, files: ['sr1', 'sr2'] },
		{ code: 'dicom.noMark', path: 'notes.txt', params: {}, files: ['notes.txt'] },
		{ code: 'dicom.compressed', path: 'jpeg.dcm', params: { syntax: 'JPEG' }, files: ['jpeg.dcm'] },
		{ code: 'dicom.mosaic', path: 'mosaic.dcm', params: {}, files: ['mosaic.dcm'] },
	]);
	expect(codes(new Map([['notes.txt', new Uint8Array(3)]]))).toEqual(['dicom.noMark']);
	expect(readDicomSeries(new Map())).toEqual({ ok: true, value: [], setAside: [] });
});

test('voxels of all series stay under the limit', () => {
	const files = folder([0, 5]);
	expect(codes(files, { maxBytes: 23 })).toEqual(['dicom.tooLarge']);
	expect(codes(files, { maxBytes: 24 })).toEqual([]);
	expect(codes(files, { maxVoxels: 11 })).toEqual(['dicom.tooLarge']);
	// Two slices a kilometre apart and one beside the first.
	expect(codes(folder([0, 0.5, 900]), { maxVoxels: 1000 })).toEqual(['dicom.tooLarge']);
});

test('a cut file, and an image without position, say so', () => {
	const whole = dicomBytes(mrSlice(0, [1, 2, 3, 4, 5, 6]));
	const cut = readDicomSeries(new Map([['a.dcm', whole.slice(0, -4)]]));
	expect(!cut.ok && cut.issues).toEqual([
		{ code: 'dicom.truncated', path: 'a.dcm', params: { expectedBytes: 12, bytes: 8 }, files: ['a.dcm'] },
	]);
	expect(codes(new Map([['a.dcm', whole.slice(0, 300)]]))).toEqual(['dicom.damaged']);
	expect(codes(folder([0], () => [[0x0020_0032, 'DS', '1\\2']]))).toEqual(['dicom.noPosition']);
	expect(codes(folder([0], () => [[0x0020_0037, 'DS', '1\\0\\0\\1\\0\\0']]))).toEqual(['dicom.noPosition']);
});

test('the bytes may be a Buffer of Node, whose slices share their memory', () => {
	const buffers = new Map([...folder([0, 5])].map(([path, bytes]) => [path, Buffer.from(bytes)]));
	expect(only(buffers).volume.data).toEqual(only(folder([0, 5])).volume.data);
});

test('a file of as many frames as there may be is read', () => {
	const frames = 131_072;
	const bytes = dicomBytes(
		mrSlice(
			0,
			Array.from({ length: frames }, () => 1),
			[
				[0x0028_0008, 'IS', String(frames)],
				[0x0028_0010, 'US', [1]],
				[0x0028_0011, 'US', [1]],
			],
		),
	);
	expect(only(new Map([['a.dcm', bytes]])).places).toHaveLength(frames);
});

test('images worked out from others are told, and a contrast agent where one is named', () => {
	const first = (more: readonly TestElement[]) => only(folder([0, 5], () => more));
	const derived = (kind: string) => first([[0x0008_0008, 'CS', `${kind}\\PRIMARY\\M`]]).acquisition.derived;
	expect([derived('DERIVED'), derived('ORIGINAL'), derived('MIXED')]).toEqual([true, false, undefined]);
	// One image that lost something is enough.
	const one = only(folder([0, 5], (n) => (n === 1 ? [[0x0028_2110, 'CS', '01']] : [])));
	expect(one.acquisition.lossy).toBe(true);
	const agent = (text: string) => first([[0x0018_0010, 'LO', text]]).contrastAgent;
	expect(['Gadovist', 'GD 10 ml'].map(agent)).toEqual([true, true]);
	expect(['', 'NONE', 'no', 'N/A'].map(agent)).toEqual([false, false, false, false]);
});

test('of slices that cannot stand on a grid all files are named', () => {
	const { setAside } = readDicomSeries(folder([0, 5, 8, 17]));
	expect(setAside.map(({ path, files }) => [path, files])).toEqual([
		['0.dcm (+3)', ['0.dcm', '1.dcm', '2.dcm', '3.dcm']],
	]);
});

test('pixels packed as RLE are read', () => {
	const head = new DataView(new ArrayBuffer(64));
	[2, 64, 67].forEach((value, n) => {
		head.setUint32(4 * n, value, true);
	});
	// High bytes: six zeros in one run behind a code that means nothing; low bytes: one literal run.
	const fragment = [...new Uint8Array(head.buffer), 128, 251, 0, 5, 1, 2, 3, 4, 5, 6];
	const item = (bytes: readonly number[]) => [0xfe, 0xff, 0, 0xe0, bytes.length, 0, 0, 0, ...bytes];
	const pixels = Uint8Array.from([...item([]), ...item(fragment), 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
	const file = dicomBytes(mrSlice(0, [], [[0x7fe0_0010, 'OB', pixels]]), { syntax: RLE });
	expect([...only(new Map([['a.dcm', file]])).volume.data]).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a look at a file tells what it is', () => {
	const image = dicomBytes(mrSlice(0, [1, 2, 3, 4, 5, 6]));
	expect(isDicom(image)).toBe(true);
	expect(isDicom(image.subarray(0, 100))).toBe(false);
	expect(dicomKind(image, 'a')).toEqual({ ok: true, value: 'image' });
	const kind = (uid: string) => dicomKind(dicomBytes([[0x0008_0016, 'UI', uid]]), 'a');
	expect(kind('1.2.840.10008.5.1.4.1.1.66.4')).toEqual({ ok: true, value: 'segmentation' });
	expect(kind('1.2.840.10008.1.3.10')).toEqual({
		ok: false,
		issues: [{ code: 'dicom.kind', path: 'a', params: { kind: 'DICOMDIR' } }],
	});
});

test.skipIf(!shared)('single slices and one multi-frame file of the same series are the same volume', () => {
	// Figures by pydicom 2.3.1 and nibabel 5.0.0, whose i runs along columns and k the other way.
	const load = (names: readonly string[]) =>
		only(new Map(names.map((name) => [name, fileBytes(join(shared!, 'dcmqi', name))])));
	const single = load([3, 1, 2].map((n) => `23x38x3_image_IMG000${n}.dcm`));
	const multi = load(['23x38x3_multiframe_mf.dcm']);
	expect(single.volume.data).toEqual(multi.volume.data);
	expect(single.volume.grid).toEqual(multi.volume.grid);
	expect(single.volume.grid.dims).toEqual([23, 38, 3]);
	expect(single.places.map(({ mm }) => mm)).toEqual([-177.75, -175.25, -172.75]);
	const affine = [-0.7, 0, 0, -46.4649, 0, -0.7, 0, -5.0188, 0, 0, 2.5, -177.75, 0, 0, 0, 1];
	affine.forEach((x, n) => {
		expect(single.volume.grid.affine[n]).toBeCloseTo(x, 4);
	});
	expect([...single.volume.data].reduce((total, x) => total + x, 0)).toBe(310);
});

test.skipIf(!shared)('real files of other makers give what pydicom and nibabel read, or why not', () => {
	const files = ['0', '1', 'csa_slice_norm', 'decimal_rescale', 'slicethickness_empty_string'].map((n) => `${n}.dcm`);
	const result = readDicomSeries(new Map(files.map((name) => [name, fileBytes(join(shared!, 'nibabel', name))])));
	expect(result.setAside.map(({ code, path }) => [code, path])).toEqual([
		['dicom.mosaic', '0.dcm (+1)'],
		['dicom.damaged', 'csa_slice_norm.dcm'],
		['dicom.compressed', 'slicethickness_empty_string.dcm'],
	]);
	if (!result.ok) throw new Error('expected decimal_rescale.dcm to be read');
	const { volume, acquisition } = result.value[0]!;
	expect(volume.grid.dims).toEqual([128, 96, 1]);
	expect(volume.data.every((x) => x === -4096)).toBe(true);
	const affine = [-1.125, 0, 0, 116.0685, 0, -1.1192, 0.5053, 97.9018, 0, 0.1137, 4.9744, -43.2331];
	affine.forEach((x, n) => {
		expect(volume.grid.affine[n]).toBeCloseTo(x, 4);
	});
	expect(acquisition).toEqual({ dimension: '2D', thicknessMm: 5, bitsStored: 12, derived: false, lossy: false });
});
