import { expect } from '@playwright/test';
import { ijkToXyz, invertAffine } from '../../src/grid/grid.ts';
import { folders, test } from './server.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { expectLinked } from './support/linked.ts';
import type { SlicePosition } from './support/placement.ts';
import { ReadingRoom } from './support/readingRoom.ts';

const files = readCatalogueCase(folders.data, 'ring-01');

test('all panels look at the same place in mm, also across tilted grids', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	// Far in front, where 8° of tilt are several slices.
	const { view } = await room.placement('FLAIR');
	const at = [view.dims[0] * 0.4, view.dims[1] * 0.78] as const;
	await expectLinked(room, 'FLAIR', at, ['T1C', 'T2', 'T1', 'DWI']);
	const t1c = await room.placement('T1C');
	const middleMm = ijkToXyz({ dims: view.dims, affine: view.affine }, [127, 127, await room.slice('FLAIR')]);
	const untilted = ijkToXyz({ dims: t1c.view.dims, affine: invertAffine(t1c.view.affine) }, middleMm)[2];
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
