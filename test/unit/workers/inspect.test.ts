import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readVolume } from '../../../src/formats/readVolume.ts';
import { cleanCopy, inspectFile } from '../../../src/workers/inspect.ts';
import { metaImageHeader } from '../formats/metaImageBytes.ts';
import { niftiBytes } from '../formats/niftiBytes.ts';

const blob = (...parts: Uint8Array<ArrayBuffer>[]) => new Blob(parts);
const voxels = new Uint8Array(Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8).buffer);
const none = new Map<string, Blob>();

/** A NIfTI file with a text where `at` says: in its header, between it and the voxels behind a flag, or behind them. */
function nifti(text: string, at: 'header' | 'behind' | 0 | 2): Blob {
	if (at === 'header') return blob(Uint8Array.from(niftiBytes({ description: text })));
	const said = Uint8Array.from(Buffer.from(text.padEnd(56, '\0')));
	if (at === 'behind') return blob(Uint8Array.from(niftiBytes()), said);
	const header = Uint8Array.from(niftiBytes({ voxOffset: 416, values: [] }).subarray(0, 348));
	return blob(header, Uint8Array.of(at, 0, 0, 0), Uint8Array.of(64, 0, 0, 0, 6, 0, 0, 0), said, voxels);
}

test.each([
	['header', 'John Smith 1956'],
	['header', 'Patient: Smith'],
	['header', 'ZHANGSAN'],
	['header', 'nothing that any list of words would find: smith'],
	[0, 'smith'],
	[2, 'smith'],
	['behind', 'smith'],
] as const)('a copy of a file with a text (%s: %s) holds none of it, and the same voxels', async (at, text) => {
	const file = nifti(text, at);
	const copy = await cleanCopy('a.nii', file, none);
	if (!copy.ok) throw new Error(JSON.stringify(copy.issues));
	const packed = new Uint8Array(await copy.value.arrayBuffer());
	const bytes = gunzipSync(packed);
	expect(bytes.length).toBe(352 + 16);
	expect(bytes.toString('latin1')).not.toContain(text);
	expect(bytes.subarray(148, 252).every((byte) => byte === 0)).toBe(true);
	expect(bytes.subarray(352)).toEqual(Buffer.from(voxels));
});

test('voxels beside a header are found by name, and a copy of both is one file without text', async () => {
	const header = metaImageHeader({ ElementDataFile: 'x.raw', Comment: 'Zhang^San' });
	const missing = await inspectFile('P/x.mhd', blob(header), new Map([['y.raw', blob(voxels)]]));
	expect(!missing.ok && missing.issues[0]?.code).toBe('file.companionMissing');
	const beside = new Map([['x.raw', blob(voxels)]]);
	const found = await inspectFile('P/x.mhd', blob(header), beside);
	expect(found.ok && found.value).toMatchObject({ parts: ['x.raw'] });
	const copy = await cleanCopy('P/x.mhd', blob(header), beside);
	if (!copy.ok) throw new Error(JSON.stringify(copy.issues));
	const again = readVolume(new Uint8Array(await copy.value.arrayBuffer()), 'x.nii.gz');
	expect(again.ok && again.value).toMatchObject({
		data: Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8),
		texts: [],
		warnings: [],
	});
	const gone = await cleanCopy('P/x.mhd', blob(header), none);
	expect(gone.ok).toBe(false);
});
