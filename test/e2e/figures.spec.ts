import { expect, type Page } from '@playwright/test';
import { folders, test } from './server.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { Figure, LOADING_MS } from './support/figure.ts';
import { SLOW } from './support/slow.ts';

/** A lesson with several figures. */
const LESSON = '/zh/lessons/principles/';

/** The figures of the page, each with the files of its case. */
async function figuresOf(page: Page): Promise<Figure[]> {
	const plates = await page.locator('[data-live]').all();
	return Promise.all(
		plates.map(async (plate) => {
			const { caseId } = JSON.parse((await plate.getAttribute('data-live')) ?? '') as { caseId: string };
			return new Figure(page, readCatalogueCase(folders.data, caseId), plate);
		}),
	);
}

test('a lesson loads no viewer before it is touched, and two figures at most are live', SLOW, async ({ page }) => {
	test.slow();
	// So tall that none is far away.
	await page.setViewportSize({ width: 1440, height: 9000 });
	const asked: string[] = [];
	page.on('request', (request) => asked.push(new URL(request.url()).pathname));
	await page.goto(LESSON);
	await page.waitForLoadState('networkidle');
	expect(asked.filter((path) => path.endsWith('.nii.gz') || /Niivue|niivue|mountFigure/.test(path))).toEqual([]);
	const figures = await figuresOf(page);
	expect(figures.length).toBeGreaterThan(2);
	const [first, second, third] = figures as [Figure, Figure, Figure];
	await first.open();
	await second.open();
	await expect(page.locator('.vw.live')).toHaveCount(2);
	await third.open();
	await expect(page.locator('.vw.live')).toHaveCount(2);
	await expect(first.plate.locator('canvas')).toHaveCount(0);
	await expect(first.plate.locator('[data-live-start]')).toBeVisible();
	await expect(second.plate.locator('canvas').first()).toBeVisible();
	await first.open();
	await expect(second.plate.locator('canvas')).toHaveCount(0, { timeout: LOADING_MS });
});
