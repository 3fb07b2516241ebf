import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { LESSONS } from '../../src/schemas/lesson.ts';
import { test } from './server.ts';
import { readLearner } from './support/learner.ts';
import { SLOW, slowInEnglish } from './support/slow.ts';

const LOCALES = ['zh', 'en'] as const;
/** Of these two the accessibility is tested with every change; of the others with the slow tests. */
const OFTEN: readonly string[] = ['intra-axial', 'workflow'];
const PLACES = ['learn', 'lessons', 'rules', 'drills', 'cases', 'open'];

/** Answers the first question of a page that has radio buttons, with the option of that number. */
async function choose(page: Page, option: number) {
	const think = page.locator('.try:has(input[type=radio])').first();
	await think.locator('label').nth(option).click();
	await think.locator('[data-check]').click();
	return think;
}

for (const locale of LOCALES) {
	for (const slug of LESSONS)
		test(
			`${locale}: the lesson ${slug} is accessible and quiet`,
			OFTEN.includes(slug) ? slowInEnglish(locale) : SLOW,
			async ({ page }) => {
				const objections: string[] = [];
				page.on('pageerror', (error) => objections.push(error.message));
				page.on('console', (message) => {
					if (message.type() === 'error') objections.push(message.text());
				});
				await page.goto(`/${locale}/lessons/${slug}/`);
				const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
				expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual(
					[],
				);
				expect(objections).toEqual([]);
			},
		);

	test.describe(`${locale}, without JavaScript`, slowInEnglish(locale), () => {
		test.use({ javaScriptEnabled: false });
		test('a lesson is read, its rules are cited, and its answers unfold', async ({ page }) => {
			await page.goto(`/${locale}/lessons/intra-axial/`);
			await expect(page.locator('.text h2')).toHaveCount(await page.locator('.toc .sub a').count());
			await expect(page.locator('.nt .cl').filter({ hasText: '§4-①' }).first()).toBeVisible();
			await expect(page.locator('.text figure img, .text figure image').first()).toBeVisible();
			const think = page.locator('.try').first();
			await expect(think.locator('[data-check]')).toBeHidden();
			const answer = think.locator('details > ul');
			await expect(answer).toBeHidden();
			await think.locator('summary').click();
			await expect(answer).toBeVisible();
		});
	});

	test(
		`${locale}: every way in the masthead is on one line and no page runs over`,
		slowInEnglish(locale),
		async ({ page }) => {
			for (const width of [1440, 1024, 820, 390]) {
				await page.setViewportSize({ width, height: 900 });
				for (const path of ['', 'principles/', 'workflow/']) {
					await page.goto(`/${locale}/lessons/${path}`);
					expect(await page.evaluate(() => document.documentElement.scrollWidth), `${path} at ${width}`).toBe(width);
				}
				const tops = await page
					.locator('.mast nav a')
					.evaluateAll((links) => links.map((link) => Math.round(link.getBoundingClientRect().top)));
				expect(tops).toHaveLength(PLACES.length);
				expect(new Set(tops).size).toBe(1);
			}
			for (const place of PLACES) await expect(page.locator(`.mast nav a[href="/${locale}/${place}/"]`)).toBeVisible();
		},
	);
}

test('an answer is marked and explained, and the first one is kept', async ({ page }) => {
	await page.goto('/en/lessons/intra-axial/');
	const think = page.locator('.try:has(input[type=radio])').first();
	const { id, key, rules } = JSON.parse((await think.getAttribute('data-think')) ?? '');
	const options = await think.locator('label').evaluateAll((all) => all.map((label) => label.dataset.option));
	const [right, wrong] = [options.indexOf(key[0]), options.findIndex((option) => option !== key[0])];

	await expect(think.locator('[data-why]')).toBeHidden();
	await choose(page, wrong);
	await expect(think.locator('label').nth(wrong).locator('.mk.wrong')).toBeVisible();
	await expect(think.locator('label').nth(right).locator('.mk.missed')).toBeVisible();
	await expect(think.locator('[data-why] > ul')).toBeVisible();
	await expect(think.getByRole('status')).toHaveText('Not right');
	await expect(think.locator('[data-kept]')).toBeVisible();

	await think.getByRole('button', { name: 'Once more' }).click();
	await expect(think.locator('[data-why]')).toBeHidden();
	await choose(page, right);
	await expect(think.getByRole('status')).toHaveText('Right');
	expect(await readLearner(page)).toMatchObject([
		{ kind: 'answer', form: 'question', item: id, rules, score: 0, given: [options[wrong]] },
	]);
});

test('nothing chosen is said, and not kept', async ({ page }) => {
	await page.goto('/zh/lessons/intra-axial/');
	const think = page.locator('.try').first();
	await think.locator('[data-check]').click();
	await expect(think.getByRole('status')).toHaveText('还没有选');
	await expect(think.locator('[data-why]')).toBeHidden();
	expect(await readLearner(page)).toEqual([]);
});

test('the contents follow the reading, and the language switch keeps the place', async ({ page, site }) => {
	await page.goto('/zh/lessons/principles/');
	const links = page.locator('.toc .sub a');
	await expect(links.first()).toHaveAttribute('aria-current', 'location');
	await links.nth(3).click();
	await expect(links.nth(3)).toHaveAttribute('aria-current', 'location');
	await expect(links.first()).not.toHaveAttribute('aria-current', 'location');
	await expect(page.locator('.text h2').nth(3)).toBeInViewport();
	await page.locator('[data-language-switch="en"]').first().click();
	await expect(page).toHaveURL(`${site.url}/en/lessons/principles/#part-4`);
	await expect(page.locator('.text h2').nth(3)).toBeInViewport();
});

test('a lesson that was read to its end is marked and kept', async ({ page }) => {
	await page.goto('/en/lessons/scope/');
	await expect(page.locator('.toc [data-read=scope]')).toBeHidden();
	expect(await readLearner(page)).toEqual([]);
	await page.locator('.pg').scrollIntoViewIfNeeded();
	await expect(page.locator('.toc [data-read=scope]')).toBeVisible();
	await expect.poll(() => readLearner(page)).toMatchObject([{ kind: 'lesson', lesson: 'scope' }]);
	await page.goto('/en/lessons/');
	await expect(page.locator('[data-read=scope]')).toBeVisible();
	await expect(page.locator('[data-read=quality]')).toBeHidden();
});
