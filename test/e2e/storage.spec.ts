import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { folders, test } from './server.ts';
import { brushed } from './support/brushed.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { readStored } from './support/journal.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { around, middleOf } from './support/referenceShape.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
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

/** Sets the browser's own limit for this site, or lifts it. It lasts as long as the session that set it. */
async function quotaOf(page: Page, origin: string): Promise<(quotaSize?: number) => Promise<void>> {
	const cdp = await page.context().newCDPSession(page);
	return async (quotaSize) => {
		await cdp.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) });
	};
}

/** For so long Chromium remembers how much room there was. */
const ROOM_REMEMBERED_MS = 31_000;

test('with the disk full what is drawn is held, the page says what to do, and all of it is kept once there is room', async ({
	page,
	site,
}) => {
	test.slow();
	const setQuota = await quotaOf(page, site.url);
	const room = new ReadingRoom(page, files);
	await room.open('zh');
	const { slice, at } = middleOf(files, 'WT');
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
	const offline = page.getByRole('switch').first();
	await expect(offline).toHaveAttribute('aria-checked', 'true');
	await offline.click();
	await expect(offline).toHaveAttribute('aria-checked', 'false');
	await offline.click();
	await expect(page.locator('.rows.kept .attn')).toContainText('空间满了');
	await setQuota();
	await page.getByRole('button', { name: '再试一次' }).click();
	await expect(page.locator('table.attempts tbody tr')).toHaveCount(1);
});

/** Opens one series of a case as if it came from the reader's disk. */
async function chooseFlair(page: Page): Promise<void> {
	await page.goto('/en/open/');
	await page.locator('input[data-choose="files"]').setInputFiles(resolve(folders.data, 'cases/ring-01/FLAIR.nii.gz'));
	await page.locator('.open-room footer .btn.pri').click({ timeout: 60_000 });
}

const REFUSALS = {
	'opening fails': () => {
		IDBFactory.prototype.open = () => {
			throw new DOMException('The operation is insecure.', 'SecurityError');
		};
	},
	'opening is answered with an error': () => {
		const open = IDBFactory.prototype.open;
		// A version below the one that is there: what a browser says when it will not open the database.
		IDBFactory.prototype.open = function (name: string) {
			const request = open.call(this, `${name}-refused`);
			request.addEventListener('upgradeneeded', () => request.transaction?.abort());
			return request;
		};
	},
} as const;

for (const [how, refuse] of Object.entries(REFUSALS))
	test(`storage refused (${how}): practice, the open page and the list of cases say so and show a way out`, async ({
		page,
	}) => {
		await page.addInitScript(refuse);
		await page.goto('/en/practice/?case=ring-01');
		await expect(page.locator('[data-failure]')).toHaveAttribute('data-failure', 'storage', { timeout: 60_000 });
		await expect(page.getByRole('alert')).toContainText('private');
		await page.locator('.failure a').click();
		await expect(page.locator('.notice[role=alert]')).toContainText('does not let this site store anything');
		await expect(page.locator('#backup')).toHaveCount(0);
		await chooseFlair(page);
		await expect(page.locator('.open-room')).toContainText('does not let this site keep files');
	});

test('with the disk full images from the disk are not kept, the open page says what to do, and goes on once there is room', async ({
	page,
	site,
}) => {
	const setQuota = await quotaOf(page, site.url);
	await setQuota(300_000);
	await chooseFlair(page);
	await expect(page.locator('.open-room')).toContainText('storage is full');
	await setQuota();
	await page.locator('.open-room footer .btn.pri').click();
	await page.waitForURL('**/practice/?case=*', { timeout: 60_000 });
});

test('storage taken away in the middle of drawing: the page says so, holds what is drawn, and keeps it when it is back', async ({
	page,
}) => {
	test.slow();
	await page.addInitScript(() => {
		const transaction = IDBDatabase.prototype.transaction;
		IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...args) {
			if ((globalThis as { refused?: boolean }).refused) throw new DOMException('closing', 'InvalidStateError');
			return Reflect.apply(transaction, this, args);
		} as typeof transaction;
	});
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const { slice, at } = middleOf(files, 'WT');
	await room.goToSlice('FLAIR', slice);
	const { view } = await room.placement('FLAIR');
	await page.evaluate(() => Object.assign(globalThis, { refused: true }));
	const drawn = brushed(view, slice, await room.stroke('FLAIR', around(at, STROKES[0])), 6);
	await expect(page.locator('[data-not-saved="unavailable"]')).toContainText('refuses storage');
	await page.evaluate(() => Object.assign(globalThis, { refused: false }));
	// It is tried again by itself.
	await room.expectDrawn('WT', drawn);
	await page.reload();
	await room.loaded();
	await room.expectDrawn('WT', drawn);
	expect((await readStored(page)).attempts).toHaveLength(1);
});
