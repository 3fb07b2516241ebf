// @ts-check
// `npm run bench -- workbench`: what drawing costs the main thread in real Chromium, and what a long session keeps.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startSite } from '../../src/server/startSite.ts';
import { describeMachine, startBrowser, summary } from './_benchTools.mjs';
import { writeCases } from './_syntheticCase.mjs';
import { openWorkbench } from './_workbenchPage.mjs';

/** @typedef {Awaited<ReturnType<typeof openWorkbench>>} Bench */
/** @typedef {{ dims: readonly [number, number, number], spacingMm: readonly [number, number, number] }} Size */

/** @type {readonly Size[]} */
const SIZES = [
	{ dims: [240, 240, 155], spacingMm: [1, 1, 1] },
	{ dims: [512, 512, 28], spacingMm: [0.47, 0.47, 5] },
];
const BRUSH_MM = 10;
const STROKES = 5;
const MOVES = 24;
const REPEATS = 9;
const MANY_STROKES = 500;
const BETWEEN = 20;
/** Long enough for what a step leads to, and short enough that nothing else comes in between. */
const MOVE_MS = 70;
const STEP_MS = 500;
const TARGETS = { move: 3, undo: 10, grow: 30, interpolate: 150, region: 30, memoryMb: 100 };

const idOf = (/** @type {Size} */ { dims }) => dims.join('x');
const root = resolve(import.meta.dirname, '../..');
const data = mkdtempSync(join(tmpdir(), 'concord-bench-'));
writeCases(
	data,
	Object.fromEntries(SIZES.map((size) => [idOf(size), size.dims])),
	Object.fromEntries(SIZES.map((size) => [idOf(size), size.spacingMm])),
);
const site = await startSite({ dist: resolve(process.env.CONCORD_DIST || join(root, 'dist')), data }, { port: 0 });
const browser = await startBrowser();
try {
	console.log((await describeMachine(browser)).join('\n'));
	for (const size of SIZES) await measure(size);
} finally {
	await browser.close();
	await site.stop();
	rmSync(data, { recursive: true, force: true });
}

/** @param {Size} size */
async function measure(size) {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const bench = await openWorkbench(context, `${site.url}/en/practice/?case=${idOf(size)}`, size);
	console.log(`\nMain-thread CPU, ms: ${size.dims.join('×')} voxels of ${size.spacingMm.join('×')} mm, four sequences`);
	line('the wait of a move by itself', await idle(bench, MOVE_MS));
	line('the wait of a step by itself', await idle(bench, STEP_MS));
	line(`brush move, ${BRUSH_MM} mm`, await brushMoves(bench), TARGETS.move);
	line('undo of a stroke', await undos(bench), TARGETS.undo);
	for (const [extent, about] of /** @type {const} */ ([
		['In slice', 'in the slice'],
		['3-D', 'in 3-D'],
	]))
		line(`region grow preview, ${about}`, await growPreviews(bench, extent), TARGETS.grow);
	line(`interpolation of ${BETWEEN} slices`, await interpolations(bench), TARGETS.interpolate);
	line('switch of region', await regionSwitches(bench), TARGETS.region);
	const { startMb, endMb } = await manyStrokes(bench);
	const figures = `${startMb.toFixed(1)} MB at the start, ${endMb.toFixed(1)} MB after`;
	const verdict = judge(endMb - startMb, TARGETS.memoryMb, 'MB');
	console.log(`  memory of the page over ${MANY_STROKES} strokes: ${figures}${verdict}`);
	await context.close();
}

/** @param {string} name @param {readonly number[]} values @param {number} [target] */
function line(name, values, target) {
	const { count, median, p95, max } = summary(values);
	const [a, b, c] = [median, p95, max].map((value) => value.toFixed(2).padStart(8));
	const verdict = target === undefined ? '' : judge(median, target, 'ms');
	console.log(`  ${name.padEnd(34)} median ${a}   p95 ${b}   max ${c}   (${count})${verdict}`);
}

/** @param {number} value @param {number} target @param {string} unit */
function judge(value, target, unit) {
	if (value <= target) return `   target ≤ ${target} ${unit}: met`;
	process.exitCode = 1;
	return `   target ≤ ${target} ${unit}: MISSED (${value.toFixed(2)} ${unit})`;
}

/** @param {Bench} bench @param {number} waitMs */
async function idle(bench, waitMs) {
	await bench.page.waitForTimeout(2000);
	const values = [];
	for (let n = 0; n < REPEATS; n++) values.push(await bench.costOf(async () => {}, waitMs));
	return values;
}

/** Strokes around the middle of the head, measured move by move. @param {Bench} bench */
async function brushMoves(bench) {
	await bench.page.keyboard.press('b');
	await bench.page.getByLabel('Brush diameter in millimetres').fill(String(BRUSH_MM));
	const values = [];
	for (let round = 0; round < STROKES; round++) {
		const circle = bench.circle([0.5, 0.5], 20 + 6 * round, MOVES);
		await bench.mouse('mouseMoved', circle[0]);
		await bench.mouse('mousePressed', circle[0]);
		await bench.page.waitForTimeout(MOVE_MS);
		for (const at of circle.slice(1)) values.push(await bench.costOf(() => bench.mouse('mouseMoved', at, 1), MOVE_MS));
		await bench.mouse('mouseReleased', circle[0]);
		await bench.page.waitForTimeout(STEP_MS);
	}
	await bench.expectDrawn();
	return values;
}

/** Takes back what `brushMoves` drew, and draws it again, more than once. @param {Bench} bench */
async function undos(bench) {
	const values = [];
	for (let round = 0; round < 3; round++) {
		for (let n = 0; n < STROKES; n++)
			values.push(await bench.costOf(() => bench.page.keyboard.press('Control+z'), STEP_MS));
		for (let n = 0; n < STROKES; n++) await bench.page.keyboard.press('Control+y');
		await bench.page.waitForTimeout(2000);
	}
	await bench.expectDrawn();
	return values;
}

/** Drags the tolerance up and down from the lesion's middle. @param {Bench} bench @param {string} extent */
async function growPreviews(bench, extent) {
	await bench.page.keyboard.press('g');
	await bench.page.locator('.opt').getByRole('button', { name: extent, exact: true }).click();
	const [seed] = bench.circle([0.62, 0.6], 0, 1);
	await bench.mouse('mouseMoved', seed);
	await bench.mouse('mousePressed', seed);
	await bench.page.waitForTimeout(STEP_MS);
	const values = [];
	for (let n = 0; n < MOVES; n++) {
		const at = { x: seed.x, y: seed.y - 100 + 8 * Math.abs(12 - n) };
		values.push(await bench.costOf(() => bench.mouse('mouseMoved', at, 1), 200));
	}
	await bench.mouse('mouseReleased', seed);
	const told = await bench.page.locator('.opt').getByText('Proposed:').textContent();
	if (!(Number.parseFloat(told?.split(':')[1] ?? '') > 0)) throw new Error(`got ${told}, expected a proposal`);
	await bench.page.keyboard.press('Escape');
	return values;
}

/** Blends two outlines of the same size as a large tumour, more than once. @param {Bench} bench */
async function interpolations(bench) {
	const { page } = bench;
	const middle = bench.slices >> 1;
	const first = Math.max(0, middle - (BETWEEN >> 1));
	for (let n = 0; n < STROKES; n++) await page.keyboard.press('Control+z');
	for (const [slice, radius] of /** @type {const} */ ([
		[first, 25],
		[first + BETWEEN + 1, 35],
	])) {
		await bench.goToSlice(slice);
		await page.keyboard.press('p');
		await bench.drag(bench.circle([0.5, 0.5], radius, MOVES));
	}
	await page.keyboard.press('i');
	const button = page.locator('.opt').getByRole('button', { name: `Fill slices between: ${BETWEEN}` });
	const values = [];
	for (let n = 0; n < REPEATS; n++) {
		await button.waitFor();
		const box = await button.boundingBox();
		if (!box) throw new Error('got no button, expected one');
		const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
		await bench.mouse('mouseMoved', at);
		await bench.mouse('mousePressed', at);
		await page.waitForTimeout(STEP_MS);
		values.push(await bench.costOf(() => bench.mouse('mouseReleased', at), STEP_MS));
		await page.locator('.opt [role=status]').getByText('voxels changed').waitFor();
		await page.keyboard.press('Control+z');
		await page.waitForTimeout(1000);
	}
	return values;
}

/** @param {Bench} bench */
async function regionSwitches(bench) {
	const values = [];
	await bench.page.waitForTimeout(1000);
	for (let n = 0; n < REPEATS; n++)
		for (const key of ['2', '1']) values.push(await bench.costOf(() => bench.page.keyboard.press(key), STEP_MS));
	return values;
}

/** Draws in many slices, as a long session does. @param {Bench} bench */
async function manyStrokes(bench) {
	await bench.page.keyboard.press('b');
	await bench.page.waitForTimeout(2000);
	const before = await bench.strokes();
	const startMb = await bench.memoryMb();
	for (let n = 0; n < MANY_STROKES; n++) {
		if (n % 25 === 0) await bench.goToSlice(Math.floor((bench.slices * (n + 100)) / (MANY_STROKES + 200)));
		const circle = bench.circle([0.4 + 0.03 * (n % 6), 0.4 + 0.03 * (n % 7)], 14, 6);
		await bench.drag(circle);
	}
	await bench.saved();
	const endMb = await bench.memoryMb();
	const strokes = (await bench.strokes()) - before;
	if (strokes < 0.8 * MANY_STROKES) throw new Error(`got ${strokes} strokes, expected about ${MANY_STROKES}`);
	return { startMb, endMb };
}
