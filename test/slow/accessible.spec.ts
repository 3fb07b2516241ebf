import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { folders, test } from '../e2e/server.ts';
import { readCatalogueCase } from '../e2e/support/caseFiles.ts';
import { ReadingRoom } from '../e2e/support/readingRoom.ts';
import { around, middleOf } from '../e2e/support/referenceShape.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const SIZES = [
	{ width: 1440, height: 900 },
	{ width: 820, height: 1180 },
] as const;
const STROKE = [
	[-14, 4],
	[2, -9],
] as const;

/** Everything that axe objects to, by all of its rules, best practices too. */
async function objections(page: Page, within?: string): Promise<string[]> {
	const axe = new AxeBuilder({ page });
	const { violations } = await (within ? axe.include(within) : axe).analyze();
	return violations.flatMap(({ id, impact, nodes }) =>
		nodes.map(
			({ target, failureSummary }) => `${impact} ${id}: ${target.join(' ')} ${failureSummary?.replaceAll('\n', ' ')}`,
		),
	);
}

for (const locale of ['zh', 'en'] as const)
	for (const viewport of SIZES)
		test.describe(`${locale}, ${viewport.width} × ${viewport.height}`, () => {
			test.use({ viewport });

			test('the practice page is accessible in every state', async ({ page }) => {
				const room = new ReadingRoom(page, files);
				await room.open(locale);
				const found: Record<string, string[]> = {};
				const look = async (state: string, within?: string) => {
					const told = await objections(page, within);
					if (told.length > 0) found[state] = told;
				};
				const dialog = page.locator('dialog[open]');
				const lookAndClose = async (state: string) => {
					await expect(dialog).toBeVisible();
					await look(state);
					await page.keyboard.press('Escape');
					await expect(dialog).toHaveCount(0);
				};
				await look('fresh');
				await page.locator('.side .preread .btn').click();
				await dialog.locator('footer .btn.pri').click();
				await expect(dialog.locator('footer .attn')).not.toBeEmpty();
				await lookAndClose('pre-read with answers missing');

				for (const [key, region, sequence] of [
					['1', 'WT', 'FLAIR'],
					['2', 'ET', 'T1C'],
				] as const) {
					await page.keyboard.press(key);
					const { slice, at } = middleOf(files, region);
					for (const each of [slice - 1, slice + 1]) {
						await room.goToSlice(sequence, each);
						await room.stroke(sequence, around(at, STROKE));
					}
				}
				await expect(page.locator('.side .lesions li')).toHaveCount(2);
				await expect(page.locator('.rules [data-status="attention"]').first()).toBeVisible();
				await look('drawn, with lesions and open rules');

				const tools = page.locator('.rail .ib');
				for (let n = 0; n < 12; n++) {
					await tools.nth(n).click();
					await look(`options of ${await tools.nth(n).getAttribute('title')}`, '.opt');
				}
				await page.keyboard.press('b');
				await page.locator('.opt .seg').nth(1).getByRole('button').nth(1).click();
				await look('options of the brush within a range', '.opt');
				await page.keyboard.press('g');
				await room.stroke('T1C', around(middleOf(files, 'ET').at, [[0, 0]]));
				await expect(page.locator('.opt .btn.pri')).toBeVisible();
				await look('a proposal', '.opt');
				await page.keyboard.press('Escape');

				await page.keyboard.press('?');
				await lookAndClose('keys');
				const [taking, giving] = [page.locator('.filebtns button').first(), page.locator('.filebtns button').nth(1)];
				await taking.click();
				await lookAndClose('masks from files');
				await giving.click();
				await lookAndClose('export');
				await page.locator('.side > .bot > .btn').click();
				await lookAndClose('start over');

				await page.locator('.top .btn').last().click();
				await expect(page.locator('.check')).toBeVisible();
				await look('self-check');
				await page.locator('.check .btn.pri').click();
				await page.waitForSelector('.wb.reporting', { timeout: 90_000 });
				await look('report');
				await page.locator('.report-region summary').first().click();
				await page.locator('.findings > .btn').click();
				await page.locator('.opt .seg').last().getByRole('button').first().click();
				await look('report, opened out, one panel');
				expect(found).toEqual({});
			});
		});
