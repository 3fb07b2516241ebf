import { expect } from '@playwright/test';
import { type Affine, ijkToXyz, invertAffine } from '../../src/grid/grid.ts';
import type { Sequence } from '../../src/schemas/protocol.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import type { Placement, SlicePosition } from './support/placement.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { crossingOf, readSurface } from './support/surface.ts';
import { folders, test } from './server.ts';

const files = readCatalogueCase(folders.data, 'ring-01');

const through = ({ view }: Placement, affine: Affine, at: readonly [number, number, number]) =>
	ijkToXyz({ dims: view.dims, affine }, at);

test('all panels look at the same place in mm, also across tilted grids', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	await page.keyboard.press('c');
	// Far in front, where 8° of tilt are several slices.
	const from = await room.placement('FLAIR');
	const slice = await room.slice('FLAIR');
	const [at] = await room.stroke('FLAIR', [[from.view.dims[0] * 0.4, from.view.dims[1] * 0.78] as SlicePosition]);
	if (!at) throw new Error('got no position, expected one');
	const placeMm = through(from, from.view.affine, [at[0], at[1], slice]);
	for (const sequence of ['T1C', 'T2', 'T1', 'DWI'] as const satisfies readonly Sequence[]) {
		const placement = await room.placement(sequence);
		const [x, y, z] = through(placement, invertAffine(placement.view.affine), placeMm);
		await expect(room.panel(sequence), sequence).toHaveAttribute('data-slice', String(Math.round(z) + 1));
		const corner = await room.box(sequence);
		const [left, top] = placement.toPage([x, y]);
		await expect
			.poll(async () => {
				const crossing = crossingOf(await readSurface(room.panel(sequence)));
				return Math.max(Math.abs(crossing.x - (left - corner.x)), Math.abs(crossing.y - (top - corner.y)));
			}, `${sequence}: pixels between the crosshair and the place`)
			.toBeLessThan(1.6);
	}
	const t1c = await room.placement('T1C');
	const untilted = through(t1c, invertAffine(t1c.view.affine), through(from, from.view.affine, [127, 127, slice]))[2];
	expect(Math.abs((await room.slice('T1C')) - untilted)).toBeGreaterThan(3);
});

test('wheel and keys page through the slices; what was looked at stays known', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('zh');
	const start = await room.slice('FLAIR');
	const shows = (slice: number) => expect(room.panel('FLAIR')).toHaveAttribute('data-slice', String(slice + 1));
	await page.keyboard.press('ArrowUp');
	await shows(start + 1);
	await page.keyboard.press('PageDown');
	await page.keyboard.press('ArrowDown');
	await shows(start - 1);
	await room.panel('FLAIR').hover();
	await page.mouse.wheel(0, -100);
	await shows(start);
	await page.mouse.wheel(0, 100);
	await page.mouse.wheel(0, 100);
	await shows(start - 2);
	await room.panel('T1C').hover();
	const other = await room.slice('T1C');
	await page.mouse.wheel(0, -100);
	await expect(room.panel('T1C')).toHaveAttribute('data-slice', String(other + 2));
	const seen = [start - 2, start - 1, start, start + 1];
	await expect
		.poll(async () => {
			const looks = (await room.events()).flatMap((event) =>
				event.kind === 'look' && event.sequence === 'FLAIR' ? event.slices : [],
			);
			return [...new Set(looks)].sort((a, b) => a - b);
		})
		.toEqual(seen);
	await page.reload();
	await room.loaded();
	for (const slice of seen) await expect(page.locator('.strip .sl').nth(slice)).not.toHaveClass(/\bun\b/);
	await expect(page.locator('.strip .sl').nth(start + 5)).toHaveClass(/\bun\b/);
});

test('the window is set by dragging and kept for its sequence', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const label = room.panel('FLAIR').locator('.bl');
	const before = await label.innerText();
	const middle: SlicePosition = [120, 120];
	await room.stroke('FLAIR', [middle, [90, 120], [60, 150]], { button: 'right' });
	await page.mouse.move(5, 5);
	const after = await label.innerText();
	expect(after).not.toBe(before);
	const [w0 = 0, l0 = 0] = (before.match(/\d+/g) ?? []).map(Number);
	const [w1 = 0, l1 = 0] = (after.match(/\d+/g) ?? []).map(Number);
	expect(w1).toBeGreaterThan(w0);
	expect(l1).not.toBe(l0);
	await page.reload();
	await room.loaded();
	await expect(label).toHaveText(after.trim());
	await page.keyboard.press('l');
	await page.locator('.opt .btn.s').click();
	await expect(label).toHaveText(before.trim());
});

test('a panel is maximised and put back by key and by button', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const width = async () => (await room.box('FLAIR')).width;
	const small = await width();
	await page.keyboard.press('m');
	await expect(room.panel('T1C')).toBeHidden();
	expect(await width()).toBeGreaterThan(small);
	await page.keyboard.press('m');
	await expect(room.panel('T1C')).toBeVisible();
	await room.panel('T2').hover();
	await room.panel('T2').locator('button[aria-pressed]').click();
	await expect(room.front).toHaveAttribute('data-panel', 'T2');
	await expect(room.panel('FLAIR')).toBeHidden();
	await room.panel('T2').locator('button[aria-pressed]').click();
	await expect(room.panel('FLAIR')).toBeVisible();
});

test('the other language keeps the case and the work', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('zh');
	await room.stroke('FLAIR', [
		[120, 120],
		[130, 130],
	]);
	const drawn = await room.drawn('WT');
	expect(drawn.size).toBeGreaterThan(30);
	await page.locator('a.language').focus();
	await page.keyboard.press('Enter');
	await page.waitForURL('**/en/practice/?case=ring-01');
	await room.loaded();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await room.expectDrawn('WT', drawn);
});
