import { expect } from '@playwright/test';
import { folders, test } from './server.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { readStored } from './support/journal.ts';
import { readLearner } from './support/learner.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { around, middleOf } from './support/referenceShape.ts';
import { slowInEnglish } from './support/slow.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const ACROSS = [
	[-20, 0],
	[3, 2],
	[18, -1],
] as const;

for (const locale of ['zh', 'en'] as const)
	test(
		`${locale}: a newcomer comes from the start page through a lesson and a worked case to the first scored region`,
		slowInEnglish(locale),
		async ({ page }) => {
			test.slow();
			await page.goto(`/${locale}/`);
			await page.locator(`.mast nav a[href="/${locale}/learn/"]`).click();
			await expect(page.locator('[data-home]')).toHaveAttribute('data-drawn', '');
			await expect(page.locator('[data-no-scores]')).toBeVisible();
			await page.locator('.next .btn.pri').click();

			await expect(page).toHaveURL(`/${locale}/lessons/scope/`);
			const think = page.locator('.try:has(input[type=radio])').first();
			await think.locator('label').first().click();
			await think.locator('[data-check]').click();
			await expect.poll(async () => (await readLearner(page)).map(({ kind }) => kind)).toContain('answer');

			await page.locator(`.mast nav a[href="/${locale}/learn/"]`).click();
			await page.locator(`a[href="/${locale}/worked/fig-1/"]`).first().click();
			const last = (await page.locator('[data-step]').count()) - 1;
			for (let n = 0; n < last; n++) await page.locator('[data-next]').click();
			await expect.poll(async () => (await readLearner(page)).map(({ kind }) => kind)).toContain('worked');
			await page.locator('.you a').first().click();

			await expect(page).toHaveURL(`/${locale}/practice/?case=${files.id}`);
			const room = new ReadingRoom(page, files);
			await room.loaded();
			const { slice, at } = middleOf(files, 'WT');
			await room.goToSlice('FLAIR', slice);
			await room.stroke('FLAIR', around(at, ACROSS));
			await room.score();
			expect(Number(await room.figure('WT', 'dice'))).toBeGreaterThan(0);
			await expect.poll(async () => (await readStored(page)).reports.length).toBe(1);

			await page.goto(`/${locale}/learn/`);
			await expect(page.locator('[data-home]')).toHaveAttribute('data-drawn', '');
			await expect(page.locator('[data-no-scores]')).toBeHidden();
			// A rule that the drawing broke is told as weak, and something is to be done next about it.
			expect(Number(await page.locator('[data-count="weak"]').textContent())).toBeGreaterThan(0);
			await expect(page.locator('.next .btn.pri')).toBeVisible();
		},
	);
