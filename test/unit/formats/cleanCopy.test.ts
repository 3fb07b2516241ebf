import { expect, test } from 'vitest';
import { cleanCopy } from '../../../src/formats/cleanCopy.ts';
import { gunzip } from '../../../src/formats/inflate.ts';
import { readVolume } from '../../../src/formats/readVolume.ts';
import { mghBytes } from './mghBytes.ts';
import { niftiBytes } from './niftiBytes.ts';

test('a clean copy has the voxels and the place, and none of the text', () => {
	const file = niftiBytes({ description: 'Zhang^San 19500312', sform: [0, -3, 0, 10, 2, 0, 0, 20, 0, 0, 4, 30] });
	const read = readVolume(file, 'a.nii');
	if (!read.ok) throw new Error(JSON.stringify(read.issues));
	expect(read.value.warnings.map(({ code }) => code)).toEqual(['header.identifies']);
	const copy = cleanCopy(read.value);
	const again = readVolume(copy, 'a.nii.gz');
	expect(again).toEqual({ ok: true, value: { ...read.value, texts: [], warnings: [] } });
	const bytes = gunzip(copy, 'a');
	expect(bytes.ok && Buffer.from(bytes.value).includes('Zhang')).toBe(false);
	expect(Buffer.from(copy).includes('Zhang')).toBe(false);
});

test('an unknown orientation stays unknown, so that its warning stays', () => {
	const read = readVolume(mghBytes({ goodRas: 0, spacing: [1, 2, 3] }), 'a');
	if (!read.ok) throw new Error(JSON.stringify(read.issues));
	const again = readVolume(cleanCopy(read.value), 'a');
	expect(again).toEqual(read);
	expect(again.ok && again.value.orientation).toBe('none');
});

test.each([Uint8Array, Int16Array, Uint16Array, Int32Array, Float32Array])('voxels stay %o', (Voxels) => {
	const float = Voxels === Float32Array;
	const unit = float ? 1e-3 : 1;
	const top = float ? 3e38 : 2 ** (8 * Voxels.BYTES_PER_ELEMENT - (/^Int/.test(Voxels.name) ? 1 : 0)) - 1;
	const data = Voxels.from([0, unit, 2 * unit, 3 * unit, 4 * unit, 5 * unit, 6 * unit, top]);
	const grid = { dims: [2, 2, 2] as const, affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
	for (const orientation of ['known', 'none'] as const) {
		const copy = cleanCopy({ grid, data, datatype: '', orientation, texts: [], warnings: [] });
		const again = readVolume(copy, 'a.nii.gz');
		if (!again.ok) throw new Error(JSON.stringify(again.issues));
		expect(again.value.data).toEqual(data);
		expect(again.value.datatype).toBe(Voxels.name.replace('Array', '').toLowerCase());
		expect(again.value.orientation).toBe(orientation);
		expect(again.value.warnings.map(({ code }) => code)).toEqual(orientation === 'none' ? ['nifti.noOrientation'] : []);
	}
});
