import { expect, type Page } from '@playwright/test';
import { folders, test } from './server.ts';
import { brushed } from './support/brushed.ts';
import { readCatalogueCase } from './support/caseFiles.ts';
import { Fingers, tooSmall } from './support/fingers.ts';
import { settledScore } from './support/ownScore.ts';
import type { PagePosition, SlicePosition } from './support/placement.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { middleOf } from './support/referenceShape.ts';
import { circle, enclosed, union, without } from './support/toolShapes.ts';

const files = readCatalogueCase(folders.data, 'ring-01');

/** The strip has its slices as narrow as they must be: one slides along it, or turns with two buttons. A clause is a short line. */
const NARROW = '.sl, .cl';

async function expectLargeEnough(page: Page): Promise<void> {
	expect(await tooSmall(page, 44, NARROW)).toEqual([]);
	expect(await tooSmall(page, 24, '.sl')).toEqual([]);
}

test.use({ hasTouch: true, viewport: { width: 820, height: 1180 } });

test('fingers alone open a case, tell the pre-read, draw, check, score, read the report and go back', async ({
	page,
}) => {
	const fingers = await Fingers.on(page);
	const room = new ReadingRoom(page, files);
	const tap = (selector: string) => fingers.tap(page.locator(selector));
	const shows = (sequence: 'FLAIR' | 'T1C', slice: number) =>
		expect(room.panel(sequence)).toHaveAttribute('data-slice', String(slice + 1));

	await page.goto('/zh/cases/');
	await expect(page.locator('.rows .btn').first()).toBeVisible();
	expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
	await tap('.rows .btn[href*="case=ring-01"]');
	await page.waitForURL('**/zh/practice/?case=ring-01');
	await room.loaded();
	await expectLargeEnough(page);

	await tap('.side .preread .btn');
	const dialog = page.locator('dialog[open]');
	await expectLargeEnough(page);
	await fingers.tap(dialog.getByText('右', { exact: true }));
	await fingers.tap(dialog.getByText('额叶', { exact: true }));
	for (const name of ['多一个病灶', '多一个病灶', '少一个病灶'])
		await fingers.tap(dialog.getByRole('button', { name }));
	await expect(dialog.locator('input[type="number"]')).toHaveValue('1');
	await fingers.tap(dialog.getByText('模糊', { exact: true }));
	await fingers.tap(dialog.getByText('强化', { exact: true }));
	await fingers.tap(dialog.locator('footer .btn.pri'));
	await expect(dialog).toHaveCount(0);
	await room.saved();
	expect((await room.work()).preRead).toEqual({
		side: 'right',
		lobes: ['frontal'],
		lesions: 1,
		margin: 'blurred',
		composition: ['enhancing'],
		quality: {},
	});

	// Along the strip to the slice, by a button beyond it and back.
	const { slice, at } = middleOf(files, 'WT');
	const { view, pxPerMm, toPage, toVoxel } = await room.placement('FLAIR');
	const strip = page.locator('.strip .sl');
	const middle = async (n: number): Promise<PagePosition> => {
		const { x, y, width, height } = (await strip.nth(n).boundingBox())!;
		return [Math.round(x + width / 2), Math.round(y + height / 2)];
	};
	const start = await room.slice('FLAIR');
	await fingers.slide(await middle(start), await middle(start + 5), await middle(slice));
	await shows('FLAIR', slice);
	await tap('.turn button:first-child');
	await shows('FLAIR', slice + 1);
	await tap('.turn button:last-child');
	await shows('FLAIR', slice);

	// Brush, lasso, eraser.
	const pixels = (...all: readonly SlicePosition[]) =>
		all.map((each) => toPage(each).map(Math.round) as unknown as PagePosition) as [PagePosition, ...PagePosition[]];
	const across = pixels([at[0] - 12, at[1]], [at[0] + 12, at[1] + 6]);
	await fingers.slide(...across);
	const stroke = brushed(view, slice, across.map(toVoxel), 6);
	await room.expectDrawn('WT', stroke);

	await fingers.tap(page.getByRole('button', { name: /^勾边/ }));
	const corners = circle(view, at, 24).filter((_, n) => n % 4 === 0);
	const line = pixels(...(corners as [SlicePosition, ...SlicePosition[]]));
	await fingers.slide(...line);
	const drawn = union(stroke, enclosed(view, slice, line.map(toVoxel)));
	await room.expectDrawn('WT', drawn);

	await fingers.tap(page.getByRole('button', { name: /^橡皮/ }));
	const down = pixels([at[0], at[1] + 14], [at[0], at[1] - 14]);
	await fingers.slide(...down);
	const taken = brushed(view, slice, down.map(toVoxel), 6);
	await room.expectDrawn('WT', without(drawn, taken));

	await fingers.tap(page.getByRole('button', { name: /^撤销/ }));
	await room.expectDrawn('WT', drawn);
	await fingers.tap(page.getByRole('button', { name: /^重做/ }));
	await room.expectDrawn('WT', without(drawn, taken));

	// Twice as close around a place: a dab there lies where it did, and is taken back.
	const [there] = pixels([at[0] + 26, at[1]]);
	const span = (apart: number): [PagePosition, PagePosition] => [
		[there[0] - apart / 2, there[1]],
		[there[0] + apart / 2, there[1]],
	];
	await fingers.touch('touchStart', span(80)[0]);
	await fingers.touch('touchStart', ...span(80));
	await fingers.touch('touchMove', ...span(120));
	await fingers.touch('touchMove', ...span(160));
	await fingers.touch('touchEnd');
	await fingers.tap(page.getByRole('button', { name: /^平移与缩放/ }));
	const box = await room.box('FLAIR');
	const whole = Math.min(
		...([box.width, box.height] as const).map((px, n) => px / (view.dims[n]! * view.spacingMm[n]!)),
	);
	await expect(page.locator('.opt .figure').first()).toHaveText(`${Math.round((200 * pxPerMm) / whole)}%`);
	await fingers.tap(page.getByRole('button', { name: /^画笔/ }));
	await fingers.slide(there);
	const dab = brushed(view, slice, [toVoxel(there)], 6);
	await room.expectDrawn('WT', union(without(drawn, taken), dab));
	await fingers.tap(page.getByRole('button', { name: /^撤销/ }));
	await room.expectDrawn('WT', without(drawn, taken));

	// The window follows a finger: to the right wider, down brighter.
	await fingers.tap(page.getByRole('button', { name: /^窗宽窗位/ }));
	const windowed = async () => {
		const [width = 0, level = 0] = ((await room.panel('FLAIR').locator('.bl').innerText()).match(/\d+/g) ?? []).map(
			Number,
		);
		return { width, level };
	};
	const before = await windowed();
	await fingers.slide(there, [there[0] - 100, there[1] + 30]);
	const after = await windowed();
	expect(after.width).toBeCloseTo(before.width * Math.exp(-0.5), -0.5);
	expect(after.level).toBeCloseTo(before.level + before.width / 10, -0.5);
	await fingers.tap(page.locator('.opt').getByRole('button', { name: '恢复自动窗' }));
	expect(await windowed()).toEqual(before);

	// Another region, on its own sequence.
	await tap('.rlist [data-region="ET"]');
	await fingers.tap(page.getByRole('button', { name: /^画笔/ }));
	await expect(room.front).toHaveAttribute('data-panel', 'T1C');
	const enhancing = middleOf(files, 'ET');
	await fingers.slide(await middle(await room.slice('T1C')), await middle(enhancing.slice));
	await shows('T1C', enhancing.slice);
	const contrast = await room.placement('T1C');
	const ring = [-10, 10].map((x) =>
		contrast.toPage([enhancing.at[0] + x, enhancing.at[1]]).map(Math.round),
	) as unknown as [PagePosition, PagePosition];
	await fingers.slide(...ring);
	const rim = brushed(contrast.view, enhancing.slice, ring.map(contrast.toVoxel), 6);
	await room.expectDrawn('ET', rim);

	// A rule that is open leads to its place.
	const ends = page.locator('.rules [data-check="ends"]').first();
	await expect(ends).toHaveAttribute('data-status', 'attention');
	await fingers.tap(ends.locator('.go'));
	await shows('FLAIR', slice - 1);
	await expectLargeEnough(page);

	await tap('.top .btn.pri');
	await expectLargeEnough(page);
	const cells = page.locator('[data-check="WT"] .cells button');
	await expect(cells).toHaveCount(3);
	await fingers.tap(cells.last());
	await shows('FLAIR', slice + 1);
	await fingers.tap(page.locator('.check .bot label'));
	await tap('.check .btn.pri');
	await expect(page.locator('.wb.reporting')).toBeVisible({ timeout: 60_000 });
	expect((await room.events()).map(({ kind }) => kind)).toContain('selfCheck');
	await expectLargeEnough(page);

	for (const [region, voxels] of [
		['WT', without(drawn, taken)],
		['ET', rim],
	] as const) {
		const own = settledScore(files, region, voxels);
		expect(Number(await room.figure(region, 'dice'))).toBeCloseTo(own.dice ?? Number.NaN, 12);
	}
	await tap('.report tr[data-region="ET"] button');
	await expect(room.front).toHaveAttribute('data-panel', 'T1C');
	await tap('.report-region .figures summary >> nth=0');
	await expect(page.locator('.report-region details[open]')).toHaveCount(1);
	const finding = page.locator('.findings .go').first();
	const to = Number((await finding.innerText()).match(/\d+/)?.[0]);
	await fingers.tap(finding);
	await expect(room.front).toHaveAttribute('data-slice', String(to));
	await fingers.tap(page.getByRole('button', { name: '两条轮廓' }));
	await expect(page.getByRole('button', { name: '两条轮廓' })).toHaveAttribute('aria-pressed', 'true');

	await tap('.top .btn.pri');
	await expect(page.locator('.wb.reporting')).toHaveCount(0);
	await room.expectDrawn('ET', rim);
	await tap('.top .wm');
	await page.waitForURL('**/zh/cases/');
	await expect(page.locator('.attempts .dice li')).toHaveCount(4);
});
