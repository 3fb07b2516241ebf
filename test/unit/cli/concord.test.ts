import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/concord/main.ts';
import { gzip } from '../../../src/formats/deflate.ts';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import type { VoxelData } from '../../../src/formats/volume.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { sharedFolder } from '../../sharedData.ts';

const GRID: Grid = { dims: [6, 5, 4], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1] };
const VOXELS = 120;

let folder: string;
const file = (name: string) => join(folder, name);

const labels = (...at: readonly (readonly [number, number])[]): Uint8Array => {
	const data = new Uint8Array(VOXELS);
	for (const [n, label] of at) data[n] = label;
	return data;
};

async function save(name: string, data: VoxelData, grid = GRID): Promise<void> {
	await writeFile(file(name), new Uint8Array(writeNifti({ grid, data })));
}

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'concord-cli-'));
	await save('reference.nii', labels([37, 1], [38, 1], [39, 2]));
	await save('prediction.nii', labels([38, 1], [39, 2], [40, 2]));
	await save('empty.nii', labels());
	await save('fractions.nii', new Float32Array(VOXELS).fill(0.5, 3, 9));
	await save(
		'nan.nii',
		Float32Array.from({ length: VOXELS }, (_, n) => (n === 7 ? Number.NaN : n % 2)),
	);
	await save('negative.nii', new Int16Array(VOXELS).fill(-3, 0, 5));
	await save('shifted.nii', labels([40, 1]), { ...GRID, affine: GRID.affine.map((v, at) => (at === 11 ? -3 : v)) });
	// The same voxels as the prediction, stored from right to left.
	const flipped: Grid = { ...GRID, affine: [-1, 0, 0, 5, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1] };
	await save('flipped.nii', labels([39, 1], [38, 2], [37, 2]), flipped);
	await writeFile(file('nothing.nii.gz'), new Uint8Array(0));
	await writeFile(file('bomb.nii.gz'), gzip(new Uint8Array(50_000_000)));
});

async function run(...argv: string[]) {
	const out: string[] = [];
	const error: string[] = [];
	const code = await main(
		argv,
		{},
		(text) => out.push(text),
		(text) => error.push(text),
	);
	return { code, out: out.join('\n'), error: error.join('\n'), lines: error };
}

describe('concord score', () => {
	it('prints every figure of every region as JSON', async () => {
		const regions = ['--region', 'A=1', '--region', 'B=1,2'];
		const { code, out } = await run('score', file('reference.nii'), file('prediction.nii'), ...regions, '--json');
		const report = JSON.parse(out);
		expect(code).toBe(0);
		expect(report).toMatchObject({ scoringVersion: '1.0.0', definition: 'surfel', spacingMm: [1, 1, 2] });
		expect(Object.keys(report.regions)).toEqual(['A', 'B']);
		expect(report.regions.A.counts).toEqual({ tp: 1, fp: 0, fn: 1, tn: 118 });
		expect(report.regions.B).toMatchObject({ dice: 4 / 6, iou: 0.5, hdMm: 1, nsd: { 1: 1 } });
		expect(Object.keys(report.regions.B)).toEqual([
			'counts',
			'dice',
			'iou',
			'sensitivity',
			'precision',
			'specificity',
			'volumeSimilarity',
			'hdMm',
			'hd95Mm',
			'nsd',
			'assdMm',
			'masdMm',
		]);
	});

	it('takes all labels for one region where none is asked for, with tolerances, a definition and lesions', async () => {
		const options = ['--tolerance', '0.5', '--tolerance=2', '--definition', 'voxelMax', '--lesions', 'brats2023:MET'];
		const { out } = await run('score', file('reference.nii'), file('prediction.nii'), ...options, '--json');
		const report = JSON.parse(out);
		expect(Object.keys(report.regions.mask.nsd)).toEqual(['2', '0.5']);
		expect(report.definition).toBe('voxelMax');
		expect(report.lesions.mask).toMatchObject({ tp: 1, fp: 0, fn: 0, list: [{ status: 'matched', matched: [1] }] });
	});

	it('puts another storage order right without loss', async () => {
		const [own, other] = await Promise.all(
			['prediction.nii', 'flipped.nii'].map((name) => run('score', file('reference.nii'), file(name), '--json')),
		);
		expect(JSON.parse(other!.out)).toEqual(JSON.parse(own!.out));
	});

	it('tags figures that do not exist with the reason', async () => {
		const { out } = await run('score', file('empty.nii'), file('prediction.nii'), '--json');
		expect(JSON.parse(out).regions.mask).toMatchObject({
			dice: 0,
			hd95Mm: { kind: 'undefined', reason: 'referenceEmpty' },
			sensitivity: { kind: 'undefined', reason: 'referenceEmpty' },
		});
	});

	it('prints a table with the definition, in either language', async () => {
		const files = [file('reference.nii'), file('prediction.nii')];
		const [en, zh] = await Promise.all([run('score', ...files), run('score', ...files, '--lang', 'zh')]);
		expect(en.out).toContain('area-weighted surface');
		expect(zh.out).toContain('面积加权表面');
		expect(en.out).toMatch(/mask +0\.6667/);
	});
});

describe('concord agreement', () => {
	it('prints the agreement of masks as JSON, pairs numbered from 1', async () => {
		const masks = ['reference.nii', 'prediction.nii', 'reference.nii'].map(file);
		const { code, out } = await run('agreement', ...masks, '--json');
		const found = JSON.parse(out);
		expect(code).toBe(0);
		expect(found.pairwiseDice).toEqual({ '1-2': 4 / 6, '1-3': 1, '2-3': 4 / 6 });
		expect(found.majority).toEqual({ voxels: 3 });
		expect(found.staple.sensitivity).toHaveLength(3);
	});
});

describe('concord findings', () => {
	/** A case with a whole tumour of 4 × 3 × 3 voxels. */
	const box = (z: number, slices: number): Uint8Array => {
		const mask = new Uint8Array(VOXELS);
		for (let k = z; k < z + slices; k++)
			for (let j = 1; j < 4; j++) for (let i = 1; i < 5; i++) mask[i + 6 * (j + 5 * k)] = 1;
		return mask;
	};
	const manifest = {
		schemaVersion: 1,
		id: 'box',
		origin: 'catalogue',
		title: { zh: '盒', en: 'Box' },
		subtitle: { zh: '盒', en: 'Box' },
		family: 'glioma',
		synthetic: true,
		series: [{ file: 'FLAIR.nii', bytes: 1, sequence: 'FLAIR' }],
		reference: { kind: 'perRegion', masks: [{ file: 'reference-wt.nii', bytes: 1, region: 'WT' }] },
	};

	beforeAll(async () => {
		await writeFile(file('case.json'), JSON.stringify(manifest));
		await save('reference-wt.nii', box(0, 4));
		await save('P1_FLAIR_WT.nii', box(0, 3));
		await save('P1_T2_WT.nii', box(0, 3));
	});

	it('tells which rules were broken, where and how badly, in words and as JSON', async () => {
		const [words, zh, json] = await Promise.all([
			run('findings', folder, file('P1_FLAIR_WT.nii')),
			run('findings', folder, `WT=${file('P1_FLAIR_WT.nii')}`, '--lang', 'zh'),
			run('findings', folder, file('P1_FLAIR_WT.nii'), '--json'),
		]);
		expect(words.out).toContain('E10 Whole tumour Lesion 1: First or last slices missed: 1');
		expect(words.out).toContain('[R6-8b] (FLAIR slice 4)');
		expect(zh.out).toContain('漏画首层或末层');
		expect(JSON.parse(json.out)).toMatchObject({
			caseId: 'box',
			policyVersion: '1.0.0',
			findings: [{ code: 'E10', region: 'WT', where: { sequence: 'FLAIR', slice: 3 }, magnitude: { value: 1 } }],
		});
		expect([words.code, zh.code, json.code]).toEqual([0, 0, 0]);
	});

	it('says what is wrong with the case, the names and the masks', async () => {
		const usage = await run('findings', folder, file('P1_T2_WT.nii'), 'mask.nii', 'WT=a', 'WT=b');
		expect(usage.code).toBe(2);
		expect(usage.error).toContain('WT is drawn on FLAIR');
		expect(usage.error).toContain('"mask.nii" does not tell its region');
		expect(usage.error).toContain('The region WT is given twice');
		expect((await run('findings', folder)).code).toBe(2);
		const noCase = await run('findings', join(folder, 'nowhere'), 'WT=a');
		expect([noCase.code, noCase.error]).toEqual([1, expect.stringContaining('no usable case.json')]);
		const foreign = await run('findings', folder, 'ED=a');
		expect([foreign.code, foreign.error]).toEqual([1, 'ED is no region of this case, there are: WT, ET, TB, NE']);
		const shifted = await run('findings', folder, `WT=${file('shifted.nii')}`);
		expect([shifted.code, shifted.error]).toEqual([1, expect.stringContaining('towards the feet')]);
	});
});

describe('what is wrong', () => {
	it('with the input is told in one line each, all at once, with exit code 1', async () => {
		const masks = ['missing.nii', 'nothing.nii.gz', 'bomb.nii.gz', 'fractions.nii', 'nan.nii', 'negative.nii'];
		const { code, out, lines } = await run('agreement', file('reference.nii'), ...masks.map(file), '--json');
		expect([code, out]).toEqual([1, '']);
		for (const [name, words] of [
			['missing.nii', 'no such file'],
			['nothing.nii.gz', 'empty'],
			['bomb.nii.gz', 'format of this file'],
			['fractions.nii', 'not whole numbers'],
			['nan.nii', 'hold no number'],
			['negative.nii', 'whole numbers from 0 to 255'],
		] as const)
			expect(lines.filter((line) => line.startsWith(file(name)))).toEqual([expect.stringMatching(words)]);
	});

	it('with the place of a mask is told in words', async () => {
		const { code, error } = await run('score', file('reference.nii'), file('shifted.nii'));
		expect(code).toBe(1);
		expect(error).toContain('Shifted 3.0 mm towards the feet');
		expect((await run('score', file('reference.nii'), file('shifted.nii'), '--lang=zh')).error).toContain(
			'向足侧移了 3.0 mm',
		);
	});

	it('with the usage is told with the help, with exit code 2', async () => {
		for (const argv of [
			[],
			['frobnicate'],
			['score', file('reference.nii')],
			['score', 'a', 'b', '--region', 'x=0'],
			['score', 'a', 'b', '--region', 'x=1', '--region', 'x=2'],
			['score', 'a', 'b', '--definition', 'best'],
			['score', 'a', 'b', '--tolerance', '-1'],
			['score', 'a', 'b', '--tolerance'],
			['score', 'a', 'b', '--lesions', 'brats2023:XXX'],
			['score', 'a', 'b', '--json=yes'],
			['score', 'a', 'b', '--frobnicate'],
			['agreement', file('reference.nii')],
			['score', 'a', 'b', '--lang', 'de'],
		]) {
			const { code, out, error } = await run(...argv);
			expect([argv, code, out]).toEqual([argv, 2, '']);
			expect(error).toMatch(/Usage: concord/);
		}
	});

	it('is nothing where help is asked for', async () => {
		for (const argv of [['--help'], ['score', '--help'], ['agreement', '-h']]) {
			const { code, out } = await run(...argv);
			expect([code, out]).toEqual([0, expect.stringContaining('concord')]);
		}
	});
});

const hostile = sharedFolder('testdata/formats/made');

describe.skipIf(hostile === undefined)('hostile files', () => {
	it.each([
		'bad_dims_bomb.nii',
		'bad_empty.nii',
		'bad_gzipbomb_200MB.nii.gz',
		'bad_header_only.nii',
		'bad_magic.nii',
		'bad_negative_dim.nii',
		'bad_truncated.nii',
		'bad_truncated.nii.gz',
		'n1_f4_nan_inf.nii.gz',
		'n1_rgb24.nii.gz',
		'seg_noninteger.nii.gz',
		'seg_shifted_affine_3mm.nii.gz',
		'seg_wrong_shape.nii.gz',
		'analyze75.hdr',
		'u1.mgh',
		'raw.nrrd',
	])('%s is refused by every command', async (name) => {
		const good = join(hostile!, 'n1_u1.nii');
		for (const command of ['score', 'agreement']) {
			const { code, out, lines } = await run(command, good, join(hostile!, name));
			expect([code, out]).toEqual([1, '']);
			expect(lines.every((line) => line.includes(name) && !line.includes('\n'))).toBe(true);
			expect(lines.length).toBeGreaterThan(0);
		}
	});
});
