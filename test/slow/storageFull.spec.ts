import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { readNifti } from '../../src/formats/nifti.ts';
import { folders, test } from '../e2e/server.ts';
import { brushed } from '../e2e/support/brushed.ts';
import { readCatalogueCase } from '../e2e/support/caseFiles.ts';
import { quotaOf } from '../e2e/support/quota.ts';
import { ReadingRoom } from '../e2e/support/readingRoom.ts';
import { around, middleOf } from '../e2e/support/referenceShape.ts';
import { unzipped } from '../e2e/support/unzipped.ts';

const ring = readCatalogueCase(folders.data, 'ring-01');
const STROKES = [
	[
		[-14, 4],
		[2, -9],
	],
	[
		[9, 11],
		[16, -3],
	],
	[
		[-20, 0],
		[-3, 12],
	],
] as const;

/** For so long Chromium remembers how much room there was. */
const ROOM_REMEMBERED_MS = 31_000;

test('with the disk full what is drawn is held, the page says what to do, and all of it is kept once there is room', async ({
	page,
	site,
}) => {
	test.slow();
	const setQuota = await quotaOf(page, site.url);
	const room = new ReadingRoom(page, ring);
	await room.open('zh');
	const { slice, at } = middleOf(ring, 'WT');
	await room.goToSlice('FLAIR', slice);
	const { view } = await room.placement('FLAIR');
	const drawn = new Set<number>();
	const draw = async (n: 0 | 1 | 2) => {
		const path = await room.stroke('FLAIR', around(at, STROKES[n]));
		for (const element of brushed(view, slice, path, 6)) drawn.add(element);
	};
	const strokes = async () => (await room.events()).filter(({ kind }) => kind === 'stroke').length;
	await draw(0);
	await room.expectDrawn('WT', drawn);

	await setQuota(1);
	await page.waitForTimeout(ROOM_REMEMBERED_MS);
	await draw(1);
	const mark = page.locator('[data-saved]');
	await expect(mark).toHaveAttribute('data-saved', 'failed');
	await expect(mark).toContainText('没存上，磁盘已满');
	const told = page.locator('[data-not-saved="full"]');
	await expect(told).toContainText('先别关页面，画的都还在');
	await expect(told.getByRole('link')).toHaveAttribute('href', '/zh/cases/');
	// Drawing goes on. Nobody is let go without a word.
	await draw(2);
	expect(await strokes()).toBe(1);
	const asked = page.waitForEvent('dialog').then(async (dialog) => {
		expect(dialog.type()).toBe('beforeunload');
		await dialog.dismiss();
	});
	await page.close({ runBeforeUnload: true });
	await asked;
	await page.getByRole('button', { name: '重试' }).click();
	await expect(mark).toHaveAttribute('data-saved', 'failed');
	expect(await strokes()).toBe(1);
	// What is held can leave as a file, all of it.
	await told.getByRole('button').click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.locator('[data-export="attempt"]').click(),
	]);
	const files = unzipped(readFileSync(await download.path()));
	const mask = readNifti(files.get('masks/ring-01_FLAIR_WT.nii.gz') ?? new Uint8Array(), 'WT');
	if (!mask.ok) throw new Error(JSON.stringify(mask.issues));
	expect(new Set(mask.value.data.keys().filter((n) => mask.value.data[n] !== 0))).toEqual(drawn);
	await page.keyboard.press('Escape');

	await setQuota();
	await page.getByRole('button', { name: '重试' }).click();
	await room.expectDrawn('WT', drawn);
	await expect(told).toHaveCount(0);
	await page.reload();
	await room.loaded();
	await room.expectDrawn('WT', drawn);
	expect(await strokes()).toBe(3);

	// A database cannot even be opened on a full disk. The megabyte that was laid by lets the list of cases do it.
	const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
	await page.goto('about:blank');
	await page.waitForTimeout(ROOM_REMEMBERED_MS);
	await setQuota(used - 300_000);
	await page.goto('/zh/cases/');
	await expect(page.locator('table.attempts tbody tr')).toHaveCount(1);
	expect(await page.evaluate(() => caches.has('concord-reserve'))).toBe(false);

	// Without it the list says so and can still free room.
	await page.goto('about:blank');
	await page.waitForTimeout(ROOM_REMEMBERED_MS);
	await setQuota(1);
	await page.goto('/zh/cases/');
	await expect(page.locator('.notice[role=alert]')).toContainText('空间满了');
	const offline = page.locator('[data-case="ring-01"]').getByRole('switch');
	await expect(offline).toHaveAttribute('aria-checked', 'true');
	await offline.click();
	await expect(offline).toHaveAttribute('aria-checked', 'false');
	await offline.click();
	await expect(page.locator('.rows.kept .attn')).toContainText('空间满了');
	await setQuota();
	await page.getByRole('button', { name: '再试一次' }).click();
	await expect(page.locator('table.attempts tbody tr')).toHaveCount(1);
});
