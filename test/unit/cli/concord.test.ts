import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { gzip } from '../../../src/formats/deflate.ts';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import type { VoxelData } from '../../../src/formats/volume.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { runConcord as run } from './runConcord.ts';

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
	let twoSeries: string;
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
		// The same case with a plain T1 that lies 1 mm to the side.
		twoSeries = await mkdtemp(join(tmpdir(), 'concord-case-'));
		const t1 = { ...GRID, affine: GRID.affine.map((v, at) => (at === 3 ? 1 : v)) };
		const series = [...manifest.series, { file: 'T1.nii', bytes: 1, sequence: 'T1' }];
		await writeFile(join(twoSeries, 'case.json'), JSON.stringify({ ...manifest, series }));
		const image = new Uint8Array(writeNifti({ grid: t1, data: new Int16Array(VOXELS) }));
		await writeFile(join(twoSeries, 'T1.nii'), image);
		await writeFile(join(twoSeries, 'reference-wt.nii'), new Uint8Array(writeNifti({ grid: GRID, data: box(0, 4) })));
		await save('P1_T1_WT.nii', box(0, 4), t1);
	});

	it('tells which rules were broken, where and how badly, in words and as JSON', async () => {
		const [words, zh, json] = await Promise.all([
			run('findings', folder, file('P1_FLAIR_WT.nii')),
			run('findings', folder, `WT=${file('P1_FLAIR_WT.nii')}`, '--lang', 'zh'),
			run('findings', folder, file('P1_FLAIR_WT.nii'), '--json'),
		]);
		expect(words.out).toContain('E10 Whole tumour lesion 1: First or last slices missed: 1');
		expect(words.out).toContain('[R6-8b] (FLAIR slice 4)');
		expect(zh.out).toContain('漏画首层或末层');
		expect(JSON.parse(json.out)).toMatchObject({
			caseId: 'box',
			policyVersion: '1.1.0',
			findings: [{ code: 'E10', region: 'WT', where: { sequence: 'FLAIR', slice: 3 }, magnitude: { value: 1 } }],
		});
		expect([words.code, zh.code, json.code]).toEqual([0, 0, 0]);
	});

	it('says what is wrong with the case, the names and the masks', async () => {
		const usage = await run('findings', folder, 'mask.nii', 'WT=a', 'WT=b');
		expect(usage.code).toBe(2);
		expect(usage.error).toContain('"mask.nii" does not tell its region');
		expect(usage.error).toContain('The region WT is given twice');
		expect((await run('findings', folder)).code).toBe(2);
		const noCase = await run('findings', join(folder, 'nowhere'), 'WT=a');
		expect([noCase.code, noCase.error]).toEqual([1, expect.stringContaining('no such file')]);
		const foreign = await run('findings', folder, `ED=${file('P1_FLAIR_WT.nii')}`);
		expect([foreign.code, foreign.error]).toEqual([1, 'ED is no region of this case, there are: WT, ET, TB, NE']);
		const shifted = await run('findings', folder, `WT=${file('shifted.nii')}`);
		expect([shifted.code, shifted.error]).toEqual([1, expect.stringMatching(/E22 .*towards the feet.*R3\.2-3/)]);
	});

	it('says what of the case is damaged, all of it at once', async () => {
		const broken = await mkdtemp(join(tmpdir(), 'concord-case-'));
		const at = (content: string) => writeFile(join(broken, 'case.json'), content);
		const told = async () => (await run('findings', broken, `WT=${file('P1_FLAIR_WT.nii')}`)).lines;
		await at('{');
		expect(await told()).toEqual([expect.stringContaining('no JSON text')]);
		await at(JSON.stringify({ ...manifest, family: 'cyst', series: [] }));
		expect(await told()).toEqual([expect.stringMatching(/family.*series|series.*family/)]);
		const outside = { file: '../reference-wt.nii', bytes: 1, region: 'WT' };
		await at(JSON.stringify({ ...manifest, reference: { kind: 'perRegion', masks: [outside] } }));
		expect(await told()).toEqual([expect.stringContaining('reference.masks.0.file')]);
		await at(JSON.stringify({ ...manifest, layers: [{ kind: 'csf', file: 'csf.nii', bytes: 1 }] }));
		await writeFile(join(broken, 'csf.nii'), 'nothing of the kind');
		const lines = await told();
		expect(lines.map((line) => line.includes('reference-wt.nii') || line.includes('csf.nii'))).toEqual([true, true]);
	});

	it('names a mask whose file says another sequence, and one drawn on another series', async () => {
		const { out, code } = await run('findings', folder, file('P1_T2_WT.nii'), '--json');
		const { findings } = JSON.parse(out);
		expect(code).toBe(0);
		expect(findings.map(({ code: each }: { code: string }) => each)).toEqual(['E10', 'E24']);
		expect(findings[1]).toMatchObject({ rules: ['R3.2-4'], params: { problem: 'sequence', expected: 'FLAIR' } });
		const t1 = await run('findings', twoSeries, file('P1_T1_WT.nii'));
		expect(t1.out).toContain('E23 Whole tumour: It was drawn on T1; this region is drawn on FLAIR');
		expect(t1.code).toBe(0);
	});

	it('says that a mask has nothing to be compared with, and looks at the others', async () => {
		const found = await run('findings', folder, file('P1_FLAIR_WT.nii'), `ET=${file('P1_FLAIR_WT.nii')}`, '--json');
		expect([found.code, found.lines]).toEqual([0, [expect.stringContaining('no reference of ET')]]);
		expect(JSON.parse(found.out).findings).toHaveLength(1);
	});

	it('takes a log of tools, and says what was not checked without one', async () => {
		const mask = file('P1_FLAIR_WT.nii');
		const log = (content: unknown) => writeFile(file('log.json'), JSON.stringify(content));
		await log({ schemaVersion: 1, actions: [{ region: 'WT', tool: 'threshold' }] });
		const { out } = await run('findings', folder, mask, '--log', file('log.json'));
		expect(out).toContain('E25 Whole tumour: A proposal of a tool was left as it was');
		expect(out).not.toContain('use of tools');
		await log({
			schemaVersion: 1,
			actions: [
				{ region: 'WT', tool: 'threshold' },
				{ region: 'WT', tool: 'brush' },
			],
		});
		expect((await run('findings', folder, mask, '--log', file('log.json'))).out).not.toContain('E25');
		expect((await run('findings', folder, mask)).out).toContain('use of tools');
		await log({ schemaVersion: 1, actions: [{ region: 'XX', tool: 'saw' }] });
		const bad = await run('findings', folder, mask, '--log', file('log.json'));
		expect([bad.code, bad.lines]).toEqual([1, [expect.stringContaining('actions.0.region, actions.0.tool')]]);
	});

	it('marks the figures by the policy', async () => {
		const json = JSON.parse((await run('findings', folder, file('P1_FLAIR_WT.nii'), '--json')).out);
		expect(json.marks[0]).toMatchObject({ measure: 'dice', region: 'WT', value: 72 / 84, tier: 'good', gated: true });
		const { out } = await run('findings', folder, file('P1_FLAIR_WT.nii'));
		expect(out).toContain('Whole tumour Dice: 0.86 Good (0.80 / 0.85 / 0.90)');
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

	it('with what a mask holds, under the right header, is told beside the score', async () => {
		const grid: Grid = { dims: [20, 20, 12], affine: [1, 0, 0, -10, 0, 1, 0, -10, 0, 0, 2, -12, 0, 0, 0, 1] };
		const box = (x: number, y: number, z: number): Uint8Array => {
			const mask = new Uint8Array(4800);
			for (let k = z; k < z + 3; k++)
				for (let j = y; j < y + 5; j++) for (let i = x; i < x + 4; i++) mask[i + 20 * (j + 20 * k)] = 1;
			return mask;
		};
		await save('there.nii', box(2, 3, 1), grid);
		await save('mirrored.nii', box(14, 12, 1), grid);
		await save('lower.nii', box(2, 3, 5), grid);
		const mirrored = await run('score', file('there.nii'), file('mirrored.nii'), '--json');
		expect([mirrored.code, mirrored.lines]).toEqual([
			0,
			[
				expect.stringMatching(
					/mask: it fits once flipped left–right and front–back; Dice would be 1.00 instead of 0.00/,
				),
			],
		]);
		expect(JSON.parse(mirrored.out).regions.mask.dice).toBe(0);
		const lower = await run('score', file('there.nii'), file('lower.nii'), '--lang', 'zh');
		expect(lower.lines).toEqual([expect.stringContaining('整体向头侧移了 8.0 mm')]);
		expect((await run('score', file('there.nii'), file('there.nii'))).lines).toEqual([]);
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
