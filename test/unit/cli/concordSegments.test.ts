import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { writeDicomSeg } from '../../../src/formats/dicomSegWrite.ts';
import { writeNifti } from '../../../src/formats/niftiWrite.ts';
import { writeSegNrrd } from '../../../src/formats/segNrrdWrite.ts';
import type { Grid } from '../../../src/grid/grid.ts';
import { runConcord } from './runConcord.ts';

const GRID: Grid = { dims: [8, 8, 4], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1] };
/** From voxel 1, 1, 1 of it. */
const CUT: Grid = { dims: [6, 6, 2], affine: [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 2, 2, 0, 0, 0, 1] };
const PARTS = { 1: 'oedema', 2: 'enhancing' } as const;

/** 1 in a block, 2 in its middle; moved by `by` voxels. */
function label(grid: Grid, by = 0): Uint8Array {
	const [nx, ny, nz] = grid.dims;
	const start = grid.affine[3]!;
	return Uint8Array.from({ length: nx * ny * nz }, (_, n) => {
		const [i, j, k] = [(n % nx) + start - by, (Math.floor(n / nx) % ny) + start, Math.floor(n / nx / ny) + start];
		if (i < 1 || i > 4 || j < 1 || j > 5 || k < 1 || k > 2) return 0;
		return i > 1 && i < 4 && j > 2 && j < 5 ? 2 : 1;
	});
}
const masks = (grid: Grid, by = 0) =>
	([1, 2] as const).map((value) => ({
		name: PARTS[value],
		colour: [1, 0, 0] as const,
		mask: label(grid, by).map((found) => (found === value ? 1 : 0)),
	}));

let folder: string;
const file = (name: string) => join(folder, name);
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'concord-segments-'));
	const about = {
		patient: 'P1',
		seriesDescription: 'x',
		uid: (part: string) => `1.2.${part.length}`,
	};
	await writeFile(file('reference.nii'), writeNifti({ grid: GRID, data: label(GRID) }));
	await writeFile(file('plain.nii'), writeNifti({ grid: GRID, data: label(GRID, 1) }));
	await writeFile(file('whole.seg.nrrd'), writeSegNrrd(GRID, masks(GRID, 1)));
	await writeFile(file('cut.seg.nrrd'), writeSegNrrd(CUT, masks(CUT, 1)));
	await writeFile(file('whole.dcm'), writeDicomSeg(GRID, masks(GRID, 1), about));
	await writeFile(file('cut.dcm'), writeDicomSeg(CUT, masks(CUT, 1), about));
	const [one, two] = masks(GRID, 1);
	const all = { ...one!, mask: one!.mask.map((inside, n) => inside | two!.mask[n]!) };
	await writeFile(file('overlap.seg.nrrd'), writeSegNrrd(GRID, [all, two!]));
	await writeFile(file('P1_FLAIR_WT.dcm'), writeDicomSeg(CUT, masks(CUT), about));
	await writeFile(file('P1_T1C_ET.seg.nrrd'), writeSegNrrd(CUT, masks(CUT)));
	await writeFile(file('et.nii'), writeNifti({ grid: GRID, data: masks(GRID)[1]!.mask }));
	await writeFile(file('wt.nii'), writeNifti({ grid: GRID, data: label(GRID).map((value) => (value === 0 ? 0 : 1)) }));
	await writeFile(
		file('case.json'),
		JSON.stringify({
			schemaVersion: 1,
			id: 'p1',
			origin: 'catalogue',
			title: { zh: '', en: '' },
			subtitle: { zh: '', en: '' },
			family: 'glioma',
			synthetic: true,
			series: [
				{ file: 'reference.nii', bytes: 1, sequence: 'FLAIR' },
				{ file: 'reference.nii', bytes: 1, sequence: 'T1C' },
			],
			reference: {
				kind: 'perRegion',
				masks: [
					{ file: 'wt.nii', bytes: 1, region: 'WT' },
					{ file: 'et.nii', bytes: 1, region: 'ET' },
				],
			},
		}),
	);
});

for (const name of ['whole.seg.nrrd', 'cut.seg.nrrd', 'whole.dcm', 'cut.dcm'])
	for (const words of [[], ['--region', 'ED=1', '--region', 'ET=2']])
		test(`${name} is scored as the label map is, ${words.length > 0 ? 'by number' : 'as a whole'}`, async () => {
			const plain = await runConcord('score', file('reference.nii'), file('plain.nii'), '--json', ...words);
			const { code, out, error } = await runConcord('score', file('reference.nii'), file(name), '--json', ...words);
			expect([code, out]).toEqual([0, plain.out]);
			expect(error.includes('Segments by number: 1 oedema, 2 enhancing')).toBe(words.length > 0);
			const turned = await runConcord('score', file(name), file('reference.nii'), '--json', ...words);
			expect(turned.code).toBe(0);
		});

test('agreement takes segmentations with label maps, wherever the whole grid stands', async () => {
	const plain = ['reference.nii', 'plain.nii', 'plain.nii'].map(file);
	const mixed = ['reference.nii', 'cut.dcm', 'cut.seg.nrrd'].map(file);
	const { out } = await runConcord('agreement', ...plain, '--json', '--region', 'ET=2');
	expect((await runConcord('agreement', ...mixed, '--json', '--region', 'ET=2')).out).toBe(out);
	expect((await runConcord('agreement', ...mixed.reverse(), '--json')).code).toBe(0);
});

test('segments that overlap have no numbers, but are one mask together', async () => {
	const words = ['score', file('reference.nii'), file('overlap.seg.nrrd')];
	const refused = await runConcord(...words, '--region', 'ET=2');
	expect([refused.code, refused.error]).toEqual([
		1,
		expect.stringContaining('The segments “oedema” and “enhancing” overlap'),
	]);
	const plain = await runConcord('score', file('reference.nii'), file('plain.nii'), '--json');
	expect((await runConcord(...words, '--json')).out).toBe(plain.out);
});

test('findings takes the segment of the region, or all segments of it, cut or not', async () => {
	const given = ['P1_FLAIR_WT.dcm', 'P1_T1C_ET.seg.nrrd'].map(file);
	const { code, out } = await runConcord('findings', folder, ...given, '--json');
	expect(code).toBe(0);
	const report = JSON.parse(out);
	const dice = report.marks.filter(({ measure }: { measure: string }) => measure === 'dice');
	expect(dice.map(({ region, value }: Record<string, unknown>) => [region, value])).toEqual([
		['WT', 1],
		['ET', 1],
	]);
	const codes = report.findings.map((finding: { code: string }) => finding.code);
	expect(codes).not.toContain('E22');
	expect(codes).not.toContain('E23');
	const none = await runConcord('findings', folder, `NE=${given[0]}`);
	expect([none.code, none.error]).toEqual([1, expect.stringContaining('No segment is called NE')]);
});
