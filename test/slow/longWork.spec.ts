import { expect } from '@playwright/test';
import { folders, test } from '../e2e/server.ts';
import { brushed } from '../e2e/support/brushed.ts';
import { readCatalogueCase } from '../e2e/support/caseFiles.ts';
import type { SlicePosition } from '../e2e/support/placement.ts';
import { ReadingRoom } from '../e2e/support/readingRoom.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const STROKES = 150;

/** A short stroke of its own for each number, spread over the head. */
const strokeAt = (n: number): SlicePosition[] => {
	const [x, y] = [80 + (n % 15) * 6, 80 + Math.floor(n / 15) * 9];
	return [
		[x, y],
		[x + 5, y + (n % 3)],
	];
};

test(`${STROKES} strokes are taken back one by one and made again, before and after a reload`, async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const { view } = await room.placement('FLAIR');
	const slice = await room.slice('FLAIR');
	const after: Set<number>[] = [new Set()];
	for (let n = 0; n < STROKES; n++) {
		const path = await room.stroke('FLAIR', strokeAt(n));
		after.push(new Set([...(after[n] ?? []), ...brushed(view, slice, path, 6)]));
	}
	await room.expectDrawn('WT', after[STROKES] ?? new Set());
	const strokes = (await room.events()).filter(({ kind }) => kind === 'stroke').length;
	// A stroke that changes nothing is not in the journal; here each one changes something.
	expect(strokes).toBe(STROKES);

	for (let n = 0; n < STROKES; n++) {
		await page.keyboard.press('Control+z');
		if (n % 30 === 29) await room.expectDrawn('WT', after[STROKES - n - 1] ?? new Set());
	}
	await expect(page.locator('.rlist li[aria-current] .v.z')).toHaveCount(1);
	for (let n = 0; n < STROKES; n++) await page.keyboard.press('Control+y');
	await room.expectDrawn('WT', after[STROKES] ?? new Set());

	await page.reload();
	await room.loaded();
	for (let n = 0; n < STROKES - 20; n++) await page.keyboard.press('Control+z');
	await room.expectDrawn('WT', after[20] ?? new Set());
});
