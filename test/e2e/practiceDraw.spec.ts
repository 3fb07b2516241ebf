import { expect } from '@playwright/test';
import type { Region } from '../../src/protocol/protocol.ts';
import { folders, test } from './server.ts';
import { brushed } from './support/brushed.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { around, middleOf } from './support/referenceShape.ts';
import { slowInEnglish } from './support/slow.ts';
import { readSurface } from './support/surface.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const ZIGZAG = [
	[-14, 4],
	[2, -9],
	[9, 11],
	[16, -3],
] as const;
const ACROSS = [
	[-20, 0],
	[3, 2],
	[18, -1],
] as const;

const union = (...sets: readonly ReadonlySet<number>[]) => new Set(sets.flatMap((set) => [...set]));
const without = (from: ReadonlySet<number>, taken: ReadonlySet<number>) =>
	new Set([...from].filter((element) => !taken.has(element)));

for (const locale of ['zh', 'en'] as const) {
	test(
		`${locale}: brush and eraser change the voxels under the mouse and no others, and each step comes back`,
		slowInEnglish(locale),
		async ({ page }) => {
			const room = new ReadingRoom(page, files);
			await room.open(locale);
			const { view } = await room.placement('FLAIR');
			const { slice, at } = middleOf(files, 'WT');
			await room.goToSlice('FLAIR', slice);

			await room.brush(11);
			const first = brushed(view, slice, await room.stroke('FLAIR', around(at, ZIGZAG)), 11);
			await room.expectDrawn('WT', first);

			await page.keyboard.press('e');
			await room.brush(5);
			const taken = brushed(view, slice, await room.stroke('FLAIR', around(at, ACROSS)), 5);
			await room.expectDrawn('WT', without(first, taken));

			await page.keyboard.press('b');
			await room.goToSlice('FLAIR', slice + 1);
			const second = brushed(view, slice + 1, await room.stroke('FLAIR', around(at, ACROSS)), 5);
			await room.expectDrawn('WT', union(without(first, taken), second));

			await page.keyboard.press('Control+z');
			await room.expectDrawn('WT', without(first, taken));
			await page.keyboard.press('Control+z');
			// Undoing goes back to the slice it undoes something in.
			expect(await room.slice('FLAIR')).toBe(slice);
			await room.expectDrawn('WT', first);
			await page.keyboard.press('Control+z');
			await room.expectDrawn('WT', new Set());
			await page.keyboard.press('Control+y');
			await room.expectDrawn('WT', first);
			await page.keyboard.press('Control+Shift+Z');
			await room.expectDrawn('WT', without(first, taken));

			await page.reload();
			await room.loaded();
			await room.expectDrawn('WT', without(first, taken));
			await page.keyboard.press('Control+y');
			await room.expectDrawn('WT', union(without(first, taken), second));
			await page.keyboard.press('Control+z');
			await page.keyboard.press('Control+z');
			await room.expectDrawn('WT', first);
			await room.goToSlice('FLAIR', slice);
			const third = brushed(view, slice, await room.stroke('FLAIR', around(at, ACROSS)), 5);
			await room.expectDrawn('WT', union(first, third));
			await page.keyboard.press('Control+y');
			await room.expectDrawn('WT', union(first, third));
		},
	);
}

/** Pixels of the whole tumour's colour. */
function yellow(rgba: Uint8Array): number {
	let count = 0;
	for (let n = 0; n < rgba.length; n += 4)
		if (rgba[n]! > 200 && rgba[n + 1]! > 150 && rgba[n + 2]! < 60 && rgba[n + 3]! > 200) count++;
	return count;
}

test('what is painted bit by bit looks as it does painted at once', async ({ page }) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const { slice, at } = middleOf(files, 'WT');
	await room.goToSlice('FLAIR', slice);
	const surfaces = async () => [
		await readSurface(room.panel('FLAIR')),
		await readSurface(room.panel('T1C')),
		await readSurface(room.panel('T2')),
	];
	const expectSame = async () => {
		await page.waitForTimeout(300);
		const before = await surfaces();
		const same = async () => (await surfaces()).map(({ rgba }, n) => Buffer.compare(rgba, before[n]!.rgba) === 0);
		// Away by keys, the pointer where it was, and back: everything is drawn anew.
		for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowUp');
		await expect.poll(same).toContain(false);
		for (let n = 0; n < 4; n++) await page.keyboard.press('ArrowDown');
		await expect.poll(same).toEqual([true, true, true]);
	};
	await room.brush(11);
	await room.stroke('FLAIR', around(at, ZIGZAG));
	await expectSame();
	await page.keyboard.press('e');
	await room.brush(5);
	await room.stroke('FLAIR', around(at, ACROSS));
	await expectSame();
	await page.keyboard.press('Control+z');
	await expectSame();
	// Of what is undone to nothing, nothing is left.
	await page.keyboard.press('Control+z');
	await expect.poll(async () => yellow((await surfaces())[0]!.rgba)).toBe(0);
	await page.keyboard.press('Control+y');
	await expectSame();
	expect(yellow((await surfaces())[0]!.rgba)).toBeGreaterThan(100);
	await page.keyboard.press('2');
	// To the middle of a slice of this region's sequence, where going away and back ends.
	await page.keyboard.press('ArrowUp');
	await expectSame();
});

test('a stroke that leaves the panel and comes back is one stroke, and ends where the button is let go', async ({
	page,
}) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const placement = await room.placement('FLAIR');
	const slice = await room.slice('FLAIR');
	const middle = [placement.view.dims[0] / 2, placement.view.dims[1] / 2] as const;
	const beyond = [middle[0], middle[1] + 2000] as const;
	const path = await room.stroke('FLAIR', [middle, beyond, [middle[0] + 30, middle[1]]], { release: false });
	await page.mouse.up();
	await page.mouse.move(500, 500);
	await room.expectDrawn('WT', brushed(placement.view, slice, path, 6));
	const strokes = (await room.events()).filter(({ kind }) => kind === 'stroke');
	expect(strokes).toHaveLength(1);
});

test('a region is drawn on its own sequence, which comes forward with its number, its name, and q and w', async ({
	page,
}) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const homes: readonly [key: string, region: Region, sequence: 'FLAIR' | 'T1C' | 'T2'][] = [
		['2', 'ET', 'T1C'],
		['3', 'TB', 'T2'],
		['4', 'NE', 'T1C'],
		['1', 'WT', 'FLAIR'],
	];
	const expected = new Map<Region, Set<number>>();
	for (const [key, region, sequence] of homes) {
		await page.keyboard.press(key);
		await expect(room.front).toHaveAttribute('data-panel', sequence);
		const { slice, at } = middleOf(files, region);
		await room.goToSlice(sequence, slice);
		const path = await room.stroke(sequence, around(at, ACROSS));
		expected.set(region, brushed((await room.placement(sequence)).view, slice, path, 6));
		for (const [each, elements] of expected) await room.expectDrawn(each, elements);
	}
	for (const [, region, sequence] of homes) {
		await page.locator(`.rlist button[data-region="${region}"]`).click();
		await expect(room.front).toHaveAttribute('data-panel', sequence);
	}
	await page.keyboard.press('q');
	await expect(page.locator('.rlist li[aria-current] button.region')).toHaveAttribute('data-region', 'NE');
	await page.keyboard.press('w');
	await expect(page.locator('.rlist li[aria-current] button.region')).toHaveAttribute('data-region', 'WT');
	// On another sequence's panel the brush draws nothing: it looks there.
	await room.stroke('T1', around([120, 120], ACROSS));
	await expect(room.front).toHaveAttribute('data-panel', 'T1');
	for (const [each, elements] of expected) await room.expectDrawn(each, elements);
});
