import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { gzip } from '../../../src/formats/deflate.ts';
import { writeDicomSeg } from '../../../src/formats/dicomSegWrite.ts';
import { readNifti } from '../../../src/formats/nifti.ts';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import { writeSegNrrd } from '../../../src/formats/segNrrdWrite.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { caseManifestSchema } from '../../../src/schemas/caseManifest.ts';
import { niftiBytes } from '../formats/niftiBytes.ts';
import { runConcord } from './runConcord.ts';

const GRID: Grid = { dims: [4, 3, 2], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1] };
/** The second slice of it, without the first column. */
const CUT: Grid = { dims: [3, 3, 1], affine: [1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 5, 5, 0, 0, 0, 1] };
const WHO = ['--authors', 'Two readers', '--experts', '2', '--date', '2024-05-31', '--method', 'manual'];
const RED = [1, 0, 0] as const;

let from: string;
let data: string;
beforeEach(async () => {
	from = await mkdtemp(join(tmpdir(), 'concord-import-'));
	data = await mkdtemp(join(tmpdir(), 'concord-data-'));
});

async function put(file: string, bytes: Uint8Array) {
	await mkdir(dirname(join(from, file)), { recursive: true });
	await writeFile(join(from, file), bytes);
}
const series = async (...files: string[]) => {
	const image = Int16Array.from({ length: 24 }, (_, n) => n * 7);
	for (const file of files) await put(file, gzip(writeNifti({ grid: GRID, data: image })));
};
/** Labels of the first voxels, 0 behind. */
const labels = (file: string, ...values: number[]) =>
	put(file, gzip(writeNifti({ grid: GRID, data: Uint8Array.from({ length: 24 }, (_, n) => values[n] ?? 0) })));
/** Segments of one voxel each. */
const segments = (grid: Grid, parts: Readonly<Record<string, number>>) => {
	const length = grid.dims[0] * grid.dims[1] * grid.dims[2];
	return Object.entries(parts).map(([name, voxel]) => ({
		name,
		colour: RED,
		mask: Uint8Array.from({ length }, (_, n) => (n === voxel ? 1 : 0)),
	}));
};
const dicomSeg = (grid: Grid, parts: Readonly<Record<string, number>>) =>
	writeDicomSeg(grid, segments(grid, parts), {
		patient: 'P1',
		seriesDescription: 'x',
		uid: (part) => `1.2.${['study', 'series', 'instance', 'frameOfReference', 'dimensions'].indexOf(part)}`,
	});

const nifti = (...words: string[]) =>
	runConcord(
		'case',
		'import',
		'nifti',
		from,
		'--id',
		'p1',
		'--into',
		data,
		'--family',
		'glioma',
		'--replace',
		...words,
	);
const brats = (...words: string[]) =>
	runConcord('case', 'import', 'brats', from, '--id', 'p1', '--into', data, ...words);
const manifest = async () =>
	caseManifestSchema.parse(JSON.parse(await readFile(join(data, 'cases/p1/case.json'), 'utf8')));
const sequences = async () => (await manifest()).series.map(({ sequence }) => sequence);
const inside = async (file: string) => {
	const read = readNifti(new Uint8Array(await readFile(join(data, 'cases/p1', file))), file);
	if (!read.ok) throw new Error(read.issues[0]!.code);
	return [...read.value.data].flatMap((value, n) => (value === 0 ? [] : [n]));
};

describe('masks that are named', () => {
	it('do not hide the series that their names speak of', async () => {
		await series('flair.nii.gz', 't1c.nii.gz', 't1.nii.gz');
		await labels('et_t1c.nii.gz', 0, 1);
		const done = await nifti('--mask', 'ET=et_t1c.nii.gz', ...WHO);
		expect([done.code, done.error.includes('Not used')]).toEqual([0, false]);
		expect(await sequences()).toEqual(['T1', 'FLAIR', 'T1C']);
		expect(await inside('p1_T1C_ET.nii.gz')).toEqual([1]);
		expect((await brats('--replace', '--reference', 'et_t1c.nii.gz', ...WHO)).code).toBe(0);
		expect(await sequences()).toEqual(['T1', 'FLAIR', 'T1C']);
	});

	it('are no series as well', async () => {
		await series('flair.nii.gz');
		const both = await nifti('--series', 'FLAIR=flair.nii.gz', '--mask', 'WT=flair.nii.gz', ...WHO);
		expect([both.code, both.error]).toEqual([
			1,
			expect.stringContaining('flair.nii.gz is given as a series and as a mask'),
		]);
	});
});

describe('masks by the naming rule', () => {
	it('are all taken, however deep, and the lesions of a region joined', async () => {
		await series('flair.nii.gz', 't1c.nii.gz');
		await labels('P1_FLAIR_WT.nii.gz', 1, 1);
		await labels('masks/P1_T1C_ET_L01.nii.gz', 0, 1);
		await labels('masks/more/P1_T1C_ET_L02.nii.gz', 0, 0, 0, 1);
		expect((await nifti(...WHO)).code).toBe(0);
		expect(await inside('p1_FLAIR_WT.nii.gz')).toEqual([0, 1]);
		expect(await inside('p1_T1C_ET.nii.gz')).toEqual([1, 3]);
		await labels('masks/P1_T1C_ET.nii.gz', 1);
		expect((await nifti(...WHO)).error).toContain('ET has several masks: masks/P1_T1C_ET.nii.gz, masks/P1_T1C_ET_L01');
	});

	it('of which a lesion does not fit give no half region', async () => {
		await series('flair.nii.gz', 't1c.nii.gz');
		await labels('P1_FLAIR_WT.nii.gz', 1);
		await labels('P1_T1C_ET_L01.nii.gz', 1);
		await put('P1_T1C_ET_L02.nii.gz', gzip(writeNifti({ grid: CUT, data: new Uint8Array(9).fill(1) })));
		const done = await nifti(...WHO);
		expect([done.code, done.error]).toEqual([0, expect.stringContaining('P1_T1C_ET_L02.nii.gz: Enhancing')]);
		const { reference } = await manifest();
		expect(reference?.kind === 'perRegion' && reference.masks.map(({ region }) => region)).toEqual(['WT']);
	});

	it('may be segmentations, whole or cut, of one region or of several', async () => {
		await series('flair.nii.gz', 't1c.nii.gz');
		await put('P1_FLAIR_WT.dcm', dicomSeg(GRID, { Tumour: 5, Oedema: 6 }));
		await put('P1_T1C_ET-NE.seg.nrrd', writeSegNrrd(CUT, segments(CUT, { ET: 0, NE: 4 })));
		const done = await nifti(...WHO);
		expect([done.code, /segmentation, not an image|Not used/.test(done.error)]).toEqual([0, false]);
		expect(await inside('p1_FLAIR_WT.nii.gz')).toEqual([5, 6]);
		expect(await inside('p1_T1C_ET.nii.gz')).toEqual([13]);
		expect(await inside('p1_T1C_NE.nii.gz')).toEqual([18]);
	});

	it('hold the segment of their region, and say so where they lack it', async () => {
		await series('flair.nii.gz', 't1c.nii.gz');
		await put('all.seg.nrrd', writeSegNrrd(GRID, segments(GRID, { WT: 1, Enhancing: 2 })));
		expect((await nifti('--mask', 'ET=all.seg.nrrd', ...WHO)).code).toBe(0);
		expect(await inside('p1_T1C_ET.nii.gz')).toEqual([2]);
		const none = await nifti('--mask', 'NE=all.seg.nrrd', ...WHO);
		expect([none.code, none.error]).toEqual([
			1,
			expect.stringContaining('No segment is called NE, there are: WT, Enhancing'),
		]);
	});
});

describe('what is not taken', () => {
	it('is told: images, masks, and that there is no reference though somebody made one', async () => {
		await series('flair.nii.gz', 'old/flair.nii.gz', 'swi.nii.gz');
		await labels('seg.nii.gz', 1);
		const done = await nifti(...WHO);
		expect(done.code).toBe(0);
		expect(done.lines).toContainEqual(
			expect.stringMatching(/^Note Not used: old\/flair\.nii\.gz, swi\.nii\.gz, seg\.nii\.gz\./),
		);
		expect(done.lines).toContainEqual(expect.stringContaining('No reference was found, so the case has no score'));
		expect((await nifti()).error).not.toContain('No reference');
		const checked = await runConcord('case', 'check', from);
		expect(checked.error).toContain('Not used: old/flair.nii.gz, swi.nii.gz');
	});

	it('is told of pipes, which nobody waits for', async () => {
		await series('flair.nii.gz');
		execFileSync('sh', ['-c', 'mkfifo "$0"', join(from, 't1.nii.gz')]);
		const done = await nifti();
		expect([done.code, done.error]).toEqual([0, expect.stringContaining('Not read: t1.nii.gz.')]);
		expect((await runConcord('case', 'check', from)).error).toContain('Not read: t1.nii.gz.');
		const pipe = join(from, 't1.nii.gz');
		const scored = await runConcord('score', pipe, pipe);
		expect([scored.code, scored.error]).toEqual([1, expect.stringContaining('a pipe or a device')]);
	});

	it('is told where a folder holds too many files', { timeout: 60_000 }, async () => {
		for (let n = 0; n < 10_001; n++) await writeFile(join(from, String(n)), '');
		const refused = await nifti();
		expect([refused.code, refused.error]).toEqual([1, expect.stringContaining('more than 10000 files')]);
	});
});

it('of the files that may hold the voxels of a header only the first is read', async () => {
	const values = Array.from({ length: 24 }, (_, n) => n);
	const head = { dims: [3, 4, 3, 2, 1, 1, 1, 1], sform: GRID.affine.slice(0, 12), datatype: 2 };
	await put('flair.hdr', niftiBytes({ ...head, values: [], voxOffset: 0, magic: 'ni1\0' }));
	await put('flair.img', Uint8Array.from(values));
	await put('flair.img.gz', new Uint8Array());
	await truncate(join(from, 'flair.img.gz'), 2 ** 31 + 1);
	expect((await nifti()).code).toBe(0);
	expect((await inside('FLAIR.nii.gz')).length).toBe(23);
});

it('a data folder that cannot be written to is bad input', async () => {
	await series('flair.nii.gz');
	await writeFile(join(data, 'file'), '');
	for (const into of [join(data, 'file'), join(data, 'file/below')]) {
		const refused = await nifti('--into', into);
		expect([refused.code, refused.lines.at(-1)]).toEqual([
			1,
			expect.stringContaining(`${into}: This, or what it lies in, is a file`),
		]);
	}
	expect((await runConcord('score', join(data, 'file/a.nii'), join(data, 'file/b.nii'))).error).toContain(
		'no such file',
	);
	const made = await runConcord('case', 'make', '--family', 'glioma', '--out', join(data, 'file/below'));
	expect([made.code, made.error]).toEqual([1, expect.stringContaining('is a file')]);
});

describe('sets of BraTS', () => {
	it('with a cavity but no enhancing rest are refused by their names, unless an edition is named', async () => {
		for (const part of ['t1n', 't1c', 't2w', 't2f']) await series(`BraTS-GLI-02062-101-${part}.nii.gz`);
		await labels('BraTS-GLI-02062-101-seg.nii.gz', 1, 2, 4);
		const refused = await brats(...WHO);
		expect([refused.code, refused.error]).toEqual([1, expect.stringContaining('resection cavity')]);
		expect((await brats('--edition', '2021', ...WHO)).code).toBe(0);
	});

	it('of gross tumour volumes are refused with the reason', async () => {
		await series('BraTS-MEN-RT-0001-1_t1c.nii.gz');
		await labels('BraTS-MEN-RT-0001-1_gtv.nii.gz', 1);
		const refused = await brats('--edition', '2023', ...WHO);
		expect([refused.code, refused.error]).toEqual([1, expect.stringContaining('gross tumour volume')]);
	});

	it('may be segmentations with names', async () => {
		await series('flair.nii.gz', 't1c.nii.gz');
		await put('seg.seg.nrrd', writeSegNrrd(CUT, segments(CUT, { 'whole tumour': 1, ET: 0 })));
		expect((await brats(...WHO)).code).toBe(0);
		expect(await inside('p1_T1C_ET.nii.gz')).toEqual([13]);
		await put('seg.seg.nrrd', writeSegNrrd(CUT, segments(CUT, { 'Segment 1': 1 })));
		expect((await brats('--replace', ...WHO)).error).toContain('The names of the segments tell no region: Segment 1.');
	});
});
