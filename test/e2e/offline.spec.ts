import { expect, type Page } from '@playwright/test';
import { folders, type TestSite, test } from './server.ts';
import { brushed } from './support/brushed.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { around, middleOf } from './support/referenceShape.ts';
import { slowInEnglish } from './support/slow.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const STROKE = [
	[-9, -4],
	[4, 6],
	[12, 0],
] as const;

/** The service worker is in charge: from here on pages come from it. */
async function servedFromHere(page: Page): Promise<void> {
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (navigator.serviceWorker.controller) return;
		await new Promise((done) => navigator.serviceWorker.addEventListener('controllerchange', done));
	});
}

/** Everything that the case needs is on this device: series, reference masks, description. */
async function keptHere(page: Page): Promise<void> {
	const count = () => page.evaluate(async () => (await (await caches.open('concord-cases')).keys()).length);
	await expect.poll(count).toBe(files.volumes.size + files.references.size + files.layers.length + 1);
}

/** Stops the server and proves it: no connection from outside, and nothing uncached from inside. */
async function cutOff(page: Page, site: TestSite): Promise<void> {
	await site.stop();
	await expect(fetch(site.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
	const uncached = await page.evaluate(async () => {
		try {
			return String((await fetch(`/cases/index.json?never-asked-before`, { cache: 'no-store' })).status);
		} catch (error) {
			return String(error);
		}
	});
	expect(uncached).toContain('TypeError');
}

for (const locale of ['zh', 'en'] as const) {
	test(
		`${locale}: with the server gone a case that was opened opens, is drawn, scored and kept`,
		slowInEnglish(locale),
		async ({ page, site }) => {
			test.slow();
			const room = new ReadingRoom(page, files);
			await page.goto(`/${locale}/`);
			await servedFromHere(page);
			await room.open(locale);
			const { slice, at } = middleOf(files, 'WT');
			await room.goToSlice('FLAIR', slice);
			await room.brush(12);
			const { view } = await room.placement('FLAIR');
			const online = brushed(view, slice, await room.stroke('FLAIR', around(at, STROKE)), 12);
			await room.expectDrawn('WT', online);

			await keptHere(page);
			await cutOff(page, site);
			await page.reload();
			await room.loaded();
			await room.expectDrawn('WT', online);
			await room.goToSlice('FLAIR', slice + 1);
			const offline = brushed(view, slice + 1, await room.stroke('FLAIR', around(at, STROKE)), 12);
			await room.expectDrawn('WT', new Set([...online, ...offline]));
			await room.score();
			expect(Number(await room.figure('WT', 'dice'))).toBeGreaterThan(0.02);
			expect(await room.figure('NE', 'precision')).toBe('predictionEmpty');

			await page.reload();
			await room.loaded();
			await room.expectDrawn('WT', new Set([...online, ...offline]));
			await page.keyboard.press('Control+z');
			await room.expectDrawn('WT', online);

			await page.goto(`/${locale}/cases/`);
			await expect(page.locator('table.attempts tbody tr')).toHaveCount(1);
			await expect(page.locator('table.attempts .dice b').first()).toHaveText(/^0\.\d\d$/);
			await page.goto(`/${locale}/`);
			await expect(page.locator('h1')).toBeVisible();
			// Without its slash, and an address that is nowhere.
			await page.goto(`/${locale}/cases`);
			await expect(page).toHaveURL(`${site.url}/${locale}/cases/`);
			await page.goto('/nowhere/');
			await expect(page.locator('h1')).toBeVisible();
		},
	);
}

test('a case that was never opened says so when there is no network', async ({ page, site }) => {
	await page.goto('/en/');
	await servedFromHere(page);
	await cutOff(page, site);
	await page.goto('/en/practice/?case=ring-01');
	await expect(page.locator('[data-failure]')).toHaveAttribute('data-failure', 'unreachable');
});
