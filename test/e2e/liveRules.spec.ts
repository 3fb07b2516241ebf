import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { folders, test } from './server.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
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
		`${locale}: a slice left out is named with its clause, one click goes there, and drawing it settles it`,
		slowInEnglish(locale),
		async ({ page }) => {
			const room = new ReadingRoom(page, files);
			await room.open(locale);
			const rule = (code: string) => page.locator(`.rules [data-check="${code}"]`);
			await expect(rule('gaps')).toHaveAttribute('data-status', 'waiting');

			const { slice, at } = middleOf(files, 'WT');
			for (const each of [slice - 1, slice + 1]) {
				await room.goToSlice('FLAIR', each);
				await room.stroke('FLAIR', around(at, ACROSS));
			}
			await expect(rule('gaps')).toHaveAttribute('data-status', 'attention');
			await expect(rule('gaps').locator('.cl')).toHaveText('§6-⑧');
			await expect(rule('gaps').locator('.cl')).toHaveAttribute('href', `/${locale}/rules/#clause-6-8`);
			await expect(rule('gaps')).toContainText(
				locale === 'zh' ? `第 ${slice + 1} 层没画` : `slice ${slice + 1} is empty`,
			);
			const { violations } = await new AxeBuilder({ page }).include('.rules').withTags(['wcag2a', 'wcag2aa']).analyze();
			expect(violations.map(({ id }) => id)).toEqual([]);

			await rule('gaps').locator('.go').click();
			await expect(room.panel('FLAIR')).toHaveAttribute('data-slice', String(slice + 1));
			await room.stroke('FLAIR', around(at, ACROSS));
			await expect(rule('gaps')).toHaveAttribute('data-status', 'ok');

			// The slices beyond the ends were not on the screen yet: first the one below, then the one above.
			for (const beyond of [slice - 2, slice + 2]) {
				await expect(rule('ends').locator('.go')).toContainText(String(beyond + 1));
				await rule('ends').locator('.go').click();
				await expect(room.panel('FLAIR')).toHaveAttribute('data-slice', String(beyond + 1));
			}
			await expect(rule('ends')).toHaveAttribute('data-status', 'ok');

			await page.keyboard.press('Control+z');
			await expect(rule('gaps')).toHaveAttribute('data-status', 'attention');
		},
	);
