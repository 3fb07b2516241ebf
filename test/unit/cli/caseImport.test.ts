import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/concord/main.ts';
import { gzip } from '../../../src/formats/deflate.ts';
import { readNifti } from '../../../src/formats/nifti.ts';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import type { VoxelData } from '../../../src/formats/volume.ts';
import { caseManifestSchema, catalogueSchema } from '../../../src/schemas/caseManifest.ts';
import { sharedFolder } from '../../sharedData.ts';
import { runConcord } from './runConcord.ts';

const AFFINE = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1];
const WHO = ['--authors', 'Two readers', '--experts', '2', '--date', '2024-05-31', '--method', 'manual'];

let from: string;
let data: string;
beforeEach(async () => {
	from = await mkdtemp(join(tmpdir(), 'concord-import-'));
	data = await mkdtemp(join(tmpdir(), 'concord-data-'));
});

interface Put {
	readonly affine?: readonly number[];
	readonly dims?: readonly [number, number, number];
	readonly description?: string;
}

async function put(file: string, voxels: VoxelData, { affine = AFFINE, dims = [4, 3, 2], description = '' }: Put = {}) {
	await mkdir(dirname(join(from, file)), { recursive: true });
	await writeFile(join(from, file), gzip(writeNifti({ grid: { dims, affine }, data: voxels }, { description })));
}

const image = () => Int16Array.from({ length: 24 }, (_, n) => n * 7);
/** Labels of the first voxels, 0 behind. */
const labels = (...values: number[]) => Uint8Array.from({ length: 24 }, (_, n) => values[n] ?? 0);
const series = async (...files: string[]) => {
	for (const file of files) await put(file, image());
};
/** NIfTI-2 of one row of voxels. */
function writeNifti2(length: number): Uint8Array {
	const out = new Uint8Array(544 + length);
	const view = new DataView(out.buffer);
	view.setInt32(0, 540, true);
	out.set([0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a], 4);
	view.setInt16(12, 2, true);
	view.setInt16(14, 8, true);
	[3, length, 1, 1, 1, 1, 1, 1].forEach((n, axis) => {
		view.setBigInt64(16 + 8 * axis, BigInt(n), true);
		view.setFloat64(104 + 8 * axis, 1, true);
	});
	view.setBigInt64(168, 544n, true);
	view.setInt32(348, 1, true);
	[1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0].forEach((value, n) => {
		view.setFloat64(400 + 8 * n, value, true);
	});
	return out;
}

const run = (kind: 'brats' | 'nifti', ...words: string[]) =>
	runConcord('case', 'import', kind, from, '--id', 'p1', '--into', data, ...words);
const manifest = async (id = 'p1') =>
	caseManifestSchema.parse(JSON.parse(await readFile(join(data, 'cases', id, 'case.json'), 'utf8')));
const voxels = async (file: string) => {
	const read = readNifti(new Uint8Array(await readFile(join(data, 'cases', 'p1', file))), file);
	if (!read.ok) throw new Error(read.issues[0]!.code);
	return [...read.value.data];
};
const inside = async (file: string) => (await voxels(file)).flatMap((value, n) => (value === 0 ? [] : [n]));
const left = async () => (await readdir(join(data, 'cases')).catch(() => [])).filter((name) => name !== 'index.json');

describe('concord case import brats', () => {
	it('brings in 2018: files named by sequence, one mask a region, who made it, and the catalogue', async () => {
		await series(
			'BraTS20_001_t1.nii.gz',
			'BraTS20_001_t1ce.nii.gz',
			'BraTS20_001_t2.nii.gz',
			'BraTS20_001_flair.nii.gz',
		);
		await put('BraTS20_001_seg.nii.gz', labels(1, 2, 4));
		const done = await run('brats', ...WHO, '--title-en', 'A glioma');
		expect([done.code, done.out]).toEqual([0, join(data, 'cases', 'p1')]);
		expect(done.lines).toContain('p1: 5 / 5, BraTS20_001_seg.nii.gz');
		const { reference, title, family, origin, synthetic } = await manifest();
		expect([title, family, origin, synthetic]).toEqual([
			{ zh: '胶质瘤', en: 'A glioma' },
			'glioma',
			'catalogue',
			false,
		]);
		expect(reference).toMatchObject({
			kind: 'perRegion',
			provenance: { authors: 'Two readers', experts: 2, date: '2024-05-31', method: 'manual', edition: 'brats2018' },
		});
		expect(await inside('p1_FLAIR_WT.nii.gz')).toEqual([0, 1, 2]);
		expect(await inside('p1_T2_TB.nii.gz')).toEqual([0, 2]);
		expect(await inside('p1_T1C_ET.nii.gz')).toEqual([2]);
		expect(await inside('p1_T1C_NE.nii.gz')).toEqual([0]);
		expect(await voxels('T1C.nii.gz')).toEqual([...image()]);
		const { cases, making } = catalogueSchema.parse(
			JSON.parse(await readFile(join(data, 'cases', 'index.json'), 'utf8')),
		);
		expect([cases.map(({ id }) => id), making]).toEqual([['p1'], []]);
		expect((await readdir(join(data, 'cases'))).sort()).toEqual(['index.json', 'p1']);
	});

	it('knows 2013 and 2023, and the oedema of meningiomas without the body', async () => {
		await series('t1c.nii.gz', 't2.nii.gz', 'flair.nii.gz');
		await put('seg.nii.gz', labels(1, 2, 3, 4));
		expect((await run('brats', ...WHO, '--edition', '2013')).code).toBe(0);
		expect(await inside('p1_T1C_NE.nii.gz')).toEqual([0, 2]);
		expect(await inside('p1_T1C_ET.nii.gz')).toEqual([3]);
		await put('seg.nii.gz', labels(1, 2, 3));
		const vague = await run('brats', ...WHO, '--replace');
		expect([vague.code, vague.error]).toEqual([1, expect.stringContaining('--edition')]);
		expect((await run('brats', ...WHO, '--replace', '--edition', '2023', '--family', 'meningioma')).code).toBe(0);
		expect(await inside('p1_FLAIR_ED.nii.gz')).toEqual([1]);
		expect(await inside('p1_T2_TB.nii.gz')).toEqual([0, 2]);
		expect(await inside('p1_T1C_ET.nii.gz')).toEqual([2]);
	});

	it('refuses a set after treatment with the reason, and leaves nothing behind', async () => {
		await series('t1c.nii.gz', 't2w.nii.gz', 't2f.nii.gz', 't1n.nii.gz');
		await put('seg.nii.gz', labels(1, 2, 3, 4));
		const refused = await run('brats', ...WHO);
		expect(refused.code).toBe(1);
		expect(refused.error).toContain('resection cavity');
		expect(await left()).toEqual([]);
	});

	it('keeps series on their own grids, puts another storage order right, and says in words what does not fit', async () => {
		await put('flair.nii.gz', image());
		// The same places, stored from right to left.
		await put('t1c.nii.gz', image(), { affine: [-1, 0, 0, 3, ...AFFINE.slice(4)] });
		await put('t2.nii.gz', image(), { affine: [1, 0, 0, 9, ...AFFINE.slice(4)] });
		await put('seg.nii.gz', labels(1, 2, 4));
		const done = await run('brats', ...WHO);
		expect(done.code).toBe(0);
		expect(await inside('p1_FLAIR_WT.nii.gz')).toEqual([0, 1, 2]);
		expect(await inside('p1_T1C_ET.nii.gz')).toEqual([1]);
		expect(done.error).toContain('Tumour body is left out. Shifted 9.0 mm towards the left against T2');
		const { reference } = await manifest();
		expect(reference?.kind === 'perRegion' && reference.masks.map(({ region }) => region)).toEqual(['WT', 'ET', 'NE']);
		await put('seg.nii.gz', labels(1), { affine: [2, 0, 0, 9, ...AFFINE.slice(4)] });
		const none = await run('brats', ...WHO, '--replace');
		expect([none.code, none.error]).toEqual([1, expect.stringContaining('No region of the reference')]);
		expect(await inside('p1_T1C_ET.nii.gz')).toEqual([1]);
	});

	it('takes no header text along, and says which there were', async () => {
		await put('flair.nii.gz', image(), { description: 'ZHANG^SAN 19700101' });
		await put('zhangsan_seg.nii.gz', labels(1, 2), { description: 'by Li Si' });
		const done = await run('brats', ...WHO);
		expect(done.lines).toContain('flair.nii.gz: the header text descrip was not taken along');
		expect(done.lines).toContain('zhangsan_seg.nii.gz: the header text descrip was not taken along');
		expect(done.error).not.toContain('SAN');
		for (const file of await readdir(join(data, 'cases', 'p1'))) {
			expect(file).not.toMatch(/zhang/i);
			const bytes = await readFile(join(data, 'cases', 'p1', file));
			const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
			expect(text).not.toMatch(/ZHANG|Li Si/i);
		}
	});

	it('refuses images whose sides are not known, and axes that no file can hold', async () => {
		const bytes = writeNifti({ grid: { dims: [4, 3, 2], affine: AFFINE }, data: image() });
		bytes.fill(0, 252, 256);
		await writeFile(join(from, 'flair.nii'), bytes);
		const long = writeNifti2(40_000);
		await writeFile(join(from, 't2.nii'), long);
		const bad = await run('brats');
		expect(bad.code).toBe(1);
		expect(bad.error).toContain('flair.nii: The header does not tell left from right');
		expect(bad.error).toContain('t2.nii: The matrix 40000 × 1 × 1 is too large');
		expect(await left()).toEqual([]);
	});

	it('tells everything that is wrong at once', async () => {
		await series('t1c.nii.gz');
		await writeFile(join(from, 'flair.nii.gz'), 'no image');
		await writeFile(join(from, 't2.nii.gz'), '');
		await put(
			'seg.nii.gz',
			Float32Array.from({ length: 24 }, (_, n) => n / 2),
		);
		const bad = await run('brats', ...WHO);
		expect(bad.code).toBe(1);
		for (const file of ['flair.nii.gz', 't2.nii.gz', 'seg.nii.gz'])
			expect(bad.lines.some((line) => line.startsWith(`${file}: `) && !line.includes(' / '))).toBe(true);
		expect(await left()).toEqual([]);
	});

	it('refuses a name that is taken, and never a built-in case', async () => {
		await series('flair.nii.gz');
		expect((await run('brats')).code).toBe(0);
		expect((await run('brats')).error).toContain('--replace');
		await put(
			'flair.nii.gz',
			Int16Array.from(image(), (value) => value + 1),
		);
		expect((await run('brats', '--replace')).code).toBe(0);
		expect((await voxels('FLAIR.nii.gz'))[0]).toBe(1);
		await writeFile(join(data, 'cases', 'p1', 'recipe.sha256'), 'x');
		const builtIn = await run('brats', '--replace');
		expect([builtIn.code, builtIn.error]).toEqual([1, expect.stringContaining('built-in')]);
	});

	it('asks who made the reference on a terminal, and names the options elsewhere', async () => {
		await series('flair.nii.gz');
		await put('seg.nii.gz', labels(1, 2));
		const without = await run('brats', '--experts', 'two');
		expect(without.code).toBe(2);
		expect(without.error).toMatch(/--experts is "two"[\s\S]*Missing: --authors --date\./);
		const asked: string[] = [];
		const answers = ['', 'Department', '3', 'soon', '2023-02-01', ''];
		const ask = async (question: string) => {
			asked.push(question);
			return answers.shift() ?? '';
		};
		const words = ['case', 'import', 'brats', from, '--id', 'p1', '--into', data];
		const code = await main(
			words,
			{},
			() => undefined,
			() => undefined,
			ask,
		);
		expect([code, asked.length]).toEqual([0, 6]);
		const { reference } = await manifest();
		expect(reference?.provenance).toEqual({ authors: 'Department', experts: 3, date: '2023-02-01', method: 'unknown' });
	});

	it('wants one reference named where there are several', async () => {
		await series('flair.nii.gz');
		await put('seg_a.nii.gz', labels(1));
		await put('seg_b.nii.gz', labels(2));
		expect((await run('brats', ...WHO)).error).toContain('seg_a.nii.gz, seg_b.nii.gz');
		expect((await run('brats', ...WHO, '--reference', 'seg_b.nii.gz')).code).toBe(0);
		expect((await run('brats', ...WHO, '--replace', '--reference', 'none.nii.gz')).error).toContain('none.nii.gz');
	});
});

describe('concord case import nifti', () => {
	it('takes series and masks as named, and masks by the naming rule', async () => {
		await series('one.nii.gz', 'sub/two.nii.gz');
		await put('lesion.nii.gz', labels(0, 7, 7));
		const words = ['--family', 'metastasis', '--series', 'T1C=one.nii.gz', '--series', 'FLAIR=sub/two.nii.gz', ...WHO];
		expect((await run('nifti', ...words, '--mask', 'EN=lesion.nii.gz')).code).toBe(0);
		expect(await inside('p1_T1C_EN.nii.gz')).toEqual([1, 2]);
		await put('P7_FLAIR_WT.nii.gz', labels(1, 1));
		expect((await run('nifti', ...words, '--replace')).code).toBe(0);
		expect(await inside('p1_FLAIR_WT.nii.gz')).toEqual([0, 1]);
		const bad = await run('nifti', ...words, '--replace', '--mask', 'TB=lesion.nii.gz', '--mask', 'EN=none.nii.gz');
		expect(bad.lines).toEqual([expect.stringContaining('TB is no region'), expect.stringContaining('none.nii.gz')]);
		await put('lesion.nii.gz', labels(1, 2));
		expect((await run('nifti', ...words, '--replace', '--mask', 'EN=lesion.nii.gz')).error).toContain('1, 2');
	});

	it('keeps what sidecars say of the acquisition, and check reads it from the case', async () => {
		await series('flair.nii.gz', 'dwi.nii.gz');
		await writeFile(join(from, 'flair.json'), '{"MRAcquisitionType":"2D","SliceThickness":5,"PatientName":"X"}');
		await writeFile(join(from, 'dwi.bval'), '0 1000');
		expect((await run('nifti', '--family', 'glioma')).code).toBe(0);
		const kept = (await manifest()).series.map(({ sequence, acquisition }) => [sequence, acquisition]);
		expect(kept).toEqual([
			['FLAIR', { dimension: '2D', thicknessMm: 5 }],
			['DWI', { bValue: 1000 }],
		]);
		for (const folder of [join(data, 'cases', 'p1'), from]) {
			const { code, out } = await runConcord('case', 'check', folder, '--json');
			expect(code).toBe(1);
			const report = JSON.parse(out);
			expect(report.verdict).toBe('fail');
			const of = (sequence: string, check: string) =>
				report.series
					.find((each: { sequence: string }) => each.sequence === sequence)
					.checks.find((each: { check: string }) => each.check === check);
			expect(of('FLAIR', 'thickness')).toMatchObject({ verdict: 'pass', measured: 5, limit: [6], clause: '§2.2-⑥' });
			expect(of('DWI', 'bValue')).toMatchObject({ verdict: 'pass', measured: 1000 });
			expect(of('FLAIR', 'bitDepth')).toMatchObject({ verdict: 'fail', reason: 'levelsFew' });
		}
	});

	it('passes no plane that nobody knows, and tells what headers hold', async () => {
		const grid = { dims: [4, 3, 2] as const, affine: AFFINE };
		const bytes = writeNifti({ grid, data: image() }, { description: 'Name: Zhang San' });
		// Neither qform nor sform.
		for (const at of [252, 254]) new DataView(bytes.buffer, bytes.byteOffset).setInt16(at, 0, true);
		await writeFile(join(from, 't2.nii'), bytes);
		await series('flair.nii.gz');
		const { out, lines } = await runConcord('case', 'check', from, '--json');
		const [t2, flair] = JSON.parse(out).series as { checks: Record<string, unknown>[] }[];
		const found = (names: string[]) => t2!.checks.filter(({ check }) => names.includes(String(check)));
		expect(found(['plane', 'coverage', 'header'])).toMatchObject([
			{ check: 'plane', verdict: 'unknown', measured: null, reason: 'planeUnknown' },
			{ check: 'coverage', verdict: 'unknown', measured: null, reason: 'coverageUnknown' },
			{ check: 'header', verdict: 'warn', rules: ['R3.1-1b'], clause: '§3.1-①', params: { fields: 'descrip' } },
		]);
		expect(flair!.checks.find(({ check }) => check === 'plane')).toMatchObject({ verdict: 'pass' });
		expect(flair!.checks.some(({ check }) => check === 'header')).toBe(false);
		// Told as a check, the header is no note; the other warnings are.
		expect(lines).toEqual([expect.stringContaining('Note t2.nii: The header gives no orientation')]);
		const { out: words } = await runConcord('case', 'check', from);
		expect(words).toContain('note t2.nii: In descrip, the header holds text that may identify the patient');
		expect(words + out).not.toContain('Zhang');
	});

	it('says how it is used', async () => {
		for (const words of [
			['case', 'import'],
			['case', 'import', 'dicom', from],
			['case', 'import', 'nifti', from, '--id', 'p1'],
			['case', 'import', 'brats', from, '--id', '../x'],
			['case', 'import', 'brats', from, '--id', 'x', '--edition', '2020'],
			['case', 'import', 'brats', from, '--id', 'x', '--series', 'PD=a'],
			['case', 'check'],
			['case', 'check', from, '--series', 'T1'],
		])
			expect([words, (await runConcord(...words)).code]).toEqual([words, 2]);
		expect((await runConcord('case', 'check', join(from, 'none'))).lines).toEqual([
			expect.stringContaining('no such folder'),
		]);
		expect(existsSync(join(data, 'cases'))).toBe(false);
	});
});

const real = sharedFolder('testdata/real');
describe.runIf(real)('real cases', () => {
	const cases = [
		['TCGA-FG-6692', 'seg_fusion_mav.nii.gz', '2018', ['FLAIR_WT', 'T1C_ET', 'T1C_NE', 'T2_TB']],
		['TCGA-DU-7294', 'seg_fusion_mav.nii.gz', '2018', ['FLAIR_WT', 'T1C_ET', 'T1C_NE', 'T2_TB']],
		['brats_2013_pat0006_1', 'seg_expert.nii.gz', '2013', ['FLAIR_WT', 'T1C_ET', 'T1C_NE']],
	] as const;
	it.each(cases)('%s is imported and scored', { timeout: 120_000 }, async (name, reference, edition, masks) => {
		const at = join(real!, name);
		const words = ['--id', 'real', '--into', data, '--reference', reference, '--edition', edition, ...WHO];
		expect((await runConcord('case', 'import', 'brats', at, ...words)).code).toBe(0);
		const folder = join(data, 'cases', 'real');
		const files = (await readdir(folder)).filter((file) => file.startsWith('real_')).sort();
		expect(files).toEqual(masks.map((mask) => `real_${mask}.nii.gz`));
		const scored = await runConcord('findings', folder, ...files.map((file) => join(folder, file)), '--json');
		expect(scored.code).toBe(0);
		const report = JSON.parse(scored.out);
		expect(report.findings).toEqual([]);
		const dice = report.marks.find((mark: { measure: string; region: string }) => mark.region === 'WT');
		expect(dice.value).toBe(1);
		expect((await runConcord('case', 'check', folder)).code).toBe(edition === '2013' ? 1 : 0);
	});
});
