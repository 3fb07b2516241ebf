import { expect, test } from 'vitest';
import { readVolume } from '../../../src/formats/readVolume.ts';
import { cleanCopy, inspectFile } from '../../../src/workers/inspect.ts';
import { metaImageHeader } from '../formats/metaImageBytes.ts';
import { niftiBytes } from '../formats/niftiBytes.ts';

const blob = (...parts: Uint8Array<ArrayBuffer>[]) => new Blob(parts);
const nifti = (description: string) => blob(Uint8Array.from(niftiBytes({ description })));
const voxels = new Uint8Array(Int16Array.of(1, 2, 3, 4, 5, 6, 7, 8).buffer);
const none = new Map<string, Blob>();

test('only single-file NIfTI whose header identifies nobody is kept as it is', async () => {
	for (const [name, file, plain] of [
		['a.nii', nifti('SPM12'), true],
		['a.nii', nifti('Zhang^San'), false],
		['a.mha', blob(metaImageHeader(), voxels), false],
	] as const) {
		const found = await inspectFile(name, file, none);
		expect(found.ok && found.value).toMatchObject({ plain, parts: [], bytes: file.size, grid: { dims: [2, 2, 2] } });
	}
});

test('voxels beside a header are found by name, and a copy of both is one file without text', async () => {
	const header = metaImageHeader({ ElementDataFile: 'x.raw', Comment: 'Zhang^San' });
	const missing = await inspectFile('P/x.mhd', blob(header), new Map([['y.raw', blob(voxels)]]));
	expect(!missing.ok && missing.issues[0]?.code).toBe('file.companionMissing');
	const beside = new Map([['x.raw', blob(voxels)]]);
	const found = await inspectFile('P/x.mhd', blob(header), beside);
	expect(found.ok && found.value).toMatchObject({ parts: ['x.raw'], plain: false });
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
