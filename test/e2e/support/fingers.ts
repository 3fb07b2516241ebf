import { type CDPSession, expect, type Locator, type Page } from '@playwright/test';
import type { Box, PagePosition } from './placement.ts';

/** Fingers on the glass, as the browser gets them from a touch screen: no mouse, no keyboard, no scrolling by script. */
export class Fingers {
	readonly #page: Page;
	readonly #client: CDPSession;

	private constructor(page: Page, client: CDPSession) {
		this.#page = page;
		this.#client = client;
	}

	static async on(page: Page): Promise<Fingers> {
		return new Fingers(page, await page.context().newCDPSession(page));
	}

	/** Says where all fingers are. */
	async touch(type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: readonly PagePosition[]): Promise<void> {
		const touchPoints = at.map(([x, y], id) => ({ x, y, id }));
		await this.#client.send('Input.dispatchTouchEvent', { type, touchPoints });
	}

	/** Slides a finger from place to place. It rests before it is lifted: the browser takes a flick for a fling, which the next tap would only stop. */
	async slide(first: PagePosition, ...rest: readonly PagePosition[]): Promise<void> {
		await this.touch('touchStart', first);
		for (const at of rest) await this.touch('touchMove', at);
		await this.#page.waitForTimeout(80);
		await this.touch('touchEnd');
	}

	/** Sets a finger down on the middle of something and lifts it, once swiping has brought it into sight. */
	async tap(target: Locator): Promise<void> {
		await expect(target).toBeVisible();
		for (let swipes = 0; swipes < 20; swipes++) {
			const { middle, onTop, scroller } = await lookFor(target);
			if (onTop) return this.#press(middle);
			if (!scroller) throw new Error(`got ${target} under something else, expected it within reach`);
			await this.#swipe(scroller, middle);
		}
		throw new Error(`got no sight of ${target}, expected it after swiping`);
	}

	/** Waits for the click that the browser makes of it; on a way to another page nobody is left to wait for it. */
	async #press(at: PagePosition): Promise<void> {
		await this.#page.evaluate(() => {
			const clicked = new Promise((done) => addEventListener('click', () => done(true), { once: true, capture: true }));
			Object.assign(window, { clicked });
		});
		// Lifted whether or not the page has heard of it yet: on a busy page it would be a long press otherwise.
		await Promise.all([this.touch('touchStart', at), this.touch('touchEnd')]);
		await this.#page.evaluate(() => Reflect.get(window, 'clicked')).catch(() => undefined);
	}

	/** Swipes what scrolls so that a place comes nearer to its middle. */
	async #swipe({ x, y, width, height }: Box, [, towards]: PagePosition): Promise<void> {
		const left = x + width * 0.94;
		const middle = y + height / 2;
		const way = Math.max(-0.4 * height, Math.min(0.4 * height, middle - towards));
		const steps = [0.25, 0.5, 0.75, 1].map((share): PagePosition => [left, middle - way / 2 + way * share]);
		await this.slide([left, middle - way / 2], ...steps);
	}
}

/** Where something is, whether a finger would meet it there, and what scrolls around it. */
async function lookFor(target: Locator) {
	return target.evaluate((element) => {
		const boxOf = (of: Element) => {
			const { x, y, width, height } = of.getBoundingClientRect();
			return { x, y, width, height };
		};
		const { x, y, width, height } = boxOf(element);
		const middle = [x + width / 2, y + height / 2] as const;
		const met = document.elementFromPoint(...middle);
		const scrolls = (each: Element) =>
			each.scrollHeight > each.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(each).overflowY);
		let around = element.parentElement;
		while (around && !scrolls(around)) around = around.parentElement;
		const scroller = around ?? (document.documentElement.scrollHeight > innerHeight ? document.documentElement : null);
		const seen = scroller === document.documentElement ? { x: 0, y: 0, width: innerWidth, height: innerHeight } : null;
		return {
			middle,
			onTop: element.contains(met),
			scroller: scroller && (seen ?? boxOf(scroller)),
		};
	});
}

/**
 * What can be tapped and is on the screen but smaller than it should be: names and sizes. The size is what a finger meets,
 * around the middle of what is shown.
 */
export async function tooSmall(page: Page, px: number, without: string): Promise<string[]> {
	return page.evaluate(
		({ px, without }) => {
			const interactive = 'button:enabled, a[href], input, select, summary, label';
			const small: string[] = [];
			const root = document.querySelector('dialog[open]') ?? document.body;
			for (const element of root.querySelectorAll(interactive)) {
				if (element.matches(without) || element.closest(without) || element.closest('.vh')) continue;
				// What is in a label is tapped with it.
				if (element.parentElement?.closest('label')) continue;
				const { x, y, width, height } = element.getBoundingClientRect();
				if (width === 0 || height === 0) continue;
				const [left, top] = [x + width / 2, y + height / 2];
				const meets = (dx: number, dy: number) => {
					const met = document.elementFromPoint(left + dx, top + dy);
					return met !== null && (element === met || element.contains(met));
				};
				// Half out of what scrolls, or half under what stays: it is whole once it is swiped into sight.
				const [right, bottom] = [width / 2 - 1, height / 2 - 1];
				const sides = [
					[0, 0],
					[-right, 0],
					[right, 0],
					[0, -bottom],
					[0, bottom],
				] as const;
				if (!sides.every(([dx, dy]) => meets(dx, dy))) continue;
				const reach = (dx: number, dy: number) => {
					let n = 0;
					while (n < px && meets(dx * (n + 1), dy * (n + 1))) n++;
					return n;
				};
				const [across, down] = [reach(-1, 0) + reach(1, 0) + 1, reach(0, -1) + reach(0, 1) + 1];
				if (across >= px - 1 && down >= px - 1) continue;
				const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
				small.push(`${element.tagName}.${element.className} "${name.trim()}" ${across} × ${down}`);
			}
			return small;
		},
		{ px, without },
	);
}
