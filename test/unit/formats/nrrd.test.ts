import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nrrdDataFiles, readNrrd } from '../../../src/formats/nrrd.ts';
import type { ReadVolume } from '../../../src/formats/volume.ts';
import { sharedFolder } from '../../sharedData.ts';
import { fileBytes, zlibGzip } from './bytes.ts';
import { type NrrdParts, nrrdBytes } from './nrrdBytes.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/formats');
const formats = sharedFolder('testdata/formats');
const real = sharedFolder('testdata/real');

function read(file: Uint8Array, companions?: ReadonlyMap<string, Uint8Array>): ReadVolume {
	const result = readNrrd(file, 'a.nrrd', companions ? { companions } : {});
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

function codes(parts: NrrdParts | Uint8Array, options = {}): string[] {
	const result = readNrrd(parts instanceof Uint8Array ? parts : nrrdBytes(parts), 'a.nrrd', options);
	return result.ok ? [] : result.issues.map(({ code }) => code);
}

const warned = (parts: NrrdParts) => read(nrrdBytes(parts)).warnings.map(({ code }) => code);
const ascii = (text: string) => new TextEncoder().encode(text);
const HEAD = [1, 0, 0, -50, 0, 1, 0, -65, 0, 0, 1, -1];
const CHEST = [
	3.04687595367432, 0, 0, -193.09599304199222, 0, 3.04687595367432, 0, -216.39599609374994, 0, 0, 10, -340.25,
];
const BRAIN = [-0.78125, 0, 0, 99.609375, 0, 0.78125, 0, -99.609375, 0, 0, 6.5, -78];

/** What a reader in Python (numpy, zlib) found: sum, some voxels; the affines are the headers', turned to RAS by hand. */
const FILES: Record<string, { dims: number[]; sum: number; probes: [number[], number][]; affine: number[] }> = {
	'made/raw.nrrd': {
		dims: [64, 64, 32],
		sum: 27_198_009,
		probes: [
			[[0, 0, 0], 157],
			[[32, 21, 16], 309],
		],
		affine: HEAD,
	},
	'made/big.nrrd': { dims: [64, 64, 32], sum: 27_198_009, probes: [[[21, 32, 10], 320]], affine: HEAD },
	'made/gz.nrrd': { dims: [64, 64, 32], sum: 27_198_009, probes: [[[21, 32, 10], 320]], affine: HEAD },
	'made/detached.nhdr': { dims: [64, 64, 32], sum: 27_198_009, probes: [[[21, 32, 10], 320]], affine: HEAD },
	'slicerio/CTChest4.nrrd': {
		dims: [128, 128, 34],
		sum: -597_631_092,
		probes: [
			[[0, 0, 0], -3024],
			[[64, 42, 17], 169],
			[[42, 64, 11], -840],
		],
		affine: CHEST,
	},
	'slicerio/Segmentation.seg.nrrd': {
		dims: [128, 128, 34],
		sum: 1_488_664,
		probes: [
			[[64, 42, 17], 3],
			[[42, 64, 11], 6],
		],
		affine: CHEST,
	},
	'dcmqi/liver_seg.nrrd': {
		dims: [512, 512, 3],
		sum: 107_098,
		probes: [[[256, 170, 1], 1]],
		affine: [-0.810547, 0, 0, 235.2, 0, -0.810547, 0, 226.8, 0, 0, 1, -128.69],
	},
	'nrrd-js/example1.nrrd': {
		dims: [3, 512, 512],
		sum: 100_825_618,
		probes: [
			[[0, 0, 0], 221],
			[[1, 256, 170], 142],
		],
		affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0],
	},
};

function expectFile(volume: ReadVolume, { dims, sum, probes, affine }: (typeof FILES)[string]): void {
	expect(volume.grid.dims).toEqual(dims);
	expect(Float64Array.from(volume.data).reduce((total, value) => total + value, 0)).toBe(sum);
	for (const [[i, j, k], value] of probes) expect(volume.data[i! + dims[0]! * (j! + dims[1]! * k!)]).toBe(value);
	for (const [n, value] of affine.entries()) expect(volume.grid.affine[n]).toBeCloseTo(value, 9);
}

for (const [name, expected] of Object.entries(FILES))
	test.skipIf(!formats)(`${name} has the voxels and the place that another reader finds`, () => {
		const file = fileBytes(join(formats!, name));
		const beside = nrrdDataFiles(file, name).map(
			(data) => [data, fileBytes(join(formats!, name, '..', data))] as const,
		);
		expectFile(read(file, new Map(beside)), expected);
	});

test.skipIf(!real)('a real series and its mask open without a warning, in the same place', () => {
	const [image, label] = ['image', 'label'].map((name) =>
		read(fileBytes(join(real!, `pyradiomics_brain1/${name}.nrrd`))),
	);
	expectFile(image!, { dims: [256, 256, 25], sum: 631_859_459, probes: [[[128, 85, 12], 458]], affine: BRAIN });
	expectFile(label!, { dims: [256, 256, 25], sum: 4137, probes: [], affine: BRAIN });
	expect([...image!.warnings, ...label!.warnings]).toEqual([]);
	expect(label!.datatype).toBe('int32');
});

test.skipIf(!formats)('what is no volume is refused with its reason', () => {
	const given = (name: string) => codes(fileBytes(join(formats!, name)));
	expect(given('nrrd-js/example2.nrrd')).toEqual(['nifti.twoDimensional']);
	expect(given('nrrd-js/example3.nrrd')).toEqual(['nifti.twoDimensional']);
	expect(given('nrrd-js/example4.nrrd')).toEqual(['nifti.timePoints']);
	expect(given('slicerio/SegmentationOverlapping.seg.nrrd')).toEqual(['nifti.timePoints']);
	expect(given('made/raw.nrrd')).toEqual([]);
});

const VALUES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 127];
const TYPES = {
	'signed char': ['int8', Int8Array],
	uchar: ['uint8', Uint8Array],
	short: ['int16', Int16Array],
	'unsigned short int': ['uint16', Uint16Array],
	int32_t: ['int32', Int32Array],
	uint: ['uint32', Uint32Array],
	longlong: ['int64', BigInt64Array],
	'unsigned long long': ['uint64', BigUint64Array],
	float: ['float32', Float32Array],
	double: ['float64', Float64Array],
} as const;

for (const [type, [datatype, TypedArray]] of Object.entries(TYPES))
	test(`${type} reads the same from raw, gzip, text and hex, in either byte order`, () => {
		const values: ArrayLike<number & bigint> = VALUES.map((v) =>
			datatype.endsWith('t64') && datatype !== 'float64' ? BigInt(v) : v,
		) as never;
		const little = new Uint8Array(new (TypedArray as Float64ArrayConstructor)(values).buffer);
		const width = TypedArray.BYTES_PER_ELEMENT;
		const big = Uint8Array.from(little, (_, n) => little[n - (n % width) + width - 1 - (n % width)]!);
		const hex = (bytes: Uint8Array) =>
			ascii(
				Buffer.from(bytes)
					.toString('hex')
					.replace(/(.{16})/g, '$1\n')
					.toUpperCase(),
			);
		const forms: [string, Record<string, string>, Uint8Array][] = [
			['little', { encoding: 'raw' }, little],
			['big', { encoding: 'raw' }, big],
			['little', { encoding: 'gz' }, zlibGzip(little)],
			['big', { encoding: 'GZIP' }, zlibGzip(big)],
			['little', { encoding: 'ascii' }, ascii(`${VALUES.slice(0, 6).join(' ')}\n${VALUES.slice(6).join(', ')}\n`)],
			['little', { encoding: 'hex' }, hex(little)],
			['big', { encoding: 'hex' }, hex(big)],
		];
		for (const [endian, fields, data] of forms) {
			const volume = read(nrrdBytes({ fields: { type, endian, ...fields }, data }));
			expect([...volume.data]).toEqual(VALUES);
			expect(volume.datatype).toBe(datatype);
			expect(volume.warnings).toEqual([]);
		}
	});

test('voxels start behind the skipped lines and bytes, or are the last of the file', () => {
	const numbers = [...read(nrrdBytes()).data];
	const behind = (fields: Record<string, string>, data: Uint8Array) => [...read(nrrdBytes({ fields, data })).data];
	const body = Uint8Array.from(numbers);
	const before = ascii('one\ntwo\nxyz');
	expect(behind({ 'line skip': '2', 'byte skip': '3' }, Uint8Array.from([...before, ...body]))).toEqual(numbers);
	expect(behind({ 'byte skip': '-1' }, Uint8Array.from([...before, ...body]))).toEqual(numbers);
	const packed = { encoding: 'gzip', 'line skip': '1', 'byte skip': '3' };
	expect(
		behind(packed, Uint8Array.from([...ascii('one\n'), ...zlibGzip(Uint8Array.from([7, 7, 7, ...body]))])),
	).toEqual(numbers);
	expect(behind({ encoding: 'gzip', 'byte skip': '-1' }, zlibGzip(Uint8Array.from([...before, ...body])))).toEqual(
		numbers,
	);
	expect(codes({ fields: { 'byte skip': '-2' } })).toEqual(['header.field']);
	expect(codes({ fields: { 'byte skip': '900000000' } })).toEqual(['nifti.truncated']);
	expect(codes({ fields: { 'line skip': '900000000' } })).toEqual(['nifti.truncated']);
});

test('a header may end its lines in CRLF, leave the spaces out of names and come without an empty line', () => {
	const parts = { fields: { 'space origin': null, SpaceOrigin: '( 10 , 20 , 30 )' } };
	const usual = read(nrrdBytes());
	expect(read(nrrdBytes({ newline: '\r\n' }))).toEqual(usual);
	expect(read(nrrdBytes(parts))).toEqual(usual);
	const whole = nrrdBytes({ fields: { 'data file': './voxels.raw' }, data: new Uint8Array() });
	const alone = whole.slice(0, -2);
	const voxels = new Map([['voxels.raw', Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])]]);
	expect(nrrdDataFiles(alone, 'a.nhdr')).toEqual(['voxels.raw']);
	expect(read(alone, voxels)).toEqual(usual);
});

test('every space that knows left from right gives the same place', () => {
	const place = (space: string, directions: string, origin: string) =>
		read(nrrdBytes({ fields: { space, 'space directions': directions, 'space origin': origin } })).grid.affine;
	const lps = place('LPS', '(1,0.5,0) (0,2,0) (0,0,3)', '(10,20,30)');
	expect(lps).toEqual([-1, 0, 0, -10, -0.5, -2, 0, -20, 0, 0, 3, 30, 0, 0, 0, 1]);
	expect(place('left-posterior-superior', '(1,0.5,0) (0,2,0) (0,0,3)', '(10,20,30)')).toEqual(lps);
	for (const name of ['RAS', 'right-anterior-superior'])
		expect(place(name, '(-1,-0.5,0) (0,-2,0) (0,0,3)', '(-10,-20,30)')).toEqual(lps);
	for (const name of ['LAS', 'Left-Anterior-Superior'])
		expect(place(name, '(1,-0.5,0) (0,-2,0) (0,0,3)', '(10,-20,30)')).toEqual(lps);
});

test('units are turned to mm', () => {
	const affine = (unit: string) =>
		read(nrrdBytes({ fields: { 'space units': `"${unit}" "${unit}" "${unit}"` } })).grid.affine;
	expect(affine('mm')[3]).toBe(-10);
	expect(affine('cm')[3]).toBe(-100);
	expect(affine('microns')[3]).toBeCloseTo(-0.01, 12);
	expect(affine('')[3]).toBe(-10);
});

test('without a space that knows the body the spacings make the grid, and a warning says so', () => {
	const none = { space: null, 'space directions': null, 'space origin': null };
	const spaced = read(nrrdBytes({ fields: { ...none, spacings: '0.5 0.75 4', units: '"mm" "mm" "cm"' } }));
	expect(spaced.orientation).toBe('none');
	expect(spaced.grid.affine).toEqual([0.5, 0, 0, 0, 0, 0.75, 0, 0, 0, 0, 40, 0, 0, 0, 0, 1]);
	expect(warned({ fields: none })).toEqual(['nifti.noOrientation']);
	const scanner = read(nrrdBytes({ fields: { space: 'scanner-xyz', 'space directions': '(0,3,4) (1,0,0) (0,4,-3)' } }));
	expect([scanner.orientation, scanner.grid.affine[0], scanner.grid.affine[5]]).toEqual(['none', 5, 1]);
	expect(read(nrrdBytes()).orientation).toBe('known');
});

test('what a header says to people becomes texts, what Slicer counts with does not', () => {
	const lines = [
		'content: Jane\tDoe',
		'# Complete NRRD file format specification at:',
		'# scanned by hand',
		'note:=two\\nlines \\\\n: one backslash',
		'姓名:=张三',
		'patient: 张三',
		'Segment0_Extent:=0 1 0 1 0 1',
		'Segment0_Name:=core',
		'empty:=',
	];
	expect(read(nrrdBytes({ lines })).texts).toEqual([
		{ field: 'content', text: 'Jane\tDoe' },
		{ field: '#', text: 'scanned by hand' },
		{ field: 'patient', text: '张三' },
		{ field: 'note', text: 'two\nlines \\n: one backslash' },
		{ field: '姓名', text: '张三' },
		{ field: 'Segment0_Name', text: 'core' },
	]);
});

test('all faults of a header come at once', () => {
	const fields = { type: 'block', sizes: '3 2 2 0', encoding: 'bzip2', 'space origin': '(1,2)', 'line skip': 'x' };
	expect(codes({ fields })).toEqual(['nifti.dims', 'header.field', 'nifti.datatype', 'nrrd.encoding', 'header.field']);
	expect(codes({ fields: { type: null, sizes: null, encoding: null } })).toEqual(Array(3).fill('nrrd.missing'));
});

const FAULTS: [string, NrrdParts, string[]][] = [
	['sixteen-bit voxels without a byte order', { fields: { type: 'short' } }, ['nrrd.missing']],
	['an unknown byte order', { fields: { type: 'short', endian: 'middle' } }, ['header.field']],
	[
		'colour',
		{
			fields: {
				dimension: '4',
				sizes: '3 2 2 1',
				'space directions': 'none (1,0,0) (0,1,0) (0,0,1)',
				kinds: 'RGB-color domain domain domain',
			},
		},
		['nifti.colour'],
	],
	[
		'vectors',
		{
			fields: {
				dimension: '4',
				sizes: '3 2 2 1',
				'space directions': 'none (1,0,0) (0,1,0) (0,0,1)',
				kinds: '3-vector space space space',
			},
		},
		['nifti.timePoints'],
	],
	[
		'time points',
		{ fields: { dimension: '4', sizes: '1 2 2 3', space: null, 'space directions': null, kinds: null } },
		['nifti.timePoints'],
	],
	['axes that lie in a plane', { fields: { 'space directions': '(1,0,0) (0,1,0) (1,1,0)' } }, ['nifti.singularAffine']],
	['a direction too few', { fields: { 'space directions': '(1,0,0) (0,1,0)' } }, ['header.field']],
	['a direction that is none', { fields: { 'space directions': '(1,0,0) (0,1,0) (0,0,x)' } }, ['header.field']],
	['a kind too few', { fields: { kinds: 'domain domain' } }, ['header.field']],
	['a matrix beyond the limit', { fields: { sizes: '4000 4000 4000' } }, ['nifti.tooLarge']],
	['an axis longer than any copy could be', { fields: { sizes: '1 1 99999' } }, ['nifti.tooLarge']],
	['voxels that end early', { data: new Uint8Array(11) }, ['nifti.truncated']],
	[
		'gzip that is cut off',
		{
			fields: { encoding: 'gzip' },
			data: zlibGzip(Uint8Array.from({ length: 300 }, (_, n) => (n * n) % 251)).slice(0, 60),
		},
		['gzip.truncated'],
	],
	['gzip that is none', { fields: { encoding: 'gzip' }, data: new Uint8Array(30) }, ['gzip.corrupt']],
	[
		'gzip that inflates without end',
		{ fields: { encoding: 'gzip' }, data: zlibGzip(new Uint8Array(2 ** 22)) },
		['gzip.tooLarge'],
	],
	['text that is no number', { fields: { encoding: 'text' }, data: ascii('1 2 x 4') }, ['nrrd.text']],
	['a number the type cannot hold', { fields: { encoding: 'text' }, data: ascii('1 2 256 4') }, ['nifti.valueRange']],
	['text that ends early', { fields: { encoding: 'text' }, data: ascii('1 2 3') }, ['nifti.truncated']],
	['hex that is none', { fields: { encoding: 'hex' }, data: ascii('0G') }, ['nrrd.text']],
	['voxels in another folder', { fields: { 'data file': '../other/a.raw' } }, ['file.companionElsewhere']],
	['voxels in a list of files', { lines: ['data file: LIST', 'a.raw', 'b.raw'] }, ['file.companionElsewhere']],
	['voxels in numbered files', { fields: { 'data file': 'a%03d.raw 1 2 1' } }, ['file.companionElsewhere']],
	['voxels in a file that is not here', { fields: { 'data file': 'a.raw' } }, ['file.companionMissing']],
	['a header without end', { lines: ['x'.repeat(2 ** 20)] }, ['nrrd.headerTooLong']],
];

for (const [name, parts, expected] of FAULTS)
	test(`${name} gives ${expected.join(' and ')}`, () => {
		expect(codes(parts)).toEqual(expected);
		if (expected[0] === 'file.companionElsewhere') expect(nrrdDataFiles(nrrdBytes(parts), 'a.nhdr')).toEqual([]);
	});

test('the limits that a caller sets hold', () => {
	expect(codes({}, { maxBytes: 12, maxVoxels: 12 })).toEqual([]);
	expect(codes({}, { maxBytes: 11 })).toEqual(['nifti.tooLarge']);
	expect(codes({}, { maxVoxels: 11 })).toEqual(['nifti.tooLarge']);
});

test('what is not an NRRD file, or a header alone, is said to be so', () => {
	expect(codes(new Uint8Array())).toEqual(['file.unknown']);
	expect(codes(fileBytes(join(FIXTURES, 'detached.nhdr')))).toEqual(['file.companionMissing']);
	expect(nrrdDataFiles(fileBytes(join(FIXTURES, 'detached.nhdr')), 'a.nhdr')).toEqual(['detached.raw']);
});

test('NaN and infinity count as 0 with a warning, one slice and bytes behind are told', () => {
	const text = { type: 'float', encoding: 'text', sizes: '3 2 1' };
	const volume = read(nrrdBytes({ fields: text, data: ascii('1 nan -inf 2.5 +Inf 1e2 left') }));
	expect([...volume.data]).toEqual([1, 0, 0, 2.5, 0, 100]);
	expect(volume.warnings.map(({ code, params }) => [code, ...Object.values(params)])).toEqual([
		['nifti.singleSlice'],
		['nifti.nonFinite', 3],
		['nifti.trailingBytes', 4],
	]);
	expect(warned({ data: new Uint8Array(20) })).toEqual(['nifti.trailingBytes']);
	expect(warned({ fields: { 'space directions': '(1,0,0) (0.2,1,0) (0,0,99)' } })).toEqual([
		'nifti.sheared',
		'nifti.spacing',
	]);
});
