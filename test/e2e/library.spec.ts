import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { catalogueSchema } from '../../src/schemas/caseManifest.ts';
import { folders, test } from './server.ts';

const readCatalogue = () =>
	catalogueSchema.parse(JSON.parse(readFileSync(resolve(folders.data, 'cases/index.json'), 'utf8')));
const rows = '.rows.kept li';

test('the library is filtered by keyboard, the address holds the filter, and back takes it off again', async ({
	page,
}) => {
	const { cases } = readCatalogue();
	const ids = (wanted: (one: (typeof cases)[number]) => boolean | undefined) =>
		cases.flatMap((one) => (wanted(one) ? [one.id] : []));
	await page.goto('/en/cases/');
	await expect(page.locator(rows)).toHaveCount(cases.length);
	await expect(page.locator('.rows.kept .btn.pri')).toHaveCount(1);

	await page.getByLabel('Family').focus();
	await page.keyboard.type('Men');
	await expect(page).toHaveURL(/\?family=meningioma$/);
	const shown = () => page.locator(rows).evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset.case));
	await expect(page.locator('.filters [role=status]')).toContainText(`of ${cases.length} cases`);
	expect((await shown()).sort()).toEqual(ids(({ family }) => family === 'meningioma').sort());
	await page.getByLabel('Trap').selectOption('thickSlices');
	await expect(page).toHaveURL(/family=meningioma&trap=thickSlices$/);
	const both = ids(({ family, traps }) => family === 'meningioma' && traps?.includes('thickSlices'));
	expect((await shown()).sort()).toEqual(both.sort());
	const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
	expect(violations.map(({ id }) => id)).toEqual([]);

	// To a case and back: the list is as it was left.
	await page.locator(`${rows} .actions a`).first().click();
	await page.waitForURL(/practice/);
	await page.goBack();
	await expect(page.locator(rows)).toHaveCount(both.length);
	await expect(page.getByLabel('Trap')).toHaveValue('thickSlices');
	await page.goBack();
	await expect(page.getByLabel('Trap')).toHaveValue('');
	await expect(page.getByLabel('Family')).toHaveValue('meningioma');
	await page.getByRole('button', { name: 'Show all' }).click();
	await expect(page.locator(rows)).toHaveCount(cases.length);

	// An address that asks for what no case has, and for what is no value at all.
	await page.goto('/en/cases/?family=meningioma&trap=severalLesions&difficulty=absurd');
	await expect(page.locator(rows)).toHaveCount(0);
	await expect(page.getByText('No case has all of these')).toBeVisible();
});

test('every case has a thumbnail with words for it, also without a network once it is kept', async ({ page, site }) => {
	const { cases } = readCatalogue();
	await page.goto('/zh/cases/');
	await expect(page.locator(rows)).toHaveCount(cases.length);
	const images = page.locator(`${rows} img.thumb`);
	await expect(images).toHaveCount(cases.length);
	for (const image of await images.all()) await expect(image).toHaveAttribute('alt', /.+，.+/);
	const row = page.locator('[data-case="ring-02"]');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await row.getByRole('switch').click();
	await expect(row.locator('[data-kept=kept]')).toBeVisible({ timeout: 60_000 });
	await site.stop();
	await page.reload();
	await expect(page.locator(rows)).toHaveCount(cases.length);
	const loaded = row.locator('img.thumb');
	await loaded.scrollIntoViewIfNeeded();
	await expect.poll(() => loaded.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(160);
});

test.describe('with fingers', () => {
	test.use({ hasTouch: true, viewport: { width: 820, height: 1180 } });
	test('whatever is touched is at least 44 px high', async ({ page }) => {
		await page.goto('/zh/cases/');
		await expect(page.locator(rows).first()).toBeVisible();
		for (const control of await page.locator('.filters .choice, .rows .btn, .rows .switch').all())
			expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(820);
	});
});
