import { expect, test } from 'vitest';
import { cleanCopy, cleanCopyName } from '../../../src/formats/cleanCopy.ts';
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

test('a copy is called after its file', () => {
	for (const [name, copy] of [
		['t1.nii.gz', 't1.nii.gz'],
		['t1.nii', 't1.nii.gz'],
		['t1.hdr', 't1.nii.gz'],
		['T1.MHA', 'T1.nii.gz'],
		['brain.mgz', 'brain.nii.gz'],
		['scan.gz', 'scan.nii.gz'],
		['scan', 'scan.nii.gz'],
		['t1.2.nrrd', 't1.2.nii.gz'],
	])
		expect(cleanCopyName(name!)).toBe(copy);
});
