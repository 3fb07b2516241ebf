import { expect } from '@playwright/test';
import { folders, test } from './server.ts';
import { brushed } from './support/brushed.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import type { SlicePosition } from './support/placement.ts';
import { ReadingRoom } from './support/readingRoom.ts';

const files = readCatalogueCase(folders.data, 'ring-01');

const sameSet = (a: ReadonlySet<number>, b: ReadonlySet<number>) => a.size === b.size && [...a].every((n) => b.has(n));

test('a region is drawn, undone, corrected and scored with keys alone', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const { view } = await room.placement('FLAIR');
	const slice = await room.slice('FLAIR');
	const press = async (key: string, times = 1) => {
		for (let n = 0; n < times; n++) await page.keyboard.press(key);
	};

	// The crosshair starts in the middle of the slice, on one of the voxels there, and moves by whole voxels.
	await press('Control+ArrowRight', 3);
	await press('Control+ArrowUp', 2);
	await press('b');
	await press('Space');
	const middle = [Math.floor((view.dims[0] - 1) / 2), Math.floor((view.dims[1] - 1) / 2)] as const;
	const drawn = await room.drawn('WT');
	const at = [0, 1, 2, 3]
		.map((n): SlicePosition => [middle[0] - 3 + (n & 1), middle[1] + 2 + (n >> 1)])
		.find((place) => sameSet(brushed(view, slice, [place], 6), drawn));
	expect(at).toBeDefined();
	if (!at) return;
	const dab = brushed(view, slice, [at], 6);
	await room.expectDrawn('WT', dab);

	await press('Control+ArrowLeft', 5);
	await press('Space');
	const both = new Set([...dab, ...brushed(view, slice, [[at[0] + 5, at[1]]], 6)]);
	await room.expectDrawn('WT', both);
	await press('Control+z');
	await room.expectDrawn('WT', dab);

	// A square by its corners: Enter closes it, Escape would let go of it.
	await press('p');
	await press('Space');
	await press('Control+ArrowUp', 8);
	await press('Space');
	await press('Escape');
	await room.expectDrawn('WT', dab);
	for (const side of ['Control+ArrowLeft', 'Control+ArrowUp', 'Control+ArrowRight']) {
		await press('Space');
		await press(side, 10);
	}
	await press('Space');
	await press('Enter');
	expect((await room.drawn('WT')).size).toBeGreaterThan(dab.size + 80);

	await press('2');
	await press('g');
	await press('Space');
	const accept = page.getByRole('button', { name: 'Accept' });
	await expect(accept).toBeVisible();
	await press('Enter');
	await expect(accept).toBeHidden();
	expect((await room.drawn('ET')).size).toBeGreaterThan(0);

	// Whatever has the focus, Tab comes to the button of the score, and Enter presses it and the self-check's.
	for (const button of [page.locator('.top .btn.pri'), page.locator('.check .btn.pri')]) {
		await expect(button).toBeVisible();
		for (let n = 0; n < 120 && !(await button.evaluate((each) => each === document.activeElement)); n++)
			await press('Tab');
		await expect(button).toBeFocused();
		await press('Enter');
	}
	await expect(page.locator('.wb.reporting')).toBeVisible({ timeout: 60_000 });
});
