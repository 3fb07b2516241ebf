import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { readNifti } from '../../src/formats/nifti.ts';
import { writeNifti } from '../../src/formats/niftiWrite.ts';
import { segmentMask } from '../../src/formats/segmentation.ts';
import type { Grid } from '../../src/grid/grid.ts';
import { reorderVoxels } from '../../src/grid/reorder.ts';
import { readSegments } from '../../src/importers/readSegments.ts';
import { REGION_SEQUENCE, type Region } from '../../src/protocol/protocol.ts';
import { sharedFolder } from '../sharedData.ts';
import { runConcord } from '../unit/cli/runConcord.ts';
import { folders, test } from './server.ts';
import { readCatalogueCase, volumeOf } from './support/caseFiles.ts';
import { openFromDisk } from './support/openedCase.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { SLOW } from './support/slow.ts';
import { unzipped } from './support/unzipped.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const REGIONS = ['WT', 'ET', 'TB', 'NE'] as const;
const fileOf = (region: Region) =>
	resolve(folders.data, 'cases/ring-01', `ring-01_${REGION_SEQUENCE[region]}_${region}.nii.gz`);

async function startImport(page: Page, chosen: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0]) {
	await page.locator('.filebtns button').first().click();
	await page.locator('input[data-choose="masks"]').setInputFiles(chosen);
	await expect(page.locator('dialog .working')).toHaveCount(0);
	return page.locator('dialog');
}

/** Drops a file on the images, as from a folder beside the browser. */
async function dropMask(page: Page, name: string, bytes: Uint8Array) {
	const transfer = await page.evaluateHandle(
		([name, base64]) => {
			const data = new DataTransfer();
			data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name));
			return data;
		},
		[name, Buffer.from(bytes).toString('base64')] as const,
	);
	for (const type of ['dragover', 'drop'])
		await page.locator('main.view').dispatchEvent(type, { dataTransfer: transfer });
}

async function importMasks(page: Page, chosen: Parameters<typeof startImport>[1]) {
	const dialog = await startImport(page, chosen);
	await dialog.locator('footer .btn.pri').click();
	await expect(page.locator('dialog')).toHaveCount(0);
}

async function download(page: Page, what: string): Promise<{ name: string; bytes: Buffer }> {
	const [file] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-export="${what}"]`).click()]);
	return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

const elements = (mask: ArrayLike<number>) =>
	new Set(Array.from({ length: mask.length }, (_, n) => n).filter((n) => mask[n] !== 0));
const referenceOf = (region: Region) => elements(files.references.get(region) ?? []);

/** A mask in the order of the series that its region is drawn on. */
function onGrid(region: Region, grid: Grid, mask: Uint8Array): Uint8Array {
	const ordered = reorderVoxels(mask, grid, volumeOf(files, region).grid);
	if (!ordered) throw new Error(`got a mask of ${region} elsewhere, expected it on the grid of its series`);
	return ordered;
}

/** A reference as another tool might store it: x running the other way, at the same places. */
function turned(region: Region, change: (affine: number[]) => void = () => undefined) {
	const { grid } = volumeOf(files, region);
	const [nx, ny, nz] = grid.dims;
	const data = new Uint8Array(nx * ny * nz);
	const reference = files.references.get(region)!;
	for (let row = 0; row < ny * nz; row++)
		for (let i = 0; i < nx; i++) data[row * nx + nx - 1 - i] = reference[row * nx + i]!;
	const affine = [...grid.affine];
	for (const row of [0, 4, 8]) {
		affine[row + 3] = grid.affine[row + 3]! + (nx - 1) * grid.affine[row]!;
		affine[row] = -grid.affine[row]!;
	}
	change(affine);
	return writeNifti({ grid: { dims: grid.dims, affine } satisfies Grid, data });
}

test('zh: four masks named by the rule find their places, can be taken back, last, and are scored', async ({
	page,
}) => {
	const room = new ReadingRoom(page, files);
	await room.open('zh');
	await importMasks(page, REGIONS.map(fileOf));
	for (const region of REGIONS) await room.expectDrawn(region, referenceOf(region));
	await page.keyboard.press('Control+z');
	await room.expectDrawn('NE', new Set());
	await room.expectDrawn('TB', referenceOf('TB'));
	await page.keyboard.press('Control+y');
	await room.expectDrawn('NE', referenceOf('NE'));
	await page.reload();
	await room.loaded();
	for (const region of REGIONS) await room.expectDrawn(region, referenceOf(region));
	await room.score();
	for (const region of REGIONS) expect(Number(await room.figure(region, 'dice'))).toBe(1);
	await expect(page.locator('.findings li')).toHaveCount(0);
});

test('a mask dropped on the images opens the dialogue with it, also on a score', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const dialog = page.locator('dialog');
	await dropMask(page, 'ring-01_T2_TB.nii.gz', readFileSync(fileOf('TB')));
	await expect(dialog.locator('[data-file="ring-01_T2_TB.nii.gz"]')).toContainText('Fits T2WI voxel by voxel');
	await dropMask(page, 'ring-01_T1C_NE.nii.gz', readFileSync(fileOf('NE')));
	await expect(dialog.locator('[data-file]')).toHaveCount(2);
	// What was read is not thrown away by a cancelled file picker, nor by a click beside the dialogue.
	await page
		.locator('input[data-choose="masks"]')
		.evaluate((input) => input.dispatchEvent(new Event('cancel', { bubbles: true })));
	await page.mouse.click(6, 6);
	await expect(dialog.locator('[data-file]')).toHaveCount(2);
	await dialog.locator('footer .btn.pri').click();
	await expect(dialog).toHaveCount(0);
	await room.expectDrawn('TB', referenceOf('TB'));
	await room.expectDrawn('NE', referenceOf('NE'));
	await room.score();
	await dropMask(page, 'ring-01_T1C_ET.nii.gz', readFileSync(fileOf('ET')));
	await dialog.locator('footer .btn.pri').click();
	await expect(dialog).toHaveCount(0);
	await room.expectDrawn('ET', referenceOf('ET'));
});

test('en: another storage order is put right; a mirrored or moved mask is told in words and not taken', async ({
	page,
}) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const mask = (name: string, bytes: Uint8Array) => ({ name, mimeType: '', buffer: Buffer.from(bytes) });
	const dialog = await startImport(page, [
		mask('P7_FLAIR_WT.nii', turned('WT')),
		mask(
			'P7_T1C_ET.nii',
			turned('ET', (affine) => affine.splice(11, 1, affine[11]! - 3)),
		),
		mask(
			'P7_T2_TB.nii',
			turned('TB', (affine) => affine.splice(0, 4, ...affine.slice(0, 4).map((v) => -v))),
		),
		mask('P7_T1C_NE.nii', new Uint8Array(400)),
	]);
	await expect(dialog.locator('[data-file="P7_FLAIR_WT.nii"]')).toContainText('in another axis order');
	await expect(dialog.locator('[data-file="P7_T1C_ET.nii"]')).toContainText('Shifted 3.0 mm towards the feet');
	await expect(dialog.locator('[data-file="P7_T2_TB.nii"]')).toContainText('Flipped left–right');
	await expect(dialog.locator('[data-broken="P7_T1C_NE.nii"]')).toContainText('The format of this file is not known');
	await dialog.locator('footer .btn.pri').click();
	await expect(page.locator('dialog')).toHaveCount(0);
	await room.expectDrawn('WT', referenceOf('WT'));
	for (const region of ['ET', 'TB', 'NE'] as const) await room.expectDrawn(region, new Set());
});

test('a mask drawn on another sequence is carried over, and the score names the rule', SLOW, async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const { grid } = volumeOf(files, 'TB');
	const onT2 = writeNifti({ grid, data: files.references.get('TB')! });
	await importMasks(page, [{ name: 'drawing.nii', mimeType: '', buffer: Buffer.from(onT2) }]);
	const drawn = await room.drawn('WT');
	expect(drawn.size).toBeGreaterThan(1000);
	await room.score();
	await expect(page.locator('.findings')).toContainText('drawn on T2');
	await page.locator('.findings').getByRole('button', { name: /more/ }).click();
	await expect(page.locator('.findings')).toContainText('The file did not follow the naming rule');
	await expect(page.locator('.findings')).toContainText('_FLAIR_WT.nii.gz');
});

test('what is drawn goes out as NIfTI, .seg.nrrd, DICOM SEG and as the whole attempt, and reads back the same', async ({
	page,
}) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	await importMasks(page, REGIONS.map(fileOf));
	await room.score();
	await page.getByRole('button', { name: 'Export' }).click();
	const patient = page.locator('dialog input');
	await patient.fill('张三');
	await expect(page.locator('[data-export="nifti"]')).toBeDisabled();
	await patient.fill('P0012');

	const nifti = unzipped((await download(page, 'nifti')).bytes);
	expect([...nifti.keys()]).toEqual(REGIONS.map((region) => `P0012_${REGION_SEQUENCE[region]}_${region}.nii.gz`));
	for (const [n, bytes] of [...nifti.values()].entries()) {
		const read = readNifti(bytes, 'mask');
		if (!read.ok) throw new Error(JSON.stringify(read.issues));
		expect(elements(read.value.data)).toEqual(referenceOf(REGIONS[n]!));
	}

	const exported = new Map<string, ReadonlyMap<string, Uint8Array>>();
	for (const format of ['segNrrd', 'dicomSeg'] as const) {
		const segmentations = unzipped((await download(page, format)).bytes);
		const found = new Map<string, Set<number>>();
		for (const [name, bytes] of segmentations) {
			expect(name).toMatch(/^P0012_(FLAIR_WT|T1C_ET-NE|T2_TB)\.(seg\.nrrd|dcm)$/);
			const read = readSegments(bytes, name);
			if (!read.ok) throw new Error(JSON.stringify(read.issues));
			for (const segment of read.value.segments)
				found.set(
					segment.name,
					elements(onGrid(segment.name as Region, read.value.grid, segmentMask(read.value, segment))),
				);
		}
		for (const region of REGIONS) expect(found.get(region), `${format} ${region}`).toEqual(referenceOf(region));
		exported.set(format, segmentations);
	}

	const attempt = unzipped((await download(page, 'attempt')).bytes);
	expect([...attempt.keys()].sort()).toEqual([
		'journal.json',
		...REGIONS.map((region) => `masks/P0012_${REGION_SEQUENCE[region]}_${region}.nii.gz`).sort(),
		'report.txt',
		'reports.json',
	]);
	const json = (name: string) => JSON.parse(new TextDecoder().decode(attempt.get(name)));
	expect(json('journal.json').events.filter(({ kind }: { kind: string }) => kind === 'import')).toHaveLength(4);
	expect(json('reports.json').reports).toHaveLength(1);
	expect(new TextDecoder().decode(attempt.get('report.txt'))).toContain('Dice: 1.0000');

	// Into an empty attempt again, by the page itself.
	await page.keyboard.press('Escape');
	await page.locator('.top .btn.pri').click();
	for (const [format, segmentations] of exported) {
		await page.getByRole('button', { name: 'Start over' }).click();
		await page.locator('dialog footer .btn.pri').click();
		for (const region of REGIONS) await room.expectDrawn(region, new Set());
		await importMasks(
			page,
			[...segmentations].map(([name, bytes]) => ({ name, mimeType: '', buffer: Buffer.from(bytes) })),
		);
		for (const region of REGIONS) {
			const drawn = await room.drawn(region);
			expect(drawn, `${format} ${region}`).toEqual(referenceOf(region));
		}
	}
});

const real = sharedFolder('testdata/real');

test(
	'the masks of four raters of a real case, uploaded, give the figures of concord score to the last digit',
	SLOW,
	async ({ page }) => {
		test.skip(real === undefined, 'no shared test data');
		test.slow();
		const folder = resolve(real ?? '', 'TCGA-FG-6692');
		const series = { T1: 't1.nii.gz', T1C: 't1c.nii.gz', T2: 't2.nii.gz', FLAIR: 'fla.nii.gz' };
		const reference = 'seg_fusion_mav.nii.gz';
		const labels = ['WT=1,2,4', 'ET=4', 'TB=1,4', 'NE=1'].flatMap((region) => ['--region', region]);
		await openFromDisk(page, 'en', { folder, series, reference });
		const room = new ReadingRoom(page, files);
		await room.loaded();
		for (const rater of ['hnfnetv1-20', 'isen-20', 'sanet0-20', 'yixinmpl-20']) {
			const mask = resolve(folder, 'raters', `${rater}.nii.gz`);
			const dialog = await startImport(page, [mask]);
			await dialog.locator('select').first().selectOption('brats2018');
			await dialog.locator('footer .btn.pri').click();
			await expect(page.locator('dialog')).toHaveCount(0);
			await room.score();

			const { out } = await runConcord('score', resolve(folder, reference), mask, ...labels, '--json');
			const expected = JSON.parse(out).regions;
			for (const region of REGIONS) {
				const { dice, hd95Mm, hdMm, assdMm, sensitivity, precision, nsd } = expected[region];
				const figure = async (measure: 'dice' | 'sensitivity' | 'precision', value: number) =>
					expect(await room.figure(region, measure), `${rater} ${region} ${measure}`).toBe(String(value));
				await figure('dice', dice);
				await figure('sensitivity', sensitivity);
				await figure('precision', precision);
				const others = { hd95: hd95Mm, hd: hdMm, assd: assdMm, nsd1: nsd['1'] };
				for (const [id, value] of Object.entries(others)) {
					const shown = page.locator(`[data-figure="${id}"]`);
					expect(await shown.getAttribute('data-value'), `${rater} ${region} ${id}`).toBe(String(value));
				}
			}
			await page.locator('.top .btn.pri').click();
		}
	},
);
