import { expect } from '@playwright/test';
import { folders, test } from '../e2e/server.ts';
import { brushed } from '../e2e/support/brushed.ts';
import { readCatalogueCase } from '../e2e/support/caseFiles.ts';
import { Fingers } from '../e2e/support/fingers.ts';
import { ReadingRoom } from '../e2e/support/readingRoom.ts';
import { around, middleOf } from '../e2e/support/referenceShape.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
type Pixel = readonly [left: number, top: number];

test.describe('with fingers', () => {
	test.use({ hasTouch: true });

	test('one draws; two zoom and pan, and take back what the first drew', async ({ page }) => {
		const room = new ReadingRoom(page, files);
		await room.open('en');
		const { slice, at } = middleOf(files, 'WT');
		await room.goToSlice('FLAIR', slice);
		const fingers = await Fingers.on(page);
		const placement = await room.placement('FLAIR');
		const pixel = (x: number, y: number) =>
			placement.toPage([at[0] + x, at[1] + y]).map(Math.round) as unknown as Pixel;

		const [from, to] = [pixel(-12, 0), pixel(10, 6)];
		await fingers.slide(from, to);
		const drawn = brushed(
			placement.view,
			slice,
			[from, to].map((each) => placement.toVoxel(each)),
			6,
		);
		await room.expectDrawn('WT', drawn);

		const [left, right] = [pixel(20, -20), pixel(-20, -20)];
		const started = pixel(20, 0);
		await fingers.touch('touchStart', started);
		await fingers.touch('touchMove', left);
		await fingers.touch('touchStart', left, right);
		const middle: Pixel = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
		const reach = (right[0] - left[0]) / 2;
		// Twice as far apart, and 30 px to the right.
		await fingers.touch('touchMove', [middle[0] + 30 - 2 * reach, middle[1]], [middle[0] + 30 + 2 * reach, middle[1]]);
		await fingers.touch('touchEnd');
		await room.expectDrawn('WT', drawn);
		expect((await room.events()).filter(({ kind }) => kind === 'stroke')).toHaveLength(1);

		await room.brush(9);
		await page.mouse.click(middle[0] + 30, middle[1]);
		const dot = brushed(placement.view, slice, [placement.toVoxel(middle)], 9);
		await room.expectDrawn('WT', new Set([...drawn, ...dot]));
	});
});

test('the eraser end of the pen erases whatever the tool', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const { slice, at } = middleOf(files, 'WT');
	await room.goToSlice('FLAIR', slice);
	const { view, toPage, toVoxel } = await room.placement('FLAIR');
	const path = around(at, [
		[-20, 0],
		[20, 0],
	]);
	const drawn = brushed(view, slice, await room.stroke('FLAIR', path), 6);
	const across = around(at, [
		[0, -12],
		[0, 12],
	]).map((each) => toPage(each).map(Math.round) as unknown as Pixel);
	await room
		.panel('FLAIR')
		.locator('.surface')
		.evaluate(
			(surface, [from, to]) => {
				// The mouse's number: the browser lends the pointer to a surface only where it knows it.
				const pen = { pointerType: 'pen', pointerId: 1, isPrimary: true, bubbles: true, cancelable: true };
				const say = (type: string, [clientX, clientY]: Pixel, rest: PointerEventInit) =>
					surface.dispatchEvent(new PointerEvent(type, { ...pen, clientX, clientY, ...rest }));
				say('pointerdown', from, { button: 5, buttons: 32 });
				say('pointermove', to, { button: -1, buttons: 32 });
				say('pointerup', to, { button: 5, buttons: 0 });
			},
			across as [Pixel, Pixel],
		);
	const taken = brushed(
		view,
		slice,
		across.map((each) => toVoxel(each)),
		6,
	);
	await room.expectDrawn('WT', new Set([...drawn].filter((element) => !taken.has(element))));
	expect((await room.events()).flatMap((event) => (event.kind === 'stroke' ? [event.tool] : []))).toEqual([
		'brush',
		'eraser',
	]);
});

test('panels lie alone, four alike or all, as chosen, also the next time', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const layout = (name: string) =>
		page.getByRole('group', { name: 'Panels' }).getByRole('button', { name, exact: true });
	const shown = () => page.locator('[data-panel]:visible').evaluateAll((all) => all.map((each) => each.dataset.panel));
	expect(await shown()).toEqual(['FLAIR', 'T1C', 'T2', 'T1', 'DWI']);
	await layout('2×2').click();
	await expect.poll(shown).toEqual(['FLAIR', 'T1C', 'T2', 'T1']);
	const boxes = await Promise.all((['FLAIR', 'T1C', 'T2', 'T1'] as const).map((name) => room.box(name)));
	for (const { width, height } of boxes) {
		expect(Math.abs(width - boxes[0]!.width)).toBeLessThanOrEqual(1);
		expect(Math.abs(height - boxes[0]!.height)).toBeLessThanOrEqual(1);
	}
	await page.keyboard.press('m');
	await expect.poll(shown).toEqual(['FLAIR']);
	await page.keyboard.press('m');
	await expect(layout('2×2')).toHaveAttribute('aria-pressed', 'true');
	await page.reload();
	await room.page.waitForSelector('.wb[data-ready=true]');
	await expect.poll(shown).toEqual(['FLAIR', 'T1C', 'T2', 'T1']);
});

test('the counterpart lies in the place of the front panel as long as its key is held', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	await page.keyboard.press('2');
	await expect(room.front).toHaveAttribute('data-panel', 'T1C');
	const places = async () => [await room.box('T1C'), await room.box('T1')];
	const [front, small] = await places();
	await page.keyboard.down('v');
	await expect(room.front).toHaveAttribute('data-panel', 'T1');
	expect(await places()).toEqual([small, front]);
	await page.keyboard.up('v');
	await expect(room.front).toHaveAttribute('data-panel', 'T1C');
	expect(await places()).toEqual([front, small]);
	await page.locator('[data-counterpart="T1"]').hover();
	await page.mouse.down();
	await expect(room.front).toHaveAttribute('data-panel', 'T1');
	await page.mouse.up();
	await expect(room.front).toHaveAttribute('data-panel', 'T1C');
});

test('the keys of another tool are chosen in the list of keys, written on the tools, and kept', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	await page.keyboard.press('?');
	const list = page.locator('dialog[open]');
	await expect(list.locator('.keylist div', { hasText: 'brush size' })).toContainText('[');
	await list.getByRole('button', { name: '3D Slicer' }).click();
	await expect(list.locator('.keylist div', { hasText: 'undo, redo' }).locator('kbd').first()).toHaveText('Z');
	await page.keyboard.press('Escape');
	await page.reload();
	await room.loaded();
	await expect(page.getByRole('button', { name: 'Brush (2)' })).toBeVisible();
	const start = await room.slice('FLAIR');
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('f');
	await expect(room.panel('FLAIR')).toHaveAttribute('data-slice', String(start + 3));
	await page.keyboard.press('b');
	await expect(room.panel('FLAIR')).toHaveAttribute('data-slice', String(start + 2));
	await page.keyboard.press('4');
	await expect(page.getByRole('button', { name: 'Eraser (4)' })).toHaveAttribute('aria-pressed', 'true');
	await page.keyboard.press('Shift+Digit2');
	await expect(room.front).toHaveAttribute('data-panel', 'T1C');
});
