import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { readVolume } from '../../src/formats/readVolume.ts';
import { COLUMNS, evenly, PERSON, ROWS, STUDY, seriesFiles, sliceVoxels } from '../unit/formats/dicomStudy.ts';
import { test } from './server.ts';
import { readKeptFiles } from './support/keptFiles.ts';

test('a folder with two DICOM series opens as a case: same voxels, no name kept', async ({ page }) => {
	const folder = await mkdtemp(join(tmpdir(), 'concord-study-'));
	for (const [name, offset] of [
		['SE3', 0],
		['SE4', 1000],
	] as const)
		for (const [path, bytes] of seriesFiles(name, { ...STUDY[name]!, places: evenly(30, 4), offset })) {
			await mkdir(dirname(join(folder, path)), { recursive: true });
			await writeFile(join(folder, path), bytes);
		}
	await page.goto('/en/open/');
	await page.locator('input[data-choose="folder"]').setInputFiles(folder);
	const rows = page.locator('.files .file:not(.whole)');
	await expect(rows).toHaveCount(2);
	await expect(rows.nth(0).locator('select')).toHaveValue('FLAIR');
	await expect(rows.nth(1).locator('select')).toHaveValue('T1C');
	await expect(rows.nth(0)).toContainText('Ax T2 FLAIR');
	await expect(rows.nth(0)).toContainText('24 × 20 × 30');
	await expect(rows.nth(0).locator('.issues')).toContainText('In PatientName');
	await expect(page.locator('body')).not.toContainText('Zhang');

	await page.locator('.open-room footer .btn.pri').click();
	await page.waitForURL('**/practice/?case=*');
	await page.waitForSelector('.wb[data-ready=true]', { timeout: 90_000 });
	const kept = await readKeptFiles(page);
	expect([...kept.keys()].sort()).toEqual(['FLAIR.nii.gz', 'T1C.nii.gz']);
	for (const [name, bytes] of kept) {
		const read = readVolume(bytes, name);
		if (!read.ok) throw new Error(JSON.stringify(read.issues));
		expect(read.value.grid.dims).toEqual([COLUMNS, ROWS, 30]);
		const offset = name.startsWith('T1C') ? 1000 : 0;
		expect([...read.value.data]).toEqual(evenly(30, 1).flatMap((n) => sliceVoxels(n, offset)));
		expect(read.value.texts).toEqual([]);
		expect(gunzipSync(bytes).includes(PERSON)).toBe(false);
	}
	await rm(folder, { recursive: true });
});
