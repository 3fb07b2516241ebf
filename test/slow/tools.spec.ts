import { expect, type Page } from '@playwright/test';
import { intensityQuantiles, valueAt } from '../../src/formats/intensityQuantiles.ts';
import type { Region } from '../../src/protocol/protocol.ts';
import { folders, test } from '../e2e/server.ts';
import { brushed } from '../e2e/support/brushed.ts';
import { readCatalogueCase, seriesOf } from '../e2e/support/caseFiles.ts';
import type { SlicePosition } from '../e2e/support/placement.ts';
import { ReadingRoom } from '../e2e/support/readingRoom.ts';
import { around, middleOf } from '../e2e/support/referenceShape.ts';
import {
	brightSide,
	circle,
	deepIn,
	type Elements,
	enclosed,
	grownInSlice,
	holesOf,
	nearIn,
	onGrid,
	smoothed,
	union,
	without,
} from '../e2e/support/toolShapes.ts';

const files = readCatalogueCase(folders.data, 'ring-01');
const flair = seriesOf(files, 'FLAIR');
const { slice: SLICE, at: AT } = middleOf(files, 'WT');
const NONE: Elements = new Set();
const REACH_MM = 40;

/** Opens the case at the largest slice of the whole tumour. */
async function openAtTumour(page: Page): Promise<ReadingRoom> {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	await room.goToSlice('FLAIR', SLICE);
	return room;
}

/** Asserts what a step gave, takes it back and makes it again; the same voxels each time. */
async function expectStep(room: ReadingRoom, region: Region, before: Elements, after: Elements): Promise<void> {
	await room.expectDrawn(region, after);
	await room.page.keyboard.press('Control+z');
	await room.expectDrawn(region, before);
	await room.page.keyboard.press('Control+y');
	await room.expectDrawn(region, after);
}

async function expectKept(room: ReadingRoom, region: Region, drawn: Elements): Promise<void> {
	await room.page.reload();
	await room.loaded();
	await room.expectDrawn(region, drawn);
	// The page itself has them too, not only its disk.
	const volume = room.page.locator(`.rlist li:has([data-region="${region}"]) .v`);
	await expect(volume).not.toHaveClass(/\bz\b/);
}

/** A button of the options that do something. */
const press = (page: Page, name: string) => page.locator('.opt').getByRole('button', { name, exact: true }).click();

test('the ball reaches into the slices around, and a range of intensities keeps the brush to what lies in it', async ({
	page,
}) => {
	const room = await openAtTumour(page);
	const { view } = await room.placement('FLAIR');
	await room.brush(12);
	await press(page, '3-D');
	const line = around(AT, [
		[-6, 2],
		[5, -4],
	]);
	const ball = brushed(view, SLICE, await room.stroke('FLAIR', line), 12, { ball: true });
	const slices = new Set([...ball].map((element) => Math.floor(element / 65536)));
	expect(slices.size, 'slices that a ball of 12 mm covers, 4 mm apart').toBe(3);
	await expectStep(room, 'WT', NONE, ball);

	await press(page, 'In slice');
	await press(page, 'In range');
	const ends = ['From', 'To'].map((label) => page.locator('.opt').getByLabel(label, { exact: true }));
	for (const [n, end] of ends.entries()) {
		await end.focus();
		for (let press = 0; press < 4; press++) await page.keyboard.press(n === 0 ? 'PageUp' : 'PageDown');
		for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowLeft');
	}
	const [low, high] = await Promise.all(ends.map(async (end) => Number(await end.inputValue())));
	const within = (elements: Elements) =>
		new Set([...elements].filter((n) => (flair.data[n] ?? 0) >= (low ?? 0) && (flair.data[n] ?? 0) <= (high ?? 0)));
	const across = around(AT, [
		[-40, 12],
		[40, 9],
	]);
	const covered = brushed(view, SLICE, await room.stroke('FLAIR', across), 12);
	const taken = within(covered);
	expect(taken.size).toBeGreaterThan(20);
	expect(taken.size).toBeLessThan(covered.size - 20);
	await expectStep(room, 'WT', ball, union(ball, taken));
	await expectKept(room, 'WT', union(ball, taken));
});

test('the lasso draws what its line holds, and takes it away with Alt or as an eraser', async ({ page }) => {
	const room = await openAtTumour(page);
	const { view } = await room.placement('FLAIR');
	await page.keyboard.press('p');
	const first = enclosed(view, SLICE, await room.stroke('FLAIR', circle(view, AT, 20)));
	expect(first.size).toBeGreaterThan(1000);
	await expectStep(room, 'WT', NONE, first);

	await page.keyboard.down('Alt');
	const line = await room.stroke('FLAIR', circle(view, around(AT, [[14, 3]])[0] ?? AT, 9));
	await page.keyboard.up('Alt');
	const second = without(first, enclosed(view, SLICE, line));
	expect(second.size).toBeLessThan(first.size);
	await expectStep(room, 'WT', first, second);

	await press(page, 'Erase');
	const third = without(second, enclosed(view, SLICE, await room.stroke('FLAIR', circle(view, AT, 5))));
	await expectStep(room, 'WT', second, third);
	await page.keyboard.down('Alt');
	const fourth = union(third, enclosed(view, SLICE, await room.stroke('FLAIR', circle(view, AT, 4))));
	await page.keyboard.up('Alt');
	await expectStep(room, 'WT', third, fourth);
	await expectKept(room, 'WT', fourth);
});

test('a click fills a closed outline, and says so where the outline is open', async ({ page }) => {
	const room = await openAtTumour(page);
	const { view } = await room.placement('FLAIR');
	await room.brush(4);
	const ring = circle(view, AT, 18);
	const open = brushed(view, SLICE, await room.stroke('FLAIR', ring.slice(0, 26)), 4);
	await page.keyboard.press('f');
	await room.stroke('FLAIR', [AT]);
	await expect(page.locator('.opt [role=status]')).toHaveText('The outline is not closed; nothing was filled');
	await room.expectDrawn('WT', open);

	await page.keyboard.press('b');
	const closing = await room.stroke('FLAIR', [...ring.slice(24), ...ring.slice(0, 2)]);
	const closed = union(open, brushed(view, SLICE, closing, 4));
	await page.keyboard.press('f');
	await room.stroke('FLAIR', [AT]);
	const inside = holesOf(view, SLICE, closed);
	expect(inside.size).toBeGreaterThan(500);
	await expect(page.locator('.opt [role=status]')).toHaveCount(0);
	await expectStep(room, 'WT', closed, union(closed, inside));
	await expectKept(room, 'WT', union(closed, inside));
});

test('growing shows a proposal that a drag widens, Enter takes, and Escape or undo lets go', async ({ page }) => {
	const room = await openAtTumour(page);
	const { view, ...placement } = await room.placement('FLAIR');
	await page.keyboard.press('g');
	const [left, top] = placement.toPage(AT).map(Math.round) as [number, number];
	const seed = placement.toVoxel([left, top]);
	const quantiles = intensityQuantiles(flair.data);
	const range = valueAt(quantiles, 100) - valueAt(quantiles, 0);
	const grown = (share: number) => grownInSlice(flair, SLICE, seed, share * range, REACH_MM);
	const [narrow, wide] = [grown(0.12), grown(0.22)];
	expect(wide.size).toBeGreaterThan(narrow.size);
	const [sx, sy, sz] = view.spacingMm;
	const proposed = page.locator('.opt').getByText('Proposed:');
	const expectProposed = (elements: Elements) =>
		expect
			.poll(async () => Number.parseFloat((await proposed.textContent())?.split(':')[1] ?? ''))
			.toBeCloseTo((elements.size * sx * sy * sz) / 1000, 1);

	for (const letGo of ['Escape', 'Control+z']) {
		await page.mouse.move(left, top);
		await page.mouse.down();
		await page.mouse.up();
		await expectProposed(narrow);
		await room.expectDrawn('WT', NONE);
		await page.keyboard.press(letGo);
		await expect(proposed).toHaveCount(0);
	}
	await room.expectDrawn('WT', NONE);

	await page.mouse.move(left, top);
	await page.mouse.down();
	await page.mouse.move(left + 5, top - 60);
	await expectProposed(wide);
	await page.mouse.up();
	await room.expectDrawn('WT', NONE);
	await page.keyboard.press('Enter');
	await expect(proposed).toHaveCount(0);
	await expectStep(room, 'WT', NONE, wide);
	await expectKept(room, 'WT', wide);
});

test('a threshold in a zone takes the bright side of it', async ({ page }) => {
	const room = await openAtTumour(page);
	const { view } = await room.placement('FLAIR');
	await page.keyboard.press('t');
	const zone = enclosed(view, SLICE, await room.stroke('FLAIR', circle(view, AT, 40)));
	const bright = brightSide(flair, zone);
	expect(bright.size).toBeGreaterThan(100);
	expect(bright.size).toBeLessThan(zone.size - 100);
	await room.expectDrawn('WT', NONE);
	await press(page, 'Accept');
	await expectStep(room, 'WT', NONE, bright);
	await expectKept(room, 'WT', bright);
});

test('slices between two drawn ones are blended, and a slice is copied to the next', async ({ page }) => {
	const room = await openAtTumour(page);
	const { view } = await room.placement('FLAIR');
	const [sx, sy] = view.spacingMm;
	const last = SLICE + 4;
	await page.keyboard.press('p');
	const small = enclosed(view, SLICE, await room.stroke('FLAIR', circle(view, AT, 12)));
	await room.goToSlice('FLAIR', last);
	const large = enclosed(view, last, await room.stroke('FLAIR', circle(view, AT, 24)));
	await page.keyboard.press('i');
	await press(page, 'Fill slices between: 3');
	await expect(page.locator('.opt [role=status]')).toContainText('voxels changed');
	const blended = await room.drawn('WT');
	// The blend of two circles is the circle between them, to a voxel.
	const discOf = (slice: number, radiusMm: number) => enclosed(view, slice, circle(view, AT, radiusMm));
	const expected = (by: number) =>
		union(...[1, 2, 3].map((n) => discOf(SLICE + n, 12 + 3 * n + by * Math.hypot(sx, sy))));
	expect(without(without(expected(-1), blended), NONE).size, 'voxels missing').toBe(0);
	expect(without(blended, union(expected(1), small, large)).size, 'voxels too many').toBe(0);
	expect(without(union(small, large), blended).size).toBe(0);
	await expectStep(room, 'WT', union(small, large), blended);

	await room.goToSlice('FLAIR', last);
	await press(page, 'Copy one up');
	await expect(room.panel('FLAIR')).toHaveAttribute('data-slice', String(last + 2));
	const copied = new Set([...large].map((element) => element + view.strides[2]));
	await expectStep(room, 'WT', blended, union(blended, copied));
	await room.goToSlice('FLAIR', SLICE);
	await press(page, 'Copy one down');
	const below = new Set([...small].map((element) => element - view.strides[2]));
	await expectStep(room, 'WT', union(blended, copied), union(blended, copied, below));
	await expectKept(room, 'WT', union(blended, copied, below));
});

test('islands go, holes are filled, edges are smoothed, grown and shrunk by a millimetre', async ({ page }) => {
	const room = await openAtTumour(page);
	const { view } = await room.placement('FLAIR');
	await room.brush(7);
	const jagged: SlicePosition[] = [...circle(view, AT, 14), ...circle(view, around(AT, [[4, 0]])[0] ?? AT, 15)];
	const ring = brushed(view, SLICE, await room.stroke('FLAIR', jagged), 7);
	await room.brush(1);
	const far = around(AT, [[-45, 0]]);
	const dot = brushed(view, SLICE, await room.stroke('FLAIR', far), 1);
	expect(dot.size).toBeLessThan(4);
	await room.expectDrawn('WT', union(ring, dot));

	await page.keyboard.press('o');
	const steps: readonly [button: string, next: (now: Elements) => Elements][] = [
		['Remove islands', () => ring],
		['Fill holes', (now) => union(now, holesOf(view, SLICE, now))],
		['Smooth', (now) => smoothed(view, SLICE, now, 2)],
		['Grow 1.0\u00a0mm', (now) => nearIn(view, SLICE, now, 1)],
		['Shrink 1.0\u00a0mm', (now) => deepIn(view, SLICE, now, 1)],
	];
	let now: Elements = union(ring, dot);
	for (const [button, next] of steps) {
		const after = next(now);
		const changed = without(now, after).size + without(after, now).size;
		expect(changed, button).toBeGreaterThan(0);
		await press(page, button);
		await expect(page.locator('.opt [role=status]')).toContainText(String(changed));
		await expectStep(room, 'WT', now, after);
		now = after;
	}
	await expectKept(room, 'WT', now);
	for (const _ of steps) await page.keyboard.press('Control+z');
	await room.expectDrawn('WT', union(ring, dot));
});

test('the body of the tumour is what enhances and what does not, with a word where the grids differ', async ({
	page,
}) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	const drawn = new Map<Region, Elements>();
	for (const [key, region, radiusMm] of [
		['2', 'ET', 15],
		['4', 'NE', 8],
	] as const) {
		await page.keyboard.press(key);
		const { slice, at } = middleOf(files, region);
		await room.goToSlice('T1C', slice);
		const { view } = await room.placement('T1C');
		await page.keyboard.press('p');
		const line = await room.stroke('T1C', circle(view, at, radiusMm));
		drawn.set(region, enclosed(view, slice, line));
		await room.expectDrawn(region, drawn.get(region) ?? NONE);
	}
	await page.keyboard.press('3');
	await page.keyboard.press('o');
	await page.locator('.opt').getByRole('button', { name: '∪' }).click();
	await expect(page.locator('.opt [role=status]')).toContainText('different grids');
	const [t1c, t2] = [seriesOf(files, 'T1C').grid, seriesOf(files, 'T2').grid];
	const body = onGrid(union(...drawn.values()), t1c, t2);
	expect(body.size).toBeGreaterThan(100);
	await expectStep(room, 'TB', NONE, body);

	await page.keyboard.press('4');
	await page.locator('.opt').getByRole('button', { name: '−' }).last().click();
	const rest = without(onGrid(body, t2, t1c), drawn.get('ET') ?? NONE);
	await expectStep(room, 'NE', drawn.get('NE') ?? NONE, rest);
	await expectKept(room, 'TB', body);
	await room.expectDrawn('NE', rest);
});

test('the ruler tells a length in millimetres and draws nothing', async ({ page }) => {
	const room = await openAtTumour(page);
	const { view } = await room.placement('FLAIR');
	await page.keyboard.press('r');
	const [from, to] = await room.stroke(
		'FLAIR',
		around(AT, [
			[-20, -8],
			[25, 14],
		]),
	);
	if (!from || !to) throw new Error('got no line, expected one');
	const mm = Math.hypot((to[0] - from[0]) * view.spacingMm[0], (to[1] - from[1]) * view.spacingMm[1]);
	await expect(room.panel('FLAIR').locator('.surface text')).toHaveText(`${mm.toFixed(1)}\u00a0mm`);
	await room.expectDrawn('WT', NONE);
	expect((await room.events()).filter(({ kind }) => kind === 'stroke')).toHaveLength(0);
});
