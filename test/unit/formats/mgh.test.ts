import { expect, test } from 'vitest';
import { readVolume } from '../../../src/formats/readVolume.ts';
import type { ReadVolume } from '../../../src/formats/volume.ts';
import { zlibGzip } from './bytes.ts';
import { type MghSpec, mghBytes } from './mghBytes.ts';

function read(spec: MghSpec): ReadVolume {
	const result = readVolume(mghBytes(spec), 'a.mgh');
	if (!result.ok) throw new Error(JSON.stringify(result.issues));
	return result.value;
}

function refused(spec: MghSpec, options = {}): string[] {
	const result = readVolume(mghBytes(spec), 'a.mgh', options);
	return result.ok ? [] : result.issues.map(({ code }) => code);
}

for (const { type, name, array, values } of [
	{ type: 0, name: 'uint8', array: Uint8Array, values: [0, 1, 2, 100, 127, 128, 254, 255] },
	{ type: 1, name: 'int32', array: Int32Array, values: [-(2 ** 31), -65_537, -1, 0, 1, 66_051, 1e9, 2 ** 31 - 1] },
	{ type: 3, name: 'float32', array: Float32Array, values: [-1.5, 0, 0.25, 1, 2 ** 24, 1024, 0.125, 3] },
	{ type: 4, name: 'int16', array: Int16Array, values: [-32_768, -257, -1, 0, 1, 258, 4660, 32_767] },
	{ type: 10, name: 'uint16', array: Uint16Array, values: [0, 1, 258, 4660, 32_767, 32_768, 65_534, 65_535] },
])
	test(`${name} keeps its values, also in gzip`, () => {
		for (const bytes of [mghBytes({ type, values }), zlibGzip(mghBytes({ type, values }))]) {
			const result = readVolume(bytes, bytes[0] === 0x1f ? 'a.mgz' : 'a.mgh');
			if (!result.ok) throw new Error(JSON.stringify(result.issues));
			expect(result.value.data).toBeInstanceOf(array);
			expect([...result.value.data]).toEqual(values);
			expect(result.value).toMatchObject({ datatype: name, orientation: 'known', texts: [], warnings: [] });
		}
	});

test('a conformed volume lies as FreeSurfer says: left, down, front, half the lengths from the centre', () => {
	const { grid } = read({ lengths: [2, 4, 1, 1], spacing: [1, 2, 3], centre: [10, 20, 30] });
	// nibabel: vox2ras of MGHHeader with delta (1, 2, 3) and these cosines.
	expect(grid).toEqual({ dims: [2, 4, 1], affine: [-1, 0, 0, 11, 0, 0, 3, 18.5, 0, -2, 0, 34, 0, 0, 0, 1] });
});

test('oblique axes of any spacing lie as nibabel puts them', () => {
	const turn = [0.6, 0.8, 0, -0.8, 0.6, 0, 0, 0, 1];
	const { grid } = read({ spacing: [2, 3, 4], cosines: turn, centre: [5, 6, 7] });
	const expected = [1.2, -2.4, 0, 6.2, 1.6, 1.8, 0, 2.6, 0, 0, 4, 3, 0, 0, 0, 1];
	for (const [n, value] of grid.affine.entries()) expect(value).toBeCloseTo(expected[n]!, 5);
});

test('without the flag left and right are unknown and the spacings make the grid', () => {
	const volume = read({ goodRas: 0, spacing: [1, 2, 3], cosines: new Array(9).fill(Number.NaN) });
	expect(volume.orientation).toBe('none');
	expect(volume.grid.affine).toEqual([1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1]);
	expect(volume.warnings.map(({ code }) => code)).toEqual(['nifti.noOrientation']);
});

test('the tags behind the voxels are texts, and what a program wrote identifies nobody', () => {
	const tags = (text: string) => Uint8Array.from(`\0\0\0\x03\0\0\0\0\0\0\0\x20${text}\0`, (c) => c.charCodeAt(0));
	const plain = read({ footer: tags('mri_convert 001.mgz orig.mgz') });
	expect(plain.texts).toEqual([{ field: 'footer', text: 'mri_convert 001.mgz orig.mgz' }]);
	expect(plain.warnings).toEqual([]);
	const person = read({ footer: tags('mri_convert /data/Zhang^San/001.mgz') });
	expect(person.warnings.map(({ code, params }) => [code, params])).toEqual([
		['header.identifies', { fields: 'footer' }],
	]);
});

test('what cannot be read is refused, all at once', () => {
	expect(refused({ lengths: [2, 2, 1, 2] })).toEqual(['nifti.timePoints']);
	expect(refused({ type: 5 })).toEqual(['nifti.datatype']);
	expect(refused({ values: [1, 2, 3] })).toEqual(['nifti.truncated']);
	expect(refused({ cosines: new Array(9).fill(0) })).toEqual(['nifti.singularAffine']);
	expect(refused({ lengths: [30_000, 30_000, 30_000, 1] })).toEqual(['nifti.tooLarge']);
	expect(refused({ lengths: [40_000, 1, 1, 1] })).toEqual(['nifti.tooLarge']);
	expect(refused({ type: 2, lengths: [2, 2, 1, 2], spacing: [0, 1, 1] })).toEqual([
		'nifti.datatype',
		'nifti.timePoints',
		'nifti.singularAffine',
	]);
	expect(refused({}, { maxVoxels: 7 })).toEqual(['nifti.tooLarge']);
	expect(refused({ version: 2 })).toEqual(['file.tooShort']);
});

test('a bomb in gzip stops a megabyte behind the voxels', () => {
	const bomb = mghBytes({ footer: new Uint8Array(8 * 1024 * 1024) });
	const result = readVolume(zlibGzip(bomb), 'a.mgz');
	expect(!result.ok && result.issues.map(({ code }) => code)).toEqual(['gzip.tooLarge']);
});
