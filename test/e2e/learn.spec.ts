import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { test } from './server.ts';
import { answerByKeyboard, answerByMouse, answerWrongly, ask, bundleOf, firstOf } from './support/reviewing.ts';
import { SLOW } from './support/slow.ts';

const KINDS = ['single', 'multiple', 'ordering', 'matching', 'hotspot'] as const;
const check = (page: Page) => page.locator('.item .go .btn').first();
const kept = (page: Page) => page.locator('[data-kept]');
const counted = (page: Page, mastery: string) =>
	page
		.locator(`[data-count="${mastery}"]`)
		.textContent()
		.then((text) => Number(text));

async function isAccessible(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
	expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([]);
}

for (const locale of ['zh', 'en'] as const)
	test(`a newcomer is led to the first lesson and an expert's example, /${locale}/`, async ({ page }) => {
		await page.goto(`/${locale}/learn/`);
		await expect(page.locator('[data-home]')).toHaveAttribute('data-drawn', '');
		await expect(page.locator('.next .btn.pri')).toHaveAttribute('href', `/${locale}/lessons/scope/`);
		await expect(page.locator('.then a').first()).toHaveAttribute('href', `/${locale}/worked/fig-1/`);
		await expect(page.locator('.btn.pri')).toHaveCount(1);
		const { rules } = await bundleOf(page, locale);
		await expect(page.locator('[data-rule]')).toHaveCount(Object.keys(rules).length);
		expect(await counted(page, 'new')).toBe(Object.keys(rules).length);
		await expect(page.locator('[data-no-scores]')).toBeVisible();
		await expect(page.locator('.road tbody tr')).toHaveCount(5);
		const cell = page.locator('[data-rule="R6-8b"]');
		await expect(cell).toHaveAttribute('href', `/${locale}/rules/#R6-8b`);
		await expect(cell).toHaveAttribute('aria-label', new RegExp(`§6-⑧ .+${locale === 'zh' ? '未学' : 'not met'}`));
		await isAccessible(page);
	});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });
	test('the home page still says what to begin with, and lists the rules', async ({ page }) => {
		await page.goto('/zh/learn/');
		await expect(page.locator('.next .btn.pri')).toBeVisible();
		await expect(page.locator('[data-rule="R6-8b"]')).toBeVisible();
	});
});

for (const [way, answer] of [
	['a mouse', answerByMouse],
	['the keyboard', answerByKeyboard],
] as const)
	for (const kind of KINDS)
		test(`a question of the kind ${kind} is answered with ${way}, explained and kept`, async ({ page }) => {
			const locale = way === 'a mouse' ? 'zh' : 'en';
			const bundle = await bundleOf(page, locale);
			const asked = firstOf(bundle, kind);
			await ask(page, locale, asked.id);
			if (kind === 'ordering') await expect(check(page)).toHaveAttribute('aria-disabled', 'false');
			else {
				// Nothing is answered yet: the button says so instead of checking.
				await check(page).click({ force: true });
				await expect(page.locator('.go .mute')).not.toBeEmpty();
				await expect(page.locator('.feedback')).toBeEmpty();
				await page.locator('h2').first().focus();
			}
			if (kind === 'hotspot') await expect(page.locator('.plate.point path')).toHaveCount(0);
			await answer(page, asked, bundle);
			if (way === 'a mouse') await check(page).click();
			await expect(page.locator('.feedback .outcome')).toHaveText(locale === 'zh' ? '对' : 'Right');
			await expect(page.locator('.feedback .rationale')).toHaveText(asked.rationale);
			for (const rule of asked.rules)
				await expect(page.locator(`.feedback a.cl[href="/${locale}/rules/#${rule}"]`)).toBeVisible();
			await expect(page.locator('.feedback .default')).toHaveCount(asked.note ? 1 : 0);
			await expect(kept(page).locator('.ic')).toBeVisible();
			await isAccessible(page);
			// The focus is on the way on.
			await page.keyboard.press('Enter');
			await expect(page.locator('.summary h2')).toBeFocused();
			await expect(page.locator('.summary tbody tr')).toHaveCount(asked.rules.length);
			await page.goto(`/${locale}/learn/`);
			await expect.poll(() => counted(page, 'learning')).toBe(asked.rules.length);
		});

test('a wrong answer says what is right; its rule is weak, and comes back when it is due', async ({ page }) => {
	const start = new Date('2026-03-02T09:00:00Z');
	await page.clock.setFixedTime(start);
	const bundle = await bundleOf(page, 'en');
	const asked = firstOf(bundle, 'single');
	await ask(page, 'en', asked.id);
	await answerWrongly(page, asked);
	await expect(page.locator('.opt.wrong')).toHaveCount(1);
	await expect(page.locator(`.opt.missed input[value="${asked.key[0]}"]`)).toHaveCount(1);
	await expect(kept(page).locator('.ic')).toBeVisible();
	await check(page).click();
	const row = page.locator(`.summary [data-rule="${asked.rules[0]}"]`);
	await expect(row).toContainText('weak');
	await expect(row).toContainText('in 10 min');

	// Nothing of it is due yet; an hour later it is.
	await page.goto('/en/learn/');
	await expect(page.locator('[data-home]')).toHaveAttribute('data-drawn', '');
	expect(await counted(page, 'weak')).toBe(asked.rules.length);
	await expect(page.locator('.next h1')).not.toContainText('Review');
	await page.clock.setFixedTime(new Date(start.getTime() + 3_600_000));
	await page.reload();
	await expect(page.locator('.next h1')).toContainText(`Review ${asked.rules.length} rule`);
	await page.locator('.next .btn.pri').click();
	await expect(page.locator(`[data-item]`).first()).toBeVisible();
	const about = await page.locator('[data-item]').getAttribute('data-item');
	expect(bundle.questions.find(({ id }) => id === about)?.rules).toContain(asked.rules[0]);

	// Answered rightly it goes further and further away.
	const waits: number[] = [];
	let now = start.getTime() + 3_600_000;
	for (let round = 0; round < 3; round++) {
		await page.clock.setFixedTime(new Date(now));
		await ask(page, 'en', asked.id);
		await answerByMouse(page, asked, bundle);
		await check(page).click();
		await expect(kept(page).locator('.ic')).toBeVisible();
		await check(page).click();
		const words = (await row.locator('td').last().textContent()) ?? '';
		const days = words === 'tomorrow' ? 1 : Number(/in (\d+) days/.exec(words)?.[1] ?? 0);
		waits.push(days);
		now += (days + 1) * 86_400_000;
	}
	expect(waits).toEqual([...waits].sort((a, b) => a - b));
	expect(waits.at(-1)).toBeGreaterThan(waits[0] ?? 0);
});

test('a session goes on where it was after a reload, and is over only once', async ({ page }) => {
	const bundle = await bundleOf(page, 'zh');
	await page.goto('/zh/review/?section=6');
	const item = page.locator('[data-item]');
	await expect(item).toBeVisible();
	const total = await page.locator('.ticks i').count();
	expect(total).toBe(Math.min(12, bundle.questions.filter(({ section }) => section === '6').length));
	const seen: string[] = [];
	for (let n = 0; n < total; n++) {
		const id = (await item.getAttribute('data-item')) ?? '';
		seen.push(id);
		const asked = bundle.questions.find((question) => question.id === id);
		if (!asked) throw new Error(`got the item ${id}, expected one of the bank`);
		await answerByMouse(page, asked, bundle);
		await check(page).click();
		await expect(page.locator('.feedback .outcome')).toHaveText('对');
		if (n === 1) {
			await page.reload();
			await expect(item).toHaveAttribute('data-item', id);
			await expect(page.locator('.feedback .outcome')).toHaveText('对');
			await expect(page.locator('.ticks .right')).toHaveCount(2);
		}
		await check(page).click();
	}
	expect(new Set(seen).size).toBe(total);
	await expect(page.locator('.summary .lead')).toContainText(`${total} 题，全对 ${total} 题`);
	await page.reload();
	await expect(item).toBeVisible();
});

test('an answer that cannot be stored is told, is not lost, and is stored later', async ({ page }) => {
	// The browser's database refuses as long as the entry is there.
	await page.addInitScript(() => {
		const open = IDBFactory.prototype.open;
		IDBFactory.prototype.open = function (this: IDBFactory, ...args) {
			if (localStorage.getItem('test.refuse') !== null)
				throw new DOMException('The operation is insecure.', 'SecurityError');
			return Reflect.apply(open, this, args);
		};
	});
	const bundle = await bundleOf(page, 'zh');
	const asked = firstOf(bundle, 'single');
	await page.goto('/zh/review/');
	await page.evaluate(() => localStorage.setItem('test.refuse', ''));
	await ask(page, 'zh', asked.id);
	await answerByMouse(page, asked, bundle);
	await check(page).click();
	await expect(page.locator('.feedback .outcome')).toHaveText('对');
	await expect(kept(page)).toHaveClass(/failed/);
	await expect(kept(page)).toContainText('1 个回答没有存进去');
	await isAccessible(page);
	await page.evaluate(() => localStorage.removeItem('test.refuse'));
	await page.goto('/zh/review/?all');
	await expect(kept(page)).toContainText('已存');
	await page.goto('/zh/learn/');
	await expect.poll(() => counted(page, 'learning')).toBe(asked.rules.length);
});

test('the home page follows what another tab does', async ({ page, context }) => {
	const bundle = await bundleOf(page, 'zh');
	const asked = firstOf(bundle, 'single');
	await page.goto('/zh/learn/');
	await expect(page.locator('[data-home]')).toHaveAttribute('data-drawn', '');
	const other = await context.newPage();
	await ask(other, 'zh', asked.id);
	await answerWrongly(other, asked);
	await expect.poll(() => counted(page, 'weak')).toBe(asked.rules.length);
});

test('a problem is reported on an item, listed at home, exported as a file and deleted', async ({ page }) => {
	const bundle = await bundleOf(page, 'zh');
	const asked = firstOf(bundle, 'single');
	await ask(page, 'zh', asked.id);
	const report = page.getByRole('button', { name: '报告问题' });
	await report.click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('textbox')).toBeFocused();
	await isAccessible(page);
	await dialog.getByRole('button', { name: '保存' }).click();
	await expect(dialog.getByRole('alert')).toContainText('先写一句');
	// Letters are text here, not answers; what was typed outlives the dialogue.
	await page.keyboard.type('abc: 选项 C 读不通');
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await expect(report).toBeFocused();
	await expect(page.locator('.opt input:checked')).toHaveCount(0);
	await report.press('Enter');
	await expect(dialog.getByRole('textbox')).toHaveValue('abc: 选项 C 读不通');
	await dialog.getByRole('button', { name: '保存' }).click();
	await dialog.getByRole('link').click();

	const note = page.locator('[data-note]');
	await expect(note).toHaveCount(1);
	await expect(note).toContainText(asked.id);
	// A note is nothing learned.
	await expect(page.locator('.next .btn.pri')).toHaveAttribute('href', '/zh/lessons/scope/');
	const waiting = page.waitForEvent('download');
	await page.locator('[data-notes-export]').click();
	const file = await waiting;
	expect(file.suggestedFilename()).toMatch(/^concord-notes-\d{4}-\d{2}-\d{2}\.json$/);
	const { notes } = JSON.parse(readFileSync(await file.path(), 'utf8'));
	expect(notes).toMatchObject([{ about: { kind: 'question', id: asked.id }, text: 'abc: 选项 C 读不通' }]);

	page.once('dialog', (asking) => void asking.accept());
	await note.getByRole('button').click();
	await expect(note).toHaveCount(0);
	await page.reload();
	await expect(page.locator('[data-home]')).toHaveAttribute('data-drawn', '');
	await expect(page.locator('[data-no-notes]')).toBeVisible();
});

test('a problem with a case is reported where cases are listed', async ({ page }) => {
	await page.goto('/en/cases/');
	await page.locator('[data-case="fig-1"] [data-problem]').click();
	await page.getByRole('dialog').getByRole('textbox').fill('The title says left.');
	await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
	await page.getByRole('dialog').getByRole('link').click();
	await expect(page.locator('[data-note]')).toContainText('Case fig-1');
});

test('a problem with an item of a drill is reported once it is answered', SLOW, async ({ page }) => {
	await page.goto('/en/drills/region/');
	await page.locator('[data-choice]').first().click({ timeout: 60_000 });
	const report = page.locator('[data-problem="drill"]');
	await report.click();
	await page.getByRole('dialog').getByRole('textbox').fill('The outline is hard to see.');
	await page.getByRole('dialog').getByRole('button', { name: 'Keep' }).click();
	await page.getByRole('dialog').getByRole('link').click();
	await expect(page.locator('[data-note]')).toContainText('Drill region:');
	await expect(page.locator('[data-note]')).toContainText('The outline is hard to see.');
});

test('reviews are asked without a network, once the site was opened', async ({ page, site }) => {
	await page.goto('/zh/learn/');
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	await page.reload();
	await site.stop();
	await page.goto('/zh/review/?all');
	await expect(page.locator('[data-item]')).toBeVisible();
	await page.goto('/zh/learn/');
	await expect(page.locator('[data-home]')).toHaveAttribute('data-drawn', '');
	await expect(page.locator('[data-failed]')).toBeHidden();
});

test.describe('with fingers', () => {
	test.use({ hasTouch: true, viewport: { width: 820, height: 1180 } });
	test('whatever is touched is at least 44 px high, and nothing is wider than the page', async ({ page }) => {
		const bundle = await bundleOf(page, 'zh');
		const tall = async (selector: string) => {
			const found = page.locator(selector);
			expect(await found.count()).toBeGreaterThan(0);
			for (const one of await found.all()) expect((await one.boundingBox())?.height).toBeGreaterThanOrEqual(44);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(820);
		};
		await page.goto('/zh/learn/');
		await expect(page.locator('[data-home]')).toHaveAttribute('data-drawn', '');
		await tall('.learn .btn:visible, .learn .cell');
		for (const kind of KINDS) {
			await ask(page, 'zh', firstOf(bundle, kind).id);
			await tall('.review .opt, .review .btn, .review .choice, .review .ib, .review .grip, .modes .btn');
		}
	});
});
