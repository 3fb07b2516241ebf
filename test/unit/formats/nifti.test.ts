import { afterEach, expect, test, vi } from 'vitest';
import { readNifti } from '../../../src/formats/nifti.ts';
import { companionNames, readVolume } from '../../../src/formats/readVolume.ts';
import type { ReadVolume } from '../../../src/formats/volume.ts';
import { zlibGzip } from './bytes.ts';
import { type NiftiSpec, niftiBytes } from './niftiBytes.ts';

afterEach(() => {
	vi.unstubAllGlobals();
});

function read(spec: NiftiSpec, options = {}): ReadVolume {
	const result = readNifti(niftiBytes(spec), 'a.nii', options);
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

function refused(spec: NiftiSpec, options = {}): string[] {
	const result = readNifti(niftiBytes(spec), 'a.nii', options);
	if (result.ok) throw new Error('got a volume, expected issues');
	expect(result.issues.every((issue) => issue.path === 'a.nii')).toBe(true);
	return result.issues.map((issue) => issue.code);
}

function warned(volume: ReadVolume): string[] {
	return volume.warnings.map((issue) => issue.code);
}

const TYPES = [
	{ datatype: 2, name: 'uint8', array: Uint8Array, values: [0, 1, 2, 100, 127, 128, 254, 255] },
	{ datatype: 256, name: 'int8', array: Int16Array, values: [-128, -127, -1, 0, 1, 2, 126, 127] },
	{ datatype: 4, name: 'int16', array: Int16Array, values: [-32768, -257, -1, 0, 1, 258, 4660, 32767] },
	{ datatype: 512, name: 'uint16', array: Uint16Array, values: [0, 1, 258, 4660, 32767, 32768, 65534, 65535] },
	{ datatype: 8, name: 'int32', array: Int32Array, values: [-(2 ** 31), -65537, -1, 0, 1, 66051, 1e9, 2 ** 31 - 1] },
	{ datatype: 768, name: 'uint32', array: Int32Array, values: [0, 1, 258, 66051, 65536, 1e9, 2e9, 2 ** 31 - 1] },
	{ datatype: 1024, name: 'int64', array: Int32Array, values: [-(2 ** 31), -65537, -1, 0, 1, 66051, 1e9, 2 ** 31 - 1] },
	{ datatype: 1280, name: 'uint64', array: Int32Array, values: [0, 1, 258, 66051, 65536, 1e9, 2e9, 2 ** 31 - 1] },
	{
		datatype: 16,
		name: 'float32',
		array: Float32Array,
		values: [-1.5, 0, 0.25, 1, 2 ** 24, -1e30, 1e-30, 3].map(Math.fround),
	},
	{ datatype: 64, name: 'float64', array: Float32Array, values: [-1.5, 0, 0.25, 1, 2 ** 24, 1024, 0.125, 3] },
];

for (const { datatype, name, array, values } of TYPES)
	for (const version of [1, 2] as const)
		for (const littleEndian of [true, false])
			for (const packed of [false, true])
				test(`${name} of NIfTI-${version}, ${littleEndian ? 'little' : 'big'} endian${packed ? ', packed,' : ''} keeps its values`, () => {
					const bytes = niftiBytes({ datatype, version, littleEndian, values, description: 'a text' });
					const result = readNifti(packed ? zlibGzip(bytes) : bytes, packed ? 'a.nii.gz' : 'a.nii');
					if (!result.ok) throw new Error(JSON.stringify(result.issues));
					expect(result.value.data).toBeInstanceOf(array);
					expect([...result.value.data]).toEqual(values);
					expect(result.value).toMatchObject({
						datatype: name,
						grid: { dims: [2, 2, 2], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] },
						orientation: 'known',
						texts: [{ field: 'descrip', text: 'a text' }],
						warnings: [],
					});
					expect(result.value.data.buffer.byteLength).toBe(result.value.data.byteLength);
				});

test('an ArrayBuffer is read like its bytes', () => {
	const bytes = niftiBytes();
	expect(readNifti(bytes.slice().buffer, 'a.nii')).toEqual(readNifti(bytes, 'a.nii'));
});

test('a Buffer of Node, whose slices are views, is read like its bytes', () => {
	const buffer = Buffer.from(niftiBytes()) as unknown as Uint8Array;
	expect(readNifti(buffer, 'a.nii')).toEqual(readNifti(niftiBytes(), 'a.nii'));
});

test('whole numbers that int32 cannot hold are refused, not bent', () => {
	const seven = [0, 0, 0, 0, 0, 0, 0];
	expect(refused({ datatype: 768, values: [...seven, 2 ** 31] })).toEqual(['nifti.valueRange']);
	expect(refused({ datatype: 1024, values: [...seven, 2n ** 31n] })).toEqual(['nifti.valueRange']);
	expect(refused({ datatype: 1024, values: [...seven, -(2n ** 63n)] })).toEqual(['nifti.valueRange']);
	expect(refused({ datatype: 1280, values: [...seven, 2n ** 53n + 1n] })).toEqual(['nifti.valueRange']);
});

test('scaling is baked in, and none is meant by a slope of 0, NaN or infinity', () => {
	const scaled = read({ slope: 0.5, intercept: -100 });
	expect(scaled.data).toBeInstanceOf(Float32Array);
	expect([...scaled.data]).toEqual([-99.5, -99, -98.5, -98, -97.5, -97, -96.5, -96]);
	expect([...read({ slope: 1, intercept: -1024 }).data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((v) => v - 1024));
	for (const slope of [0, Number.NaN, Number.POSITIVE_INFINITY])
		expect(read({ slope, intercept: 7 }).data).toEqual(Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8));
	expect(refused({ slope: 2, intercept: Number.NaN })).toEqual(['nifti.scaling']);
});

test('scaled whole numbers beyond int32 are read as floats', () => {
	const values = [0, 0, 0, 0, 0, 0, 0, 2n ** 40n];
	expect(read({ datatype: 1280, values, slope: 0.5 }).data[7]).toBe(2 ** 39);
});

test('NaN and infinite voxels become 0 and are counted', () => {
	const values = [1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5, 6, 7, 8];
	for (const datatype of [16, 64]) {
		const volume = read({ datatype, values });
		expect([...volume.data]).toEqual([1, 0, 0, 0, 5, 6, 7, 8]);
		expect(volume.warnings).toEqual([{ code: 'nifti.nonFinite', path: 'a.nii', params: { count: 3 } }]);
	}
	expect(warned(read({ datatype: 16, values, slope: 2 }))).toEqual(['nifti.nonFinite']);
});

test('float64 that float32 cannot hold is rounded with a warning, once', () => {
	const volume = read({ datatype: 64, values: [0.1, 0.2, 0, 0, 0, 0, 0, 1e300] });
	expect(volume.data[0]).toBe(Math.fround(0.1));
	expect(volume.data[7]).toBe(0);
	expect(warned(volume)).toEqual(['nifti.rounded', 'nifti.nonFinite']);
});

test('four axes pass with one time point and are refused with more', () => {
	expect(read({ dims: [4, 2, 2, 2, 1, 1, 1, 1] }).grid.dims).toEqual([2, 2, 2]);
	expect(read({ dims: [7, 2, 2, 2, 1, 1, 1, 1] }).grid.dims).toEqual([2, 2, 2]);
	expect(refused({ dims: [4, 2, 2, 1, 2, 1, 1, 1] })).toEqual(['nifti.timePoints']);
	expect(refused({ dims: [5, 2, 2, 1, 1, 2, 1, 1] })).toEqual(['nifti.timePoints']);
	// What stands behind the number of axes is no length.
	expect(read({ dims: [3, 2, 2, 2, 9, 0, -4, 77] }).grid.dims).toEqual([2, 2, 2]);
});

test('two axes are refused, one slice is read with a warning', () => {
	expect(refused({ dims: [2, 4, 2, 1, 1, 1, 1, 1] })).toEqual(['nifti.twoDimensional']);
	expect(warned(read({ dims: [3, 4, 2, 1, 1, 1, 1, 1] }))).toEqual(['nifti.singleSlice']);
});

test('lengths that cannot be are refused', () => {
	for (const dims of [
		[3, -5, 2, 2],
		[3, 0, 2, 2],
		[0, 2, 2, 2],
		[8, 2, 2, 2],
		[-1, 2, 2, 2],
	])
		expect(refused({ dims: [...dims, 1, 1, 1, 1] })).toEqual(['nifti.dims']);
	expect(refused({ version: 2, dims: [3, -(2 ** 52), 2, 2] })).toEqual(['nifti.dims']);
});

test('colour and other datatypes are refused by name', () => {
	expect(refused({ datatype: 128 })).toEqual(['nifti.colour']);
	expect(refused({ datatype: 2304 })).toEqual(['nifti.colour']);
	for (const datatype of [0, 1, 32, 1536, 1792, 2048, -4, 255])
		expect(refused({ datatype })).toEqual(['nifti.datatype']);
});

test('every fault of a header is told at once', () => {
	const spec = { dims: [4, 2, 2, 2, 3], datatype: 32, voxOffset: -8, sform: new Array(12).fill(0) };
	expect(refused(spec).sort()).toEqual(['nifti.datatype', 'nifti.offset', 'nifti.singularAffine', 'nifti.timePoints']);
	const short = { dims: [4, 2, 2, 2, 3], values: [1] };
	expect(refused(short)).toEqual(['nifti.timePoints', 'nifti.truncated']);
});

test('a short file says what is there and what should be', () => {
	const result = readNifti(niftiBytes({ values: [1, 2, 3] }), 'a.nii');
	const issue = { code: 'nifti.truncated', path: 'a.nii', params: { expectedBytes: 368, bytes: 358 } };
	expect(result).toEqual({ ok: false, issues: [issue] });
	expect(readNifti(niftiBytes({ values: [1, 2, 3] }).subarray(0, 348), 'a.nii').ok).toBe(false);
});

test('bytes behind the voxels are let pass with a warning, up to a megabyte in gzip', () => {
	const long = new Uint8Array(368 + 100);
	long.set(niftiBytes());
	const warning = { code: 'nifti.trailingBytes', path: 'a', params: { bytes: 100 } };
	for (const bytes of [long, zlibGzip(long)]) {
		const result = readNifti(bytes, 'a');
		expect(result.ok && result.value.warnings).toEqual([warning]);
	}
	const bomb = new Uint8Array(8 * 1024 * 1024);
	bomb.set(niftiBytes());
	const result = readNifti(zlibGzip(bomb), 'a');
	expect(result).toEqual({ ok: false, issues: [{ code: 'gzip.tooLarge', path: 'a', params: { limitMb: 2 } }] });
});

test('the voxels start where the header says, an offset of 0 means behind it', () => {
	const shifted = new Uint8Array(400 + 16);
	shifted.set(niftiBytes({ voxOffset: 400, values: [] }));
	new Int16Array(shifted.buffer, 400).set([8, 7, 6, 5, 4, 3, 2, 1]);
	const result = readNifti(shifted, 'a');
	expect(result.ok && [...result.value.data]).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
	for (const version of [1, 2] as const)
		expect([...read({ version, voxOffset: 0 }).data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
	for (const voxOffset of [Number.NaN, -1, 1e30]) expect(refused({ voxOffset })).toEqual(['nifti.offset']);
	expect(refused({ voxOffset: 5000 })).toEqual(['nifti.truncated']);
});

test('a hostile extension changes nothing', () => {
	const bytes = new Uint8Array(384 + 16);
	bytes.set(niftiBytes({ voxOffset: 384, values: [] }));
	new Int16Array(bytes.buffer, 384).set([1, 2, 3, 4, 5, 6, 7, 8]);
	bytes[348] = 1;
	for (const size of [-16, -2000, 0, 16, 7, 2 ** 31 - 1]) {
		new DataView(bytes.buffer).setInt32(352, size, true);
		const result = readNifti(bytes, 'a');
		expect(result.ok && [...result.value.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
	}
});

test('a header that asks for too much is refused before anything of that size is allocated', () => {
	const sizes: number[] = [];
	class Counted extends Uint8Array<ArrayBuffer> {
		constructor(...from: [number] | [ArrayBuffer, number, number]) {
			super(...(from as [ArrayBuffer, number, number]));
			if (typeof from[0] === 'number') sizes.push(from[0]);
		}
	}
	const huge = { dims: [3, 32000, 32000, 32000, 1, 1, 1, 1] };
	const files = [niftiBytes(huge), zlibGzip(niftiBytes(huge)), zlibGzip(niftiBytes({ dims: [3, 500, 500, 500] }))];
	vi.stubGlobal('Uint8Array', Counted);
	const codes = files.map((file) => {
		const result = readNifti(file, 'a');
		return result.ok ? [] : result.issues.map((issue) => issue.code);
	});
	vi.unstubAllGlobals();
	expect(codes).toEqual([['nifti.tooLarge'], ['nifti.tooLarge'], ['nifti.truncated']]);
	expect(Math.max(...sizes)).toBeLessThan(2 * 1024 * 1024);
	expect(refused({}, { maxVoxels: 7 })).toEqual(['nifti.tooLarge']);
	expect(refused({}, { maxBytes: 15 })).toContain('nifti.tooLarge');
	expect(read({}, { maxVoxels: 8 }).data).toHaveLength(8);
});

test('a name that ends in .gz over plain bytes is told, gzip under a plain name is not', () => {
	const plain = readNifti(niftiBytes(), 'a.nii.gz');
	expect(plain.ok && plain.value.warnings.map((issue) => issue.code)).toEqual(['file.notGzip']);
	const packed = readNifti(zlibGzip(niftiBytes()), 'a.nii');
	expect(packed.ok && packed.value.warnings).toEqual([]);
});

test('a damaged gzip is called that, whatever is left of its header', () => {
	const packed = zlibGzip(niftiBytes());
	for (const length of [2, 10, 30, packed.length - 4]) {
		const result = readNifti(packed.subarray(0, length), 'a');
		expect(!result.ok && result.issues[0]?.code).toMatch(/^gzip\.(truncated|corrupt)$/);
	}
});

const ascii = (text: string, length = 600) => {
	const bytes = new Uint8Array(length);
	bytes.set(Uint8Array.from(text, (c) => c.charCodeAt(0)));
	return bytes;
};
const dicom = ascii('');
dicom.set(ascii('DICM', 4), 128);

for (const [name, bytes, code] of [
	['nothing', new Uint8Array(), 'file.empty'],
	['gzip of nothing', zlibGzip(new Uint8Array()), 'file.empty'],
	['a few bytes', ascii('hello', 5), 'file.tooShort'],
	['text', ascii('hello'), 'file.unknown'],
	['DICOM', dicom, 'file.dicom'],
	['MINC 1', ascii('CDF\x01'), 'file.minc'],
	['MINC 2', ascii('\x89HDF\r\n\x1a\n'), 'file.minc'],
	['PAR', ascii('# === DATA DESCRIPTION FILE ==='), 'file.parRec'],
	['a zip', ascii('PK\x03\x04'), 'file.archive'],
	['a PNG', ascii('\x89PNG\r\n'), 'file.picture'],
	['Analyze 7.5', niftiBytes({ magic: '\0\0\0\0' }), 'file.analyze'],
	['another mark', niftiBytes({ magic: 'xxxx' }), 'nifti.magic'],
	['the header of a pair', niftiBytes({ magic: 'ni1\0' }), 'file.companionMissing'],
	['the header of a NIfTI-2 pair', niftiBytes({ version: 2, magic: 'ni2\0' }), 'file.companionMissing'],
	['a mark of the other version', niftiBytes({ version: 2, magic: 'ni1\0' }), 'nifti.magic'],
	['NIfTI-2 with another mark', niftiBytes({ version: 2, magic: 'abcd' }), 'nifti.magic'],
] as const)
	test(`${name} is told apart: ${code}`, () => {
		const result = readVolume(bytes, 'patient.nii.gz');
		expect(!result.ok && result.issues.map((issue) => issue.code)).toEqual([code]);
	});

test('voxels without a header are known by their name alone', () => {
	for (const [name, code] of [
		['pair.img', 'file.voxelsOnly'],
		['a.img.gz', 'file.voxelsOnly'],
		['a.raw', 'file.voxelsOnly'],
		['a.zraw', 'file.voxelsOnly'],
		['a.REC', 'file.parRec'],
	] as const) {
		const result = readVolume(new Uint8Array(1000).fill(7), name);
		expect(!result.ok && result.issues.map((issue) => issue.code)).toEqual([code]);
	}
});

for (const version of [1, 2] as const)
	test(`a pair of NIfTI-${version} is read from both files, and misses the one that is not there by name`, () => {
		const single = niftiBytes({ version, voxOffset: 0, magic: version === 1 ? 'ni1\0' : 'ni2\0\r\n\x1a\n' });
		const length = version === 1 ? 352 : 544;
		const [header, voxels] = [single.subarray(0, length), single.slice(length)];
		const expected = { data: Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8), warnings: [] };
		for (const companions of [new Map([['a.img', voxels]]), new Map([['a.img.gz', zlibGzip(voxels)]])])
			for (const head of [header, zlibGzip(header)])
				expect(readVolume(head, 'folder/a.hdr', { companions })).toMatchObject({ ok: true, value: expected });
		const missing = { code: 'file.companionMissing', path: 'folder/a.hdr', params: { names: 'a.img, a.img.gz' } };
		expect(readVolume(header, 'folder/a.hdr')).toEqual({ ok: false, issues: [missing] });
		expect(companionNames(header, 'folder/a.hdr')).toEqual(['a.img', 'a.img.gz']);
		const short = readVolume(header, 'folder/a.hdr', { companions: new Map([['a.img', voxels.subarray(2)]]) });
		const truncated = { code: 'nifti.truncated', path: 'folder/a.img', params: { expectedBytes: 16, bytes: 14 } };
		expect(short).toEqual({ ok: false, issues: [truncated] });
	});

test('voxels that begin with the mark of gzip are voxels, as their file is not called .gz', () => {
	const single = niftiBytes({ voxOffset: 0, magic: 'ni1\0', values: [-29921, 2, 3, 4, 5, 6, 7, 8] });
	expect([...single.subarray(352, 354)]).toEqual([0x1f, 0x8b]);
	const companions = new Map([['a.img', single.slice(352)]]);
	const read = readVolume(single.subarray(0, 352), 'a.hdr', { companions });
	expect(read.ok && read.value.data[0]).toBe(-29921);
});

test('all texts of a header and its extensions are given, also behind a NUL', () => {
	const bytes = new Uint8Array(400 + 16);
	bytes.set(niftiBytes({ voxOffset: 400, values: [], description: 'SPM12\0\0old name' }));
	bytes.set(Buffer.from('张三', 'utf8'), 228);
	bytes.set(Buffer.from('label', 'latin1'), 328);
	bytes.set(Buffer.from('T1', 'latin1'), 14);
	bytes[348] = 1;
	new DataView(bytes.buffer).setInt32(352, 32, true);
	new DataView(bytes.buffer).setInt32(356, 6, true);
	bytes.set(Buffer.from('a comment\0', 'latin1'), 360);
	const read = readVolume(bytes, 'a.nii');
	if (!read.ok) throw new Error(JSON.stringify(read.issues));
	expect(read.value.texts).toEqual([
		{ field: 'db_name', text: 'T1' },
		{ field: 'descrip', text: 'SPM12 old name' },
		{ field: 'aux_file', text: '张三' },
		{ field: 'intent_name', text: 'label' },
		{ field: 'extension 6', text: 'a comment' },
	]);
	expect(read.value.warnings).toEqual([{ code: 'header.identifies', path: 'a.nii', params: { fields: 'aux_file' } }]);
	// Any flag but 0 says that there are extensions.
	for (const [flag, found] of [
		[2, 1],
		[0, 0],
	] as const) {
		bytes[348] = flag;
		const again = readVolume(bytes, 'a.nii');
		expect(again.ok && again.value.texts.filter(({ field }) => field === 'extension 6')).toHaveLength(found);
	}
});
