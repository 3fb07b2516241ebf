import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { folders, test } from './server.ts';
import { brushed } from './support/brushed.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { readStored } from './support/journal.ts';
import { openFromDisk } from './support/openedCase.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { around, middleOf } from './support/referenceShape.ts';
import { SLOW } from './support/slow.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const STROKE = [
	[-12, -4],
	[4, 6],
	[12, 0],
] as const;

async function saveBackup(page: Page, locale: 'zh' | 'en', path: string): Promise<void> {
	await page.goto(`/${locale}/cases/`);
	const download = page.waitForEvent('download');
	await page.locator('#backup button').first().click();
	const saved = await download;
	expect(saved.suggestedFilename()).toMatch(/^concord-backup-\d{4}-\d\d-\d\d\.zip$/);
	await saved.saveAs(path);
	await expect(page.locator('[data-backup]')).toHaveAttribute('data-backup', 'saved');
	await expect(page.locator('[data-backup]')).toContainText(locale === 'zh' ? '已交给浏览器下载' : 'downloads');
	// The keyboard is where it was.
	await expect(page.locator('#backup button').first()).toBeFocused();
}

async function restoreFrom(page: Page, locale: 'zh' | 'en', path: string): Promise<void> {
	await page.goto(`/${locale}/cases/`);
	await page.locator('#backup input[type=file]').setInputFiles(path);
	await expect(page.locator('[data-backup]')).toHaveAttribute('data-backup', /restored|refused|failed/);
}

test('a backup brings the drawing and its reports into another browser, voxel for voxel, and a damaged one changes nothing', async ({
	page,
	browser,
	site,
}, testInfo) => {
	test.slow();
	const path = testInfo.outputPath('backup.zip');
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const { slice, at } = middleOf(files, 'WT');
	await room.goToSlice('FLAIR', slice);
	await room.brush(12);
	const { view } = await room.placement('FLAIR');
	const drawn = brushed(view, slice, await room.stroke('FLAIR', around(at, STROKE)), 12);
	await room.expectDrawn('WT', drawn);
	await room.score();
	await expect.poll(async () => (await readStored(page)).reports.length).toBe(1);
	// Leaving the room writes the last looks.
	await page.goto('/en/cases/');
	await expect(page.locator('table.attempts tbody tr')).toHaveCount(1);
	const before = await readStored(page);
	await saveBackup(page, 'en', path);
	expect(await readStored(page)).toEqual(before);

	// One's own backup changes nothing.
	await restoreFrom(page, 'en', path);
	await expect(page.locator('[data-restored]')).toHaveCount(1);
	await expect(page.locator('[data-restored="same"]')).toHaveAttribute('data-attempts', '1');
	expect(await readStored(page)).toEqual(before);

	const context = await browser.newContext({ baseURL: site.url });
	const other = await context.newPage();
	// A byte of an attempt, in the middle of the file, is another one.
	const damaged = await readFile(path);
	damaged[Math.round(damaged.length / 3)]! ^= 0xff;
	await writeFile(testInfo.outputPath('damaged.zip'), damaged);
	await restoreFrom(other, 'zh', testInfo.outputPath('damaged.zip'));
	await expect(other.locator('[data-backup="refused"] .notice')).toContainText('已损坏');
	await expect(other.locator('[data-backup="refused"] .notice')).toContainText('没有动过');
	expect((await readStored(other)).attempts).toEqual([]);
	await writeFile(testInfo.outputPath('cut.zip'), damaged.subarray(0, damaged.length - 200));
	await restoreFrom(other, 'zh', testInfo.outputPath('cut.zip'));
	await expect(other.locator('[data-backup="refused"] .notice')).toContainText('不完整');
	await other.locator('#backup input[type=file]').setInputFiles({
		name: 'a.txt',
		mimeType: 'text/plain',
		buffer: Buffer.from('hello'),
	});
	await expect(other.locator('[data-backup="refused"] .notice')).toContainText('不是备份');
	expect((await readStored(other)).attempts).toEqual([]);

	await restoreFrom(other, 'zh', path);
	await expect(other.locator('[data-restored="added"]')).toHaveAttribute('data-attempts', '1');
	await expect(other.locator('table.attempts tbody tr')).toHaveCount(1);
	const there = new ReadingRoom(other, files);
	await there.open('zh');
	await there.expectDrawn('WT', drawn);
	const restored = await readStored(other);
	expect(restored.reports.map(({ report }) => report)).toEqual(before.reports.map(({ report }) => report));
	await other.keyboard.press('Control+z');
	await there.expectDrawn('WT', new Set());
	await context.close();
});

test('a backup brings what was answered into another browser, once', async ({ page, browser, site }, testInfo) => {
	const path = testInfo.outputPath('backup.zip');
	await page.goto('/zh/lessons/scope/');
	const think = page.locator('[data-think]').first();
	const { key } = JSON.parse((await think.getAttribute('data-think')) ?? '') as { key: string[] };
	for (const id of key) await think.locator(`input[value="${id}"]`).check();
	await think.locator('[data-check]').click();
	await expect(think.locator('[data-kept]')).toBeVisible();
	await saveBackup(page, 'zh', path);

	const context = await browser.newContext({ baseURL: site.url });
	const other = await context.newPage();
	await restoreFrom(other, 'en', path);
	await expect(other.locator('[data-restored="learner"]')).toHaveText(
		'Learning records: 1 added, 0 were here already.',
	);
	await restoreFrom(other, 'en', path);
	await expect(other.locator('[data-restored="learner"]')).toHaveText(
		'Learning records: 0 added, 1 were here already.',
	);
	await context.close();
});

const ringSwitch = (page: Page) => page.locator('[data-case="ring-01"]').getByRole('switch', { name: /Keep offline/ });

test('a case switched to offline opens, is drawn and scored with the server gone; a stopped download goes on', async ({
	page,
	site,
}) => {
	test.slow();
	await page.goto('/en/cases/');
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (navigator.serviceWorker.controller) return;
		await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
	});
	const offline = ringSwitch(page);
	await expect(offline).toHaveAttribute('aria-checked', 'false');
	// The network goes away after the first series.
	let left = 2;
	await page.context().route('**/cases/ring-01/*.nii.gz*', (route) => (left-- > 0 ? route.continue() : route.abort()));
	await offline.click();
	await expect(page.locator('.rows.kept .attn')).toContainText('could not be reached');
	await expect(offline).toHaveAttribute('aria-checked', 'false');
	const fetched: string[] = [];
	await page.context().unroute('**/cases/ring-01/*.nii.gz*');
	await page.context().route('**/cases/ring-01/*.nii.gz*', (route) => {
		fetched.push(route.request().url());
		return route.continue();
	});
	await page.reload();
	await expect(page.locator('[data-case="ring-01"] .keeping').first()).toContainText('kept; switch on to go on');
	await offline.click();
	await expect(offline).toHaveAttribute('data-kept', 'kept', { timeout: 60_000 });
	expect(fetched).toHaveLength(files.volumes.size + files.references.size + files.layers.length - 2);
	await expect(page.locator('[data-remove-part]')).toHaveCount(0);

	await site.stop();
	await expect(fetch(site.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
	await page.reload();
	await expect(offline).toHaveAttribute('aria-checked', 'true');
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const { slice, at } = middleOf(files, 'WT');
	await room.goToSlice('FLAIR', slice);
	await room.brush(12);
	const { view } = await room.placement('FLAIR');
	await room.expectDrawn('WT', brushed(view, slice, await room.stroke('FLAIR', around(at, STROKE)), 12));
	await room.score();
	expect(Number(await room.figure('WT', 'dice'))).toBeGreaterThan(0.02);

	await page.goto('/en/cases/');
	await offline.click();
	await expect(offline).toHaveAttribute('aria-checked', 'false');
	const kept = await page.evaluate(async () =>
		(await (await caches.open('concord-cases')).keys()).map(({ url }) => url),
	);
	expect(kept.filter((url) => url.includes('/ring-01/'))).toEqual([]);
	await page.goto('/en/practice/?case=ring-01');
	await expect(page.locator('[data-failure]')).toHaveAttribute('data-failure', 'unreachable');
});

test('a part of a case that is kept can be let go', async ({ page }) => {
	await page.goto('/en/cases/');
	const offline = ringSwitch(page);
	let left = 1;
	await page.context().route('**/cases/ring-01/*.nii.gz*', (route) => (left-- > 0 ? route.continue() : route.abort()));
	await offline.click();
	await expect(page.locator('.rows.kept .attn')).toContainText('could not be reached');
	await page.locator('[data-remove-part]').first().click();
	await expect(page.locator('[data-remove-part]')).toHaveCount(0);
	await expect(page.locator('.rows.kept .attn')).toHaveCount(0);
	await expect(offline).toBeFocused();
	const kept = await page.evaluate(async () =>
		(await (await caches.open('concord-cases')).keys()).map(({ url }) => url),
	);
	expect(kept.filter((url) => url.includes('/ring-01/'))).toEqual([]);
});

test(
	'what was just deleted, here and in another tab, is restored and stays; the keyboard keeps its place',
	SLOW,
	async ({ page, context }, testInfo) => {
		const path = testInfo.outputPath('backup.zip');
		await openFromDisk(page, 'en', {
			folder: resolve(folders.data, 'cases/ring-01'),
			series: { FLAIR: 'FLAIR.nii.gz' },
		});
		await page.waitForSelector('.wb[data-ready=true]', { timeout: 60_000 });
		await saveBackup(page, 'en', path);
		const other = await context.newPage();
		await other.goto('/en/cases/');
		const remove = async (tab: Page, section: string) => {
			await tab.locator(`${section} .actions button`).click();
			await tab.keyboard.press('Shift+Tab');
			await tab.keyboard.press('Enter');
			await expect(tab.locator(`${section} h2`)).toBeFocused();
			await expect(tab.locator('.corner .toast')).toHaveCount(1);
		};
		await remove(other, '#attempts');
		await remove(page, '#own');
		await page.locator('#backup input[type=file]').setInputFiles(path);
		await expect(page.locator('[data-restored="added"]')).toHaveText('Added: 1 attempt and 1 case.');
		await expect(other.locator('.corner .toast')).toHaveCount(0);
		await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
		await expect(other.locator('table.attempts tbody tr')).toHaveCount(1);
		// Longer than a removal can be taken back.
		await page.waitForTimeout(9500);
		for (const tab of [page, other]) {
			await tab.reload();
			await expect(tab.locator('#own .rows li')).toHaveCount(1);
			await expect(tab.locator('table.attempts tbody tr')).toHaveCount(1);
		}
	},
);

test(
	'of a backup with one damaged image the rest can be restored, and the case is named',
	SLOW,
	async ({ page, browser, site }, testInfo) => {
		const path = testInfo.outputPath('backup.zip');
		await openFromDisk(page, 'en', {
			folder: resolve(folders.data, 'cases/ring-01'),
			series: { FLAIR: 'FLAIR.nii.gz' },
		});
		await page.waitForSelector('.wb[data-ready=true]', { timeout: 60_000 });
		await saveBackup(page, 'en', path);
		const damaged = await readFile(path);
		// Most of the file is the image.
		damaged[Math.round(damaged.length / 2)]! ^= 0xff;
		await writeFile(path, damaged);
		const context = await browser.newContext({ baseURL: site.url });
		const other = await context.newPage();
		await restoreFrom(other, 'en', path);
		await expect(other.locator('[data-backup="refused"] .notice')).toContainText('The rest is whole: 1 attempt.');
		expect((await readStored(other)).attempts).toEqual([]);
		await other.locator('[data-rest]').click();
		await expect(other.locator('[data-restored="added"]')).toHaveText('Added: 1 attempt.');
		await expect(other.locator('[data-left-out="case"]')).toContainText(
			'Damaged in the backup and not restored: the case',
		);
		await expect(other.locator('#backup button').nth(1)).toBeFocused();
		await expect(other.locator('table.attempts tbody tr')).toHaveCount(1);
		await expect(other.locator('#own .rows li')).toHaveCount(0);
		await context.close();
	},
);

test(
	'an own case comes along with its images and is the same when it is restored again',
	SLOW,
	async ({ page, browser, site }, testInfo) => {
		const path = testInfo.outputPath('backup.zip');
		const id = await openFromDisk(page, 'en', {
			folder: resolve(folders.data, 'cases/ring-01'),
			series: { FLAIR: 'FLAIR.nii.gz' },
		});
		await page.waitForSelector('.wb[data-ready=true]', { timeout: 60_000 });
		await saveBackup(page, 'en', path);

		const context = await browser.newContext({ baseURL: site.url });
		const other = await context.newPage();
		await restoreFrom(other, 'en', path);
		await expect(other.locator('[data-restored="added"]')).toHaveAttribute('data-cases', '1');
		await other.goto(`/en/practice/?case=${id}`);
		await other.waitForSelector('.wb[data-ready=true]', { timeout: 60_000 });
		await expect(other.locator('[data-panel="FLAIR"]')).not.toHaveAttribute('data-slice', '0', { timeout: 60_000 });
		await restoreFrom(other, 'en', path);
		await expect(other.locator('[data-restored]')).toHaveCount(1);
		await expect(other.locator('[data-restored="same"]')).toHaveAttribute('data-cases', '1');
		await context.close();
	},
);
