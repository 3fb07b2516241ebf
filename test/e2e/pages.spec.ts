import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from './server.ts';

const PAGES = ['', 'learn/', 'review/?all', 'cases/', 'open/', 'practice/?case=ring-01'] as const;

/** What a page should not do: speak to anybody else, or complain. */
function watch(page: Page, ownOrigin: string): string[] {
	const objections: string[] = [];
	page.on('console', (message) => {
		if (message.type() === 'error') objections.push(message.text());
	});
	page.on('pageerror', (error) => objections.push(error.message));
	page.context().on('request', (request) => {
		const { protocol, origin } = new URL(request.url());
		if (protocol.startsWith('http') && origin !== ownOrigin) objections.push(`asks for ${request.url()}`);
	});
	return objections;
}

async function settled(page: Page): Promise<void> {
	await page.waitForLoadState('load');
	if (!page.url().includes('practice')) return;
	await page.waitForSelector('.wb[data-ready=true]', { timeout: 90_000 });
	await expect(page.locator('.loading')).toHaveCount(0, { timeout: 90_000 });
}

for (const locale of ['zh', 'en'] as const)
	for (const path of PAGES)
		test(`/${locale}/${path} is accessible, quiet, and asks nothing of anybody else`, async ({ page, site }) => {
			const objections = watch(page, site.url);
			await page.goto(`/${locale}/${path}`);
			await settled(page);
			await expect(page.locator('html')).toHaveAttribute('lang', locale === 'zh' ? 'zh-CN' : 'en');
			await expect(page.locator('h1').first()).toBeAttached();
			const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
			const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
			expect(found).toEqual([]);
			expect(objections).toEqual([]);
		});

for (const [wanted, locale] of [
	['zh-CN', 'zh'],
	['zh-TW', 'zh'],
	['en-GB', 'en'],
	['de-DE', 'en'],
] as const)
	test.describe(`a browser that asks for ${wanted}`, () => {
		test.use({ locale: wanted });
		test(`is led from / to /${locale}/, and stays with what was chosen`, async ({ page, site }) => {
			await page.goto('/');
			await expect(page).toHaveURL(`${site.url}/${locale}/`);
			const other = locale === 'zh' ? 'en' : 'zh';
			await page.locator(`[data-language-switch="${other}"]`).first().click();
			await expect(page).toHaveURL(`${site.url}/${other}/`);
			await page.goto('/');
			await expect(page).toHaveURL(`${site.url}/${other}/`);
		});
	});

test('the language switch keeps the place', async ({ page, site }) => {
	await page.goto('/zh/cases/');
	await page.locator('[data-language-switch="en"]').first().click();
	await expect(page).toHaveURL(`${site.url}/en/cases/`);
});

for (const locale of ['zh', 'en'] as const)
	test(`${locale}: a browser without WebGL2 is told so instead of failing`, async ({ page, site }) => {
		await page.addInitScript(() => {
			const original = HTMLCanvasElement.prototype.getContext;
			HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
				return kind === 'webgl2' ? null : Reflect.apply(original, this, [kind, ...rest]);
			} as typeof original;
		});
		await page.goto(`/${locale}/practice/?case=ring-01`);
		await page.waitForURL(`**/${locale}/browser/**`);
		await expect(page.locator('[data-missing="webgl2"]')).toBeVisible();
		await expect(page.locator('[data-missing="indexeddb"]')).toBeHidden();
		const again = await page.locator('#again').getAttribute('href');
		expect(again).toContain(`/${locale}/practice/`);
		expect(new URL(again ?? '', site.url).origin).toBe(site.url);
		await page.goto(`/${locale}/`);
		await expect(page.locator('h1')).toBeVisible();
		await expect(page).toHaveURL(`${site.url}/${locale}/`);
	});

test('cases that are being made are named, and come into the list when they are ready', async ({ page }) => {
	const whole = async () => JSON.parse(await (await page.request.get('/cases/index.json')).text());
	const { cases } = await whole();
	const ring = (id: string) => cases.find((one: { id: string }) => one.id === id);
	const [first, second] = [ring('ring-01'), ring('ring-02')];
	const late = { ...second, bytes: undefined, done: 4, total: 14 };
	let ready = false;
	await page.route('**/cases/index.json', (route) =>
		route.fulfill({
			json: ready
				? { schemaVersion: 1, cases: [first, second], making: [] }
				: { schemaVersion: 1, cases: [first], making: [late] },
		}),
	);
	await page.goto('/en/cases/');
	const rows = page.locator('.rows').first().locator('li');
	await expect(rows).toHaveCount(1);
	await expect(page.getByText(`Still being made: ${late.title.en} (1).`)).toBeVisible();
	await expect(page.locator('.making progress')).toHaveAttribute('value', '4');
	expect(await rows.first().textContent()).toMatch(/easy|medium|hard/);
	ready = true;
	await expect(rows).toHaveCount(2);
	await expect(page.locator('.making')).toHaveCount(0);
});
