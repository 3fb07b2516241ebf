import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Given, onDisk, REFUSED } from '../formats/badFiles.ts';
import { zlibGzip } from '../formats/bytes.ts';
import { dicomBytes, type TestElement } from '../formats/dicomBytes.ts';
import { metaImageHeader } from '../formats/metaImageBytes.ts';
import { mghBytes } from '../formats/mghBytes.ts';
import { niftiBytes } from '../formats/niftiBytes.ts';
import { nrrdBytes } from '../formats/nrrdBytes.ts';

/** What the worker, empty, takes up in Node, with room for what it reads the files into. */
const MOST_KILOBYTES = 300_000;

const nifti = (datatype: number, ...lengths: number[]) =>
	niftiBytes({ datatype, dims: [3, ...lengths, 1, 1, 1, 1], values: [] });
const file = (name: string, bytes: Uint8Array): Given => ({ name, bytes });

const item = (...elements: TestElement[]): TestElement[][] => [elements];
const frame = (z: number): TestElement[] => [
	[0x0020_9113, 'SQ', item([0x0020_0032, 'DS', `0\\0\\${z}`])],
	[0x0062_000a, 'SQ', item([0x0062_000b, 'US', [1]])],
];

/** A DICOM segmentation of two frames of 2048 × 2048 pixels, 200 slices apart. */
const sparse = dicomBytes([
	[0x0008_0016, 'UI', '1.2.840.10008.5.1.4.1.1.66.4'],
	[0x0028_0002, 'US', [1]],
	[0x0028_0008, 'IS', '2'],
	[0x0028_0010, 'US', [2048]],
	[0x0028_0011, 'US', [2048]],
	[0x0028_0100, 'US', [1]],
	[0x0028_0101, 'US', [1]],
	[0x0028_0102, 'US', [0]],
	[0x0062_0001, 'CS', 'BINARY'],
	[0x0062_0002, 'SQ', item([0x0062_0004, 'US', [1]], [0x0062_0005, 'LO', 'a'])],
	[
		0x5200_9229,
		'SQ',
		item(
			[0x0020_9116, 'SQ', item([0x0020_0037, 'DS', '1\\0\\0\\0\\1\\0'])],
			[0x0028_9110, 'SQ', item([0x0018_0088, 'DS', '1'], [0x0028_0030, 'DS', '1\\1'])],
		),
	],
	[0x5200_9230, 'SQ', [frame(0), frame(200)]],
	[0x7fe0_0010, 'OB', new Uint8Array(2 * 2048 * 256)],
]);

/** More voxels than 512³, or more than 1 GiB of them, in every format that is read; all are a few bytes on the disk. */
const TOO_LARGE = [
	file('voxels.nii', nifti(2, 512, 512, 513)),
	file('voxels.nii.gz', zlibGzip(nifti(2, 512, 512, 513))),
	file('voxels2.nii', niftiBytes({ version: 2, dims: [3, 40_000, 40_000, 1, 1, 1, 1, 1], values: [] })),
	file('long.nii', niftiBytes({ version: 2, dims: [3, 32_768, 2, 2, 1, 1, 1, 1], values: [] })),
	file('voxels.mgz', zlibGzip(mghBytes({ lengths: [512, 512, 513, 1] }))),
	file('voxels.mha', metaImageHeader({ DimSize: '512 512 513', CompressedData: 'True' })),
	file('voxels.nrrd', nrrdBytes({ fields: { sizes: '512 512 513', encoding: 'gzip' } })),
];
const SEG = file(
	'voxels.seg.nrrd',
	nrrdBytes({ fields: { sizes: '512 512 513', encoding: 'gzip' }, lines: ['Segment0_ID:=a'] }),
);

/** What the worker says of each, and the most memory its process took. */
function inspected(
	files: readonly Given[],
	task: 'inspectFile' | 'inspectMasks',
): { codes: string[][]; kilobytes: number } {
	const paths = onDisk(mkdtempSync(join(tmpdir(), 'concord-limits-')), files);
	const script = `
		const { openAsBlob } = await import('node:fs');
		const { inspectFile } = await import(${JSON.stringify(resolve('src/workers/inspect.ts'))});
		const { inspectMasks } = await import(${JSON.stringify(resolve('src/workers/masks.ts'))});
		const codes = [];
		for (const path of ${JSON.stringify(paths)}) {
			const file = await openAsBlob(path);
			const read = ${task} === inspectFile
				? await inspectFile(path, file, new Map())
				: await inspectMasks({ name: path, file, others: new Map() });
			codes.push(read.ok ? [] : read.issues.map(({ code }) => code));
		}
		console.log(JSON.stringify({ codes, kilobytes: process.resourceUsage().maxRSS }));`;
	const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
	expect(stderr).toBe('');
	return JSON.parse(stdout);
}

test('the worker refuses more than 512³ voxels or 1 GiB in any format, before memory for them is taken', () => {
	for (const [task, files] of [
		['inspectFile', TOO_LARGE],
		['inspectMasks', [...TOO_LARGE, SEG]],
	] as const) {
		const { codes, kilobytes } = inspected(files, task);
		expect(Object.fromEntries(codes.map((found, n) => [files[n]!.name, found[0]]))).toEqual(
			Object.fromEntries(files.map(({ name }) => [name, 'nifti.tooLarge'])),
		);
		expect(kilobytes).toBeLessThan(MOST_KILOBYTES);
	}
	const dicom = inspected([file('sparse.dcm', sparse)], 'inspectMasks');
	expect(dicom.codes).toEqual([['dicom.tooLarge']]);
	expect(dicom.kilobytes).toBeLessThan(MOST_KILOBYTES);
});

test('exactly 512³ voxels and exactly 1 GiB pass, as far as their voxels are there', () => {
	const most = [file('most.nii', nifti(2, 512, 512, 512)), file('widest.nii', nifti(64, 512, 512, 512))];
	expect(inspected(most, 'inspectFile').codes).toEqual([['nifti.truncated'], ['nifti.truncated']]);
});

test('the worker stops a file that inflates to more than its header says, in little memory', () => {
	const bombs = REFUSED.filter(({ file: { name } }) => /bomb.*gz$/.test(name)).map((bad) => bad.file);
	for (const task of ['inspectFile', 'inspectMasks'] as const) {
		const { codes, kilobytes } = inspected(bombs, task);
		expect(codes).toEqual(bombs.map(() => ['gzip.tooLarge']));
		expect(kilobytes).toBeLessThan(MOST_KILOBYTES);
	}
});
