// @ts-check
// `npm run bench -- viewer`: what a brush move costs the main thread, beside Niivue's own pen in the same run; and
// whether opening and closing a case over and over loses a WebGL context.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startSite } from '../../src/server/startSite.ts';
import { startBenchPage } from './_benchPage.mjs';
import { describeMachine, startBrowser, summary } from './_benchTools.mjs';
import { mountCycles, navigationCycles } from './_contextCycles.mjs';
import { openMeter } from './_mainThread.mjs';
import { writeCases } from './_syntheticCase.mjs';

const ROUNDS = 5;
const MOVES = 24;
const SETTLE_MS = 70;
const BRUSH_MM = 10;
const CYCLES = 40;
const TARGET_MS = 4;
const DIMS = /** @type {const} */ ([240, 240, 155]);

const root = resolve(import.meta.dirname, '../..');
const data = mkdtempSync(join(tmpdir(), 'concord-bench-'));
writeCases(data, { 'bench-240': DIMS, 'bench-small': [96, 96, 40] });
const site = await startSite({ dist: resolve(process.env.CONCORD_DIST || join(root, 'dist')), data }, { port: 0 });
const benchPage = await startBenchPage();
const browser = await startBrowser();
try {
	console.log((await describeMachine(browser)).join('\n'));
	await measureMoves();
	console.log(`\nWebGL contexts over ${CYCLES} open/close cycles of a case with four panels`);
	console.log(`  viewer mounted and unmounted in one page: ${await mountCycles(browser, benchPage.url, CYCLES)}`);
	const practice = `${site.url}/en/practice/?case=bench-small`;
	console.log(`  practice page opened and left:            ${await navigationCycles(browser, practice, CYCLES)}`);
} finally {
	await browser.close();
	await benchPage.stop();
	await site.stop();
	rmSync(data, { recursive: true, force: true });
}

async function measureMoves() {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const ours = await openPractice(context);
	const theirs = await openNiivue(context);
	/** @type {Record<'ours' | 'theirs' | 'oursIdle' | 'theirsIdle', number[]>} */
	const ms = { ours: [], theirs: [], oursIdle: [], theirsIdle: [] };
	for (let round = 0; round < ROUNDS; round++) {
		ms.oursIdle.push(...(await idle(ours)));
		ms.ours.push(...(await stroke(ours, round)));
		ms.theirsIdle.push(...(await idle(theirs)));
		ms.theirs.push(...(await stroke(theirs, round)));
	}
	console.log(
		`\nMain-thread CPU per brush move, ms: ${DIMS.join('×')}, four panels, ${BRUSH_MM} mm, ${ROUNDS} strokes of ${MOVES} moves each, in turns`,
	);
	const line = (/** @type {string} */ name, /** @type {readonly number[]} */ values) => {
		const { count, median, p95, max } = summary(values);
		const [a, b, c] = [median, p95, max].map((value) => value.toFixed(2).padStart(8));
		console.log(`  ${name.padEnd(34)} median ${a}   p95 ${b}   max ${c}   (${count})`);
	};
	line('Concord, practice page', ms.ours);
	line('  the same wait without a move', ms.oursIdle);
	line("Niivue's own pen, one of 4 canvases", ms.theirs);
	line('  the same wait without a move', ms.theirsIdle);
	const { median } = summary(ms.ours);
	const verdict = median <= TARGET_MS ? 'met' : 'MISSED';
	console.log(`  target: median ≤ ${TARGET_MS} ms: ${verdict} (${median.toFixed(2)} ms)`);
	await context.close();
}

/**
 * A page with something to draw on: its box, and a session that reports the main thread's CPU time.
 * @typedef {{ page: import('@playwright/test').Page, cdp: import('@playwright/test').CDPSession,
 *   cpuMs: () => Promise<number>, box: { x: number, y: number, width: number, height: number }, drawn: () => Promise<number> }} Drawable
 */

/** @param {import('@playwright/test').BrowserContext} context @returns {Promise<Drawable>} */
async function openPractice(context) {
	const page = await context.newPage();
	await page.goto(`${site.url}/en/practice/?case=bench-240`);
	await page.waitForSelector('.wb[data-ready=true]', { timeout: 180_000 });
	await page.waitForFunction(() => !document.querySelector('.loading'), null, { timeout: 180_000 });
	const diameter = page.getByLabel('Brush diameter in millimetres');
	await diameter.fill(String(BRUSH_MM));
	const panel = page.locator('[data-panel="FLAIR"]');
	return drawable(page, panel, async () =>
		Number.parseFloat((await page.locator('.rlist li[aria-current] .v').textContent()) ?? ''),
	);
}

/** @param {import('@playwright/test').BrowserContext} context @returns {Promise<Drawable>} */
async function openNiivue(context) {
	const page = await context.newPage();
	await page.goto(benchPage.url);
	await page.evaluate(
		async ([dims, pen]) => {
			const { openPens } = await import(/** @type {string} */ ('/test/bench/_niivuePen.mjs'));
			const nv = await openPens(dims, pen);
			Object.assign(window, { nv });
		},
		/** @type {const} */ ([DIMS, BRUSH_MM]),
	);
	return drawable(page, page.locator('canvas').first(), () =>
		page.evaluate(() => {
			const bitmap = /** @type {Uint8Array} */ (/** @type {any} */ (window).nv.drawBitmap);
			return bitmap.reduce((sum, value) => sum + (value ? 1 : 0), 0) / 1000;
		}),
	);
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {import('@playwright/test').Locator} panel
 * @param {() => Promise<number>} drawn
 */
async function drawable(page, panel, drawn) {
	const box = await panel.boundingBox();
	if (!box) throw new Error('got no panel, expected one to draw on');
	return { page, ...(await openMeter(page)), box, drawn };
}

/**
 * Waits long enough for what a move leads to. Nothing is asked of the page meanwhile: that would count as well.
 * @param {Drawable} drawable
 */
function settled({ page }) {
	return page.waitForTimeout(SETTLE_MS);
}

/** What waiting costs by itself. @param {Drawable} drawable */
async function idle(drawable) {
	await drawable.page.bringToFront();
	await settled(drawable);
	const values = [];
	for (let n = 0; n < MOVES; n++) {
		const before = await drawable.cpuMs();
		await settled(drawable);
		values.push((await drawable.cpuMs()) - before);
	}
	return values;
}

/** One stroke around the middle, measured move by move. @param {Drawable} drawable @param {number} round */
async function stroke(drawable, round) {
	const { page, cdp, box } = drawable;
	await page.bringToFront();
	const at = (/** @type {number} */ n) => {
		const angle = (2 * Math.PI * n) / MOVES + round;
		const radius = 30 + 14 * round;
		return {
			x: box.x + box.width / 2 + radius * Math.cos(angle),
			y: box.y + box.height / 2 + radius * Math.sin(angle),
		};
	};
	const before = await drawable.drawn();
	await page.mouse.move(at(0).x, at(0).y);
	await page.mouse.down();
	await settled(drawable);
	const values = [];
	for (let n = 1; n <= MOVES; n++) {
		const start = await drawable.cpuMs();
		await cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...at(n), button: 'left', buttons: 1 });
		await settled(drawable);
		values.push((await drawable.cpuMs()) - start);
	}
	await page.mouse.up();
	await page.waitForTimeout(500);
	const after = await drawable.drawn();
	if (!(after > (Number.isNaN(before) ? 0 : before)))
		throw new Error(`got ${after} mL after ${before}, expected a stroke`);
	return values;
}
