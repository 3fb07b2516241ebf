import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { folders, test } from './server.ts';
import { brushed } from './support/brushed.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { readStored } from './support/journal.ts';
import { quotaOf } from './support/quota.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { around, middleOf } from './support/referenceShape.ts';
import { SLOW } from './support/slow.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const STROKE = [
	[-14, 4],
	[2, -9],
] as const;

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

test(
	'storage taken away in the middle of drawing: the page says so, holds what is drawn, and keeps it when it is back',
	SLOW,
	async ({ page }) => {
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
		const drawn = brushed(view, slice, await room.stroke('FLAIR', around(at, STROKE)), 6);
		await expect(page.locator('[data-not-saved="unavailable"]')).toContainText('refuses storage');
		await page.evaluate(() => Object.assign(globalThis, { refused: false }));
		// It is tried again by itself.
		await room.expectDrawn('WT', drawn);
		await page.reload();
		await room.loaded();
		await room.expectDrawn('WT', drawn);
		expect((await readStored(page)).attempts).toHaveLength(1);
	},
);
