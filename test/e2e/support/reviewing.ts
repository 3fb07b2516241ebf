import { expect, type Page } from '@playwright/test';
import type { Asked, ReviewBundle } from '../../../src/components/learn/review/reviewBundle.ts';
import { isInPath } from '../../../src/learning/isInPath.ts';

/** Everything that is asked in a language, as the site serves it. */
export async function bundleOf(page: Page, locale: 'zh' | 'en'): Promise<ReviewBundle> {
	return (await (await page.request.get(`/${locale}/review/questions.json`)).json()) as ReviewBundle;
}

/** The first question of a kind. Throws where the bank has none. */
export function firstOf<Kind extends Asked['kind']>({ questions }: ReviewBundle, kind: Kind): Asked & { kind: Kind } {
	const found = questions.find((question): question is Asked & { kind: Kind } => question.kind === kind);
	if (!found) throw new Error(`got no question of the kind ${kind}, expected one in the bank`);
	return found;
}

/** Opens one question by itself, and waits until it can be answered. */
export async function ask(page: Page, locale: 'zh' | 'en', id: string): Promise<void> {
	await page.goto(`/${locale}/review/?question=${id}`);
	await expect(page.locator(`[data-item="${id}"]`)).toBeVisible();
}

/** A point well inside an area: the middle of the longest run of pixels in it. */
function insideOf(path: string, width: number, height: number): { x: number; y: number } {
	let best = { x: 0, y: 0, run: 0 };
	for (let y = 0.5; y < height; y += 2)
		for (let x = 0.5, start = 0.5; x <= width; x++) {
			if (x < width && isInPath(path, x, y)) continue;
			if (x - start > best.run) best = { x: (x + start) / 2, y, run: x - start };
			start = x + 1;
		}
	if (best.run === 0) throw new Error('got an area without pixels, expected some');
	return best;
}

/** Answers a question rightly, with a mouse. */
export async function answerByMouse(page: Page, asked: Asked, { pictures }: ReviewBundle): Promise<void> {
	const option = (id: string) => page.locator('.opt', { has: page.locator(`input[value="${id}"]`) });
	switch (asked.kind) {
		case 'single':
		case 'multiple':
			for (const id of asked.key) await option(id).click();
			break;
		case 'ordering':
			for (const [place, id] of asked.key.entries()) {
				const text = asked.options.find((one) => one.id === id)?.text ?? '';
				const row = page.locator('.order li').filter({ has: page.getByText(text, { exact: true }) });
				const grip = row.locator('.grip');
				const target = page.locator('.order li').nth(place);
				const [from, to] = [await grip.boundingBox(), await target.boundingBox()];
				if (!from || !to) throw new Error('got no row to drag, expected one');
				await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
				await page.mouse.down();
				await page.mouse.move(from.x + from.width / 2, to.y + 4, { steps: 6 });
				await page.mouse.up();
			}
			break;
		case 'matching':
			for (const [n, { id }] of asked.options.entries())
				await page
					.locator('.field-match select')
					.nth(n)
					.selectOption(asked.key[id] ?? '');
			break;
		case 'hotspot': {
			const picture = pictures[asked.picture];
			const path = picture?.areas[asked.area];
			if (!picture || !path) throw new Error(`got no area ${asked.area}, expected one`);
			const { x, y } = insideOf(path, picture.width, picture.height);
			const svg = page.locator('.plate.point svg');
			await svg.scrollIntoViewIfNeeded();
			const box = await svg.boundingBox();
			if (!box) throw new Error('got no picture, expected one');
			await page.mouse.click(box.x + (x / picture.width) * box.width, box.y + (y / picture.height) * box.height);
		}
	}
}

/** The same with the keyboard alone; then presses Enter, which checks. */
export async function answerByKeyboard(page: Page, asked: Asked, { pictures }: ReviewBundle): Promise<void> {
	const { keyboard } = page;
	switch (asked.kind) {
		case 'single':
		case 'multiple':
			// One by its letter, the others by their number.
			for (const [n, id] of asked.key.entries())
				await keyboard.press(n === 0 ? id.toLowerCase() : String(asked.options.findIndex((one) => one.id === id) + 1));
			await keyboard.press('Enter');
			break;
		case 'ordering':
			for (const [place, id] of asked.key.entries()) {
				const text = asked.options.find((one) => one.id === id)?.text ?? '';
				const texts = () => page.locator('.order .text').allTextContents();
				while ((await texts()).indexOf(text) > place) {
					const row = page.locator('.order li').nth((await texts()).indexOf(text));
					await row.locator('button').first().focus();
					await keyboard.press('Enter');
				}
			}
			await page.locator('.go .btn').first().focus();
			await keyboard.press('Enter');
			break;
		case 'matching':
			for (const [n, { id }] of asked.options.entries()) {
				await page.locator('.field-match select').nth(n).focus();
				const place = asked.targets.findIndex((target) => target.id === asked.key[id]);
				for (let press = 0; press <= place; press++) await keyboard.press('ArrowDown');
			}
			await page.locator('.go .btn').first().focus();
			await keyboard.press('Enter');
			break;
		case 'hotspot': {
			const picture = pictures[asked.picture];
			const path = picture?.areas[asked.area];
			if (!picture || !path) throw new Error(`got no area ${asked.area}, expected one`);
			const { width, height } = picture;
			const target = insideOf(path, width, height);
			const step = width / 60;
			await page.locator('.plate.point').focus();
			const press = async (key: string, times: number) => {
				for (let n = 0; n < times; n++) await keyboard.press(key);
			};
			// The first press shows the cross where it is: in the middle.
			await press('ArrowRight', 1);
			const [right, down] = [Math.round((target.x - width / 2) / step), Math.round((target.y - height / 2) / step)];
			await press(right < 0 ? 'ArrowLeft' : 'ArrowRight', Math.abs(right));
			await press(down < 0 ? 'ArrowUp' : 'ArrowDown', Math.abs(down));
			await keyboard.press('Enter');
		}
	}
}

/** Some wrong answer to a question of one choice. */
export async function answerWrongly(page: Page, asked: Asked & { kind: 'single' }): Promise<void> {
	const wrong = asked.options.find(({ id }) => !asked.key.includes(id));
	if (!wrong) throw new Error(`got no wrong option of ${asked.id}, expected one`);
	await page.locator('.opt', { has: page.locator(`input[value="${wrong.id}"]`) }).click();
	await page.locator('.go .btn').first().click();
	await expect(page.locator('.feedback')).toBeVisible();
}
