// @ts-check
// The practice page with a case to draw on, at the mouse, the keyboard and the browser's own counters.
import { readStored } from '../e2e/support/journal.ts';
import { placeIn } from '../e2e/support/placement.ts';
import { openMeter } from './_mainThread.mjs';
import { makeVolume } from './_volume.mjs';

/** @typedef {{ x: number, y: number }} At */

/**
 * @param {import('@playwright/test').BrowserContext} context
 * @param {string} url
 * @param {{ dims: readonly [number, number, number], spacingMm: readonly [number, number, number] }} size
 */
export async function openWorkbench(context, url, { dims, spacingMm }) {
	const page = await context.newPage();
	await page.goto(url);
	await page.waitForSelector('.wb[data-ready=true]', { timeout: 180_000 });
	await page.waitForFunction(() => !document.querySelector('.loading'), null, { timeout: 180_000 });
	const panel = page.locator('[data-panel="FLAIR"]');
	const box = await panel.boundingBox();
	if (!box) throw new Error('got no panel, expected one to draw on');
	const placement = placeIn(box, makeVolume(dims, 1, spacingMm));
	const { cdp, cpuMs } = await openMeter(page);

	/** @param {'mouseMoved' | 'mousePressed' | 'mouseReleased'} type @param {At | undefined} at @param {0 | 1} [buttons] */
	async function mouse(type, at, buttons = 0) {
		const button = type === 'mouseMoved' && buttons === 0 ? 'none' : 'left';
		const { x, y } = at ?? { x: 0, y: 0 };
		await cdp.send('Input.dispatchMouseEvent', { type, x, y, button, buttons, clickCount: 1 });
	}

	return {
		page,
		mouse,
		slices: dims[2],
		/** Places on the page around a middle, which is given in parts of the slice. @param {readonly [number, number]} middle @param {number} radiusMm @param {number} count @returns {[At, ...At[]]} */
		circle([x, y], radiusMm, count) {
			const at = (/** @type {number} */ n) => {
				const angle = (2 * Math.PI * n) / count;
				const [left, top] = placement.toPage([
					x * dims[0] + (radiusMm * Math.cos(angle)) / spacingMm[0],
					y * dims[1] + (radiusMm * Math.sin(angle)) / spacingMm[1],
				]);
				return { x: Math.round(left), y: Math.round(top) };
			};
			return [at(0), ...Array.from({ length: count - 1 }, (_, n) => at(n + 1))];
		},
		/** @param {readonly At[]} path */
		async drag(path) {
			await mouse('mouseMoved', path[0]);
			await mouse('mousePressed', path[0]);
			for (const at of path.slice(1)) await mouse('mouseMoved', at, 1);
			await mouse('mouseReleased', path.at(-1));
		},
		/** CPU time that a step costs with what it leads to. Nothing is asked of the page meanwhile: that would count. @param {() => Promise<unknown>} step @param {number} waitMs */
		async costOf(step, waitMs) {
			const before = await cpuMs();
			await step();
			await page.waitForTimeout(waitMs);
			return (await cpuMs()) - before;
		},
		/** @param {number} slice */
		async goToSlice(slice) {
			await page.locator('.strip .sl').nth(slice).click();
			await page.waitForSelector(`[data-panel="FLAIR"][data-slice="${slice + 1}"]`);
		},
		async expectDrawn() {
			const volume = (await page.locator('.rlist li[aria-current] .v').textContent()) ?? '';
			if (!(Number.parseFloat(volume) > 0)) throw new Error(`got ${volume}, expected something drawn`);
		},
		async saved() {
			await page.waitForSelector('[data-saved="saved"]', { timeout: 120_000 });
		},
		/** Strokes on the disk. */
		async strokes() {
			const { entries } = await readStored(page);
			return entries.flatMap(({ events }) => events).filter(({ kind }) => kind === 'stroke').length;
		},
		/** What the page's scripts keep after what they let go was collected, buffers among it, MB. */
		async memoryMb() {
			await cdp.send('HeapProfiler.collectGarbage');
			const { usedSize, embedderHeapUsedSize, backingStorageSize } = await cdp.send('Runtime.getHeapUsage');
			return (usedSize + embedderHeapUsedSize + backingStorageSize) / 1e6;
		},
	};
}
