import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from './server.ts';
import { slowInEnglish } from './support/slow.ts';

const LOCALES = ['zh', 'en'] as const;
const WORDS = {
	zh: { query: '首层', nothing: '独角兽', one: '1 条', count: (n: number) => `${n} 条`, first: '不遗漏肿瘤首、末层' },
	en: {
		query: 'first slice',
		nothing: 'unicorn',
		one: '1 rule',
		count: (n: number) => `${n} rules`,
		first: 'Do not miss the first and last tumour slices',
	},
} as const;

const shown = (page: Page) => page.locator('.ru:visible');
const told = (page: Page) => page.locator('[data-count-told]');

/** Everything that axe objects to. */
async function objections(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
	return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const locale of LOCALES) {
	const words = WORDS[locale];

	test(
		`${locale}: rules are searched, filtered and counted, and the address keeps it`,
		slowInEnglish(locale),
		async ({ page }) => {
			await page.goto(`/${locale}/rules/`);
			const all = await page.locator('.ru').count();
			await expect(told(page)).toHaveText(words.count(all));
			await page.keyboard.press('/');
			await expect(page.locator('[data-search]')).toBeFocused();
			await page.keyboard.type(words.query);
			await expect(page.locator('#R6-8b')).toBeVisible();
			const found = await shown(page).count();
			expect(found).toBeLessThan(all / 4);
			await expect(told(page)).toHaveText(found === 1 ? words.one : words.count(found));

			// A slash within the search is a letter, not a key.
			await page.keyboard.type('/');
			await expect(page.locator('[data-search]')).toHaveValue(`${words.query}/`);
			await page.locator('[data-search]').fill(words.query);

			await page.locator('input[name="section"][value="6"]').check();
			await expect(shown(page).first()).toHaveAttribute('data-section', '6');
			await expect(page.locator('[data-chosen] .bdg')).toHaveCount(1);
			expect(new URL(page.url()).searchParams.get('section')).toBe('6');
			const narrowed = await shown(page).count();
			await page.reload();
			await expect(page.locator('[data-search]')).toHaveValue(words.query);
			await expect(shown(page)).toHaveCount(narrowed);

			await page.locator('[data-chosen] .bdg').click();
			await expect(page.locator('input[name="section"][value="6"]')).not.toBeChecked();
			await page.locator('[data-search]').fill(words.nothing);
			await expect(page.locator('[data-none]')).toBeVisible();
			await page.locator('[data-clear]').click();
			await expect(shown(page)).toHaveCount(all);
			expect(new URL(page.url()).search).toBe('');
		},
	);

	test(
		`${locale}: a rule opens to its check, pictures and ways to practise`,
		slowInEnglish(locale),
		async ({ page }) => {
			await page.goto(`/${locale}/rules/#R6-8b`);
			const rule = page.locator('#R6-8b');
			await expect(rule).toContainText(words.first);
			await expect(rule.locator('details')).toHaveAttribute('open', '');
			await expect(rule.locator('dl')).toContainText('10 mm²');
			for (const picture of await rule.locator('.pair img').all())
				await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
			await expect(rule.locator('.pair .cm-fn')).toHaveCount(1);
			for (const address of [
				'/lessons/principles/',
				'/review/?rule=R6-8b',
				'/drills/end-slices/',
				'/cases/?trap=thickSlices',
			])
				await expect(rule.locator(`a[href="/${locale}${address}"]`)).toHaveCount(1);
			await expect(rule.locator('[data-problem="rule"]')).toBeVisible();

			await rule.locator('a[href="#E10"]').click();
			await expect(page.locator('#E10')).toBeInViewport();
			await expect(page.locator('#E10 .pair img').first()).toBeVisible();
			await expect(rule).toBeHidden();
			await page.locator('#E10 .cl').first().click();
			await expect(rule).toBeInViewport();
			await expect(rule.locator('.pair')).toHaveCount(1);
		},
	);

	test(`${locale}: a clause chip leads to the first rule of its clause`, slowInEnglish(locale), async ({ page }) => {
		await page.goto(`/${locale}/`);
		await page.locator('.cl', { hasText: '§6-⑧' }).first().click();
		await expect(page).toHaveURL(new RegExp(`/${locale}/rules/#clause-6-8$`));
		await expect(page.locator('#R6-8a details')).toHaveAttribute('open', '');
		await expect(page.locator('#R6-8a')).toBeInViewport();
		// What was looked for gives way to what an address asks for.
		await page.locator('[data-search]').fill(words.nothing);
		await page.evaluate(() => {
			location.hash = '#clause-5';
		});
		await page.evaluate(() => {
			location.hash = '#R5-3';
		});
		await expect(page.locator('#R5-3 details')).toHaveAttribute('open', '');
	});

	test(
		`${locale}: catalogue, glossary and cheat sheet are accessible and fit every width`,
		slowInEnglish(locale),
		async ({ page }) => {
			const errors: string[] = [];
			page.on('pageerror', (error) => errors.push(error.message));
			for (const path of ['rules/#R6-2', 'rules/?view=error', 'glossary/', 'cheat-sheet/']) {
				await page.goto(`/${locale}/${path}`);
				expect(await objections(page), path).toEqual([]);
				for (const width of [1440, 1024, 820, 390]) {
					await page.setViewportSize({ width, height: 900 });
					expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} at ${width}`).toBe(width);
				}
				await page.setViewportSize({ width: 1440, height: 900 });
			}
			expect(errors).toEqual([]);
		},
	);

	test(`${locale}: the cheat sheet prints on exactly two pages`, slowInEnglish(locale), async ({ page }) => {
		await page.goto(`/${locale}/cheat-sheet/`);
		await page.evaluate(() => {
			for (const image of document.images) image.loading = 'eager';
			return Promise.all([...document.images].map((image) => image.decode()));
		});
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
		expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(2);
	});
}

test('the catalogue is used with keys alone', async ({ page }) => {
	await page.goto('/zh/rules/');
	await page.keyboard.press('/');
	await page.keyboard.type('R5-2a');
	await expect(shown(page)).toHaveCount(1);
	for (let n = 0; n < 12; n++) {
		await page.keyboard.press('Tab');
		if (await page.evaluate(() => document.activeElement?.matches('#R5-2a summary'))) break;
	}
	await page.keyboard.press('Enter');
	await expect(page.locator('#R5-2a dl')).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(page.locator('#R5-2a dl')).toBeHidden();
});

test('my state is read when it is asked for', async ({ page }) => {
	await page.goto('/zh/rules/');
	await expect(page.locator('[data-states]')).toBeHidden();
	await page.locator('[data-show-state]').click();
	const all = await page.locator('.ru').count();
	await expect(page.locator('[data-count="new"]')).toHaveText(String(all));
	await page.locator('input[name="state"][value="weak"]').check();
	await expect(page.locator('[data-none]')).toBeVisible();
	expect(new URL(page.url()).searchParams.get('state')).toBe('weak');
});

test('terms are found in either language on either page', async ({ page }) => {
	for (const locale of LOCALES)
		for (const query of ['瘤体', 'tumour body']) {
			await page.goto(`/${locale}/glossary/?q=${encodeURIComponent(query)}`);
			await expect(page.locator('#TB')).toBeVisible();
			await expect(page.locator('#DWI')).toBeHidden();
		}
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });
	test('every rule is read, and opens', async ({ page }) => {
		await page.goto('/zh/rules/');
		await expect(page.locator('.ru').last()).toBeVisible();
		await expect(page.locator('[data-search]')).toBeHidden();
		await page.locator('#R6-2 summary').click();
		await expect(page.locator('#R6-2 .pair img').first()).toBeVisible();
		await page.goto('/en/glossary/');
		await expect(page.locator('#icc')).toContainText('ICC');
	});
});
