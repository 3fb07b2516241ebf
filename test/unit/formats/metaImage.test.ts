import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { companionNames, readVolume } from '../../../src/formats/readVolume.ts';
import type { ReadVolume } from '../../../src/formats/volume.ts';
import { metaImageHeader } from './metaImageBytes.ts';

const bytesOf = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
const zlib = (bytes: Uint8Array) => new Uint8Array(deflateSync(bytes));

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
	return new Uint8Array(Buffer.concat(parts));
}

const voxels = new Uint8Array(Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8).buffer);

function read(file: Uint8Array, path = 'a.mha', companions: [string, Uint8Array][] = []): ReadVolume {
	const result = readVolume(file, path, { companions: new Map(companions) });
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

function refused(keys: Record<string, string | undefined>, body = voxels, options = {}): string[] {
	const result = readVolume(joined(metaImageHeader(keys), body), 'a.mha', options);
	return result.ok ? [] : result.issues.map(({ code, params }) => (code === 'header.field' ? `${params.field}` : code));
}

const TYPES = [
	['MET_UCHAR', 'uint8', Uint8Array, Uint8Array, [0, 1, 2, 100, 127, 128, 254, 255]],
	['MET_CHAR', 'int8', Int8Array, Int16Array, [-128, -127, -1, 0, 1, 2, 126, 127]],
	['MET_SHORT', 'int16', Int16Array, Int16Array, [-32_768, -257, -1, 0, 1, 258, 4660, 32_767]],
	['MET_USHORT', 'uint16', Uint16Array, Uint16Array, [0, 1, 258, 4660, 32_767, 32_768, 65_534, 65_535]],
	['MET_INT', 'int32', Int32Array, Int32Array, [-(2 ** 31), -65_537, -1, 0, 1, 66_051, 1e9, 2 ** 31 - 1]],
	['MET_LONG', 'int32', Int32Array, Int32Array, [-(2 ** 31), -65_537, -1, 0, 1, 66_051, 1e9, 2 ** 31 - 1]],
	['MET_UINT', 'uint32', Uint32Array, Int32Array, [0, 1, 258, 66_051, 65_536, 1e9, 2e9, 2 ** 31 - 1]],
	['MET_FLOAT', 'float32', Float32Array, Float32Array, [-1.5, 0, 0.25, 1, 2 ** 24, 1024, 0.125, 3]],
	['MET_DOUBLE', 'float64', Float64Array, Float32Array, [-1.5, 0, 0.25, 1, 2 ** 24, 1024, 0.125, 3]],
] as const;

for (const [ElementType, datatype, Stored, Kept, values] of TYPES)
	for (const compressed of [false, true])
		for (const big of [false, true])
			test(`${ElementType}${compressed ? ' in zlib' : ''}${big ? ', big endian,' : ''} keeps its values, in one file or two`, () => {
				const stored = Buffer.from(Stored.from(values as readonly number[]).buffer);
				if (big && Stored.BYTES_PER_ELEMENT === 2) stored.swap16();
				if (big && Stored.BYTES_PER_ELEMENT === 4) stored.swap32();
				if (big && Stored.BYTES_PER_ELEMENT === 8) stored.swap64();
				const body = compressed ? zlib(stored) : new Uint8Array(stored);
				const keys = {
					ElementType,
					BinaryDataByteOrderMSB: big ? 'True' : 'False',
					...(compressed && { CompressedData: 'True', CompressedDataSize: String(body.length) }),
				};
				const one = read(joined(metaImageHeader(keys), body));
				const two = read(metaImageHeader({ ...keys, ElementDataFile: 'a.raw' }), 'folder/a.mhd', [['a.raw', body]]);
				for (const volume of [one, two]) {
					expect(volume.data).toBeInstanceOf(Kept);
					expect([...volume.data]).toEqual(values);
					expect(volume).toMatchObject({ datatype, orientation: 'known', texts: [], warnings: [] });
				}
			});

test('LPS becomes RAS: row n of the matrix is the direction of axis n', () => {
	const { grid } = read(
		joined(
			metaImageHeader({ TransformMatrix: '0 1 0 0 0 -1 1 0 0', Offset: '10 20 30', ElementSpacing: '2 3 4' }),
			voxels,
		),
	);
	// i runs to the back (LPS y), j to the feet, k to the left.
	expect(grid.affine.map((x) => x + 0)).toEqual([0, 0, -4, -10, -2, 0, 0, -20, 0, -3, 0, 30, 0, 0, 0, 1]);
});

test('a file of four axes with one time point lies as its first three say', () => {
	const matrix = '0 1 0 0 -1 0 0 0 0 0 1 0 0 0 0 1';
	const keys = {
		NDims: '4',
		DimSize: '2 2 2 1',
		TransformMatrix: matrix,
		Offset: '1 2 3 0',
		ElementSpacing: '1 1 1 1',
	};
	const { grid } = read(joined(metaImageHeader(keys), voxels));
	expect(grid.affine.map((x) => x + 0)).toEqual([0, 1, 0, -1, -1, 0, 0, -2, 0, 0, 1, 3, 0, 0, 0, 1]);
});

test('without a matrix left and right are unknown and the spacings make the grid', () => {
	const volume = read(joined(metaImageHeader({ TransformMatrix: undefined, ElementSpacing: '1 2 3' }), voxels));
	expect(volume).toMatchObject({
		orientation: 'none',
		grid: { affine: [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1] },
	});
	expect(volume.warnings.map(({ code }) => code)).toEqual(['nifti.noOrientation']);
});

test('the voxels of a file of their own start behind HeaderSize, -1 means at its end', () => {
	const body = joined(bytesOf('something'), voxels);
	for (const HeaderSize of ['9', '-1']) {
		const volume = read(metaImageHeader({ HeaderSize, ElementDataFile: 'b.img' }), 'a.mhd', [['b.img', body]]);
		expect([...volume.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
	}
});

test('a file that is not there is named, one elsewhere or in many parts is refused', () => {
	const mhd = metaImageHeader({ ElementDataFile: 'a.raw' });
	expect(companionNames(mhd, 'x/a.mhd')).toEqual(['a.raw']);
	expect(readVolume(mhd, 'x/a.mhd')).toEqual({
		ok: false,
		issues: [{ code: 'file.companionMissing', path: 'x/a.mhd', params: { names: 'a.raw' } }],
	});
	for (const name of [
		'../a.raw',
		'/etc/passwd',
		'b/a.raw',
		'C:\\a.raw',
		'..',
		'%03d.raw',
		'slice%d.raw 1 9 1',
		'LIST',
	]) {
		const elsewhere = metaImageHeader({ ElementDataFile: name });
		expect(companionNames(elsewhere, 'a.mhd')).toEqual([]);
		const result = readVolume(elsewhere, 'a.mhd', { companions: new Map([[name, voxels]]) });
		expect(!result.ok && result.issues).toEqual([{ code: 'file.companionElsewhere', path: 'a.mhd', params: { name } }]);
	}
	expect(companionNames(joined(metaImageHeader(), voxels), 'a.mha')).toEqual([]);
});

test('texts are comments and unknown keys; those that name a person are told', () => {
	const volume = read(
		joined(metaImageHeader({ Comment: 'made by ITK', PatientName: 'Zhang San', Modality: 'MET_MOD_MR' }), voxels),
	);
	expect(volume.texts).toEqual([
		{ field: 'Comment', text: 'made by ITK' },
		{ field: 'PatientName', text: 'Zhang San' },
	]);
	expect(volume.warnings).toEqual([{ code: 'header.identifies', path: 'a.mha', params: { fields: 'PatientName' } }]);
});

test('a header may begin with any key', () => {
	const text = new TextDecoder().decode(metaImageHeader());
	expect(read(joined(bytesOf(`Comment = first\n${text.replace('ObjectType = Image\n', '')}`), voxels)).data[7]).toBe(8);
	expect(read(joined(bytesOf(text.replaceAll(' = ', '=').replaceAll('\n', '\r\n')), voxels)).data[7]).toBe(8);
});

test('what cannot be read is refused, all at once', () => {
	expect(refused({ DimSize: '2 2' })).toEqual(['DimSize']);
	expect(refused({ NDims: 'x' })).toEqual(['NDims']);
	expect(refused({ NDims: '2', DimSize: '4 2' })).toEqual(['nifti.twoDimensional']);
	expect(refused({ NDims: '4', DimSize: '2 2 1 2', TransformMatrix: undefined })).toEqual(['nifti.timePoints']);
	expect(
		refused({ ElementNumberOfChannels: '3', DimSize: '2 2 1', ElementType: 'MET_UCHAR' }, new Uint8Array(12)),
	).toEqual(['nifti.timePoints']);
	expect(refused({ ElementType: 'MET_FLOAT_ARRAY' })).toEqual(['nifti.datatype']);
	expect(refused({ ElementType: undefined })).toEqual(['ElementType']);
	expect(refused({ BinaryData: 'False' })).toEqual(['BinaryData']);
	expect(refused({ TransformMatrix: '1 0 0 0 1 0 0 0 x' })).toEqual(['TransformMatrix']);
	expect(refused({ TransformMatrix: '1 0 0 1 0 0 0 0 1' })).toEqual(['nifti.singularAffine']);
	expect(refused({ ElementSpacing: '0 1 1' })).toEqual(['nifti.singularAffine']);
	expect(refused({ DimSize: '30000 30000 30000' })).toEqual(['nifti.tooLarge']);
	expect(refused({ DimSize: '1.5 2 2' })).toEqual(['nifti.dims']);
	expect(refused({}, voxels.subarray(1))).toEqual(['nifti.truncated']);
	expect(refused({ HeaderSize: 'x', TransformMatrix: '1', ElementType: 'MET_OTHER' }).sort()).toEqual([
		'HeaderSize',
		'TransformMatrix',
		'nifti.datatype',
	]);
	const cut = metaImageHeader().subarray(0, 60);
	expect(readVolume(cut, 'a.mha').ok).toBe(false);
});

test('zlib that is cut, flipped, too short or too long is refused', () => {
	const body = zlib(voxels);
	const keys = { CompressedData: 'True' };
	expect(refused(keys, body)).toEqual([]);
	expect(refused(keys, body.subarray(0, body.length - 6))).toEqual(['gzip.truncated']);
	expect(refused(keys, joined(body, Uint8Array.of(0)))).toEqual(['gzip.corrupt']);
	expect(refused({ ...keys, CompressedDataSize: String(body.length) }, joined(body, Uint8Array.of(0)))).toEqual([]);
	const flipped = body.slice();
	flipped[flipped.length - 1]! ^= 1;
	expect(refused(keys, flipped)).toEqual(['gzip.corrupt']);
	expect(refused(keys, zlib(voxels.subarray(2)))).toEqual(['nifti.truncated']);
	expect(refused(keys, zlib(new Uint8Array(8 * 1024 * 1024)))).toEqual(['gzip.tooLarge']);
	expect(refused(keys, bytesOf('not zlib at all'))).toEqual(['gzip.corrupt']);
	expect(refused(keys, new Uint8Array())).toEqual(['gzip.corrupt']);
});
