import { resolve } from 'node:path';
import { expect } from '@playwright/test';
import { FAMILY_REGIONS, REGION_SEQUENCE, type Region } from '../../src/protocol/protocol.ts';
import { sharedFolder } from '../sharedData.ts';
import { test } from './server.ts';
import { brushed } from './support/brushed.ts';
import { type CaseFiles, volumeOf } from './support/caseFiles.ts';
import { expectLinked } from './support/linked.ts';
import { type DiskCase, openFromDisk, readDiskCase } from './support/openedCase.ts';
import { ownScore } from './support/ownScore.ts';
import { ReadingRoom } from './support/readingRoom.ts';
import { around, middleOf } from './support/referenceShape.ts';
import { SLOW, slowInEnglish } from './support/slow.ts';

const found = sharedFolder('testdata/real');
test.skip(found === undefined, 'no shared test data');
const shared = found ?? '';
test.slow();

const TCGA = { T1: 't1.nii.gz', T1C: 't1c.nii.gz', T2: 't2.nii.gz', FLAIR: 'fla.nii.gz' };
const FG: DiskCase = { folder: resolve(shared, 'TCGA-FG-6692'), series: TCGA, reference: 'seg_fusion_mav.nii.gz' };
const DU: DiskCase = { folder: resolve(shared, 'TCGA-DU-7294'), series: TCGA, reference: 'seg_fusion_mav.nii.gz' };
const NATIVE: DiskCase = { folder: resolve(shared, 'TCGA-FG-6692/native'), series: TCGA };
const REGIONS = FAMILY_REGIONS.glioma;
const STROKE = [
	[-7, -4],
	[2, 5],
	[8, 1],
] as const;

async function openCase(
	room: (files: CaseFiles) => ReadingRoom,
	page: ReadingRoom['page'],
	locale: 'zh' | 'en',
	disk: DiskCase,
) {
	const id = await openFromDisk(page, locale, disk);
	const opened = room(readDiskCase(disk, id));
	await opened.loaded();
	return opened;
}

async function drawIn(room: ReadingRoom, region: Region): Promise<Set<number>> {
	await room.page.keyboard.press(String(REGIONS.indexOf(region as (typeof REGIONS)[number]) + 1));
	const sequence = REGION_SEQUENCE[region];
	const { slice, at } = middleOf(room.files, region);
	await room.goToSlice(sequence, slice);
	const { view } = await room.placement(sequence);
	return brushed(view, slice, await room.stroke(sequence, around(at, STROKE)), 12);
}

async function expectOwnScore(room: ReadingRoom, region: Region, drawn: ReadonlySet<number>): Promise<void> {
	const reference = room.files.references.get(region) ?? new Uint8Array();
	const own = ownScore(volumeOf(room.files, region).grid, drawn, reference);
	const isEmpty = own.tp + own.fn === 0;
	for (const measure of ['dice', 'sensitivity', 'precision'] as const) {
		const shown = await room.figure(region, measure);
		const expected = own[measure];
		if (expected !== undefined) expect.soft(Number(shown), `${region} ${measure}`).toBeCloseTo(expected, 12);
		else if (drawn.size > 0) expect.soft(shown, `${region} ${measure}`).toBe('referenceEmpty');
		else expect.soft(shown, `${region} ${measure}`).toBe(isEmpty ? 'bothEmpty' : 'predictionEmpty');
	}
}

for (const locale of ['zh', 'en'] as const)
	test(
		`${locale}: real images from the disk are drawn on and scored, and are here after a reload`,
		slowInEnglish(locale),
		async ({ page }) => {
			const room = await openCase((files) => new ReadingRoom(page, files), page, locale, FG);
			await room.brush(12);
			const drawn = new Map<Region, Set<number>>();
			for (const region of REGIONS) drawn.set(region, await drawIn(room, region));
			for (const [region, elements] of drawn) await room.expectDrawn(region, elements);
			await room.score();
			for (const [region, elements] of drawn) await expectOwnScore(room, region, elements);
			await page.reload();
			await room.loaded();
			for (const [region, elements] of drawn) await room.expectDrawn(region, elements);
		},
	);

test('a reference without enhancing tumour gives words and no figures for what it lacks', SLOW, async ({ page }) => {
	const room = await openCase((files) => new ReadingRoom(page, files), page, 'en', DU);
	expect(room.files.references.get('ET')?.includes(1)).toBe(false);
	await room.brush(12);
	const whole = await drawIn(room, 'WT');
	await room.score();
	await expectOwnScore(room, 'WT', whole);
	await expectOwnScore(room, 'ET', new Set());
	expect(await room.figure('ET', 'dice')).toBe('bothEmpty');
	await expect(page.locator('.report .notes')).toContainText('absent in the reference and not drawn');
	await page.locator('.top .btn.pri').click();
	await page.keyboard.press('2');
	const { view } = await room.placement('T1C');
	const slice = await room.slice('T1C');
	const drawn = brushed(view, slice, await room.stroke('T1C', around([120, 120], STROKE)), 12);
	await room.expectDrawn('ET', drawn);
	await room.score();
	await expectOwnScore(room, 'ET', drawn);
	expect(await room.figure('ET', 'sensitivity')).toBe('referenceEmpty');
	await expect(page.locator('.report .notes')).toContainText('the reference has none');
});

test('native series keep their own grids, meet at one place in mm, and carry their own masks', async ({ page }) => {
	const room = await openCase((files) => new ReadingRoom(page, files), page, 'en', NATIVE);
	const from = await room.placement('FLAIR');
	const slice = 14;
	await room.goToSlice('FLAIR', slice);
	await expect(room.panel('FLAIR')).toContainText('/ 26');
	await expect(room.panel('FLAIR')).toContainText('5.5\u00a0mm');
	await expect(room.panel('FLAIR')).toContainText('tilted 17°');
	await expectLinked(room, 'FLAIR', [from.view.dims[0] * 0.45, from.view.dims[1] * 0.7], ['T1C', 'T2', 'T1']);

	await page.keyboard.press('b');
	for (const [key, region, sequence] of [
		['1', 'WT', 'FLAIR'],
		['2', 'ET', 'T1C'],
		['3', 'TB', 'T2'],
	] as const) {
		await page.keyboard.press(key);
		const { view } = await room.placement(sequence);
		const at = [view.dims[0] * 0.5, view.dims[1] * 0.45] as const;
		const on = await room.slice(sequence);
		const drawn = brushed(view, on, await room.stroke(sequence, around(at, STROKE)), 6);
		expect(drawn.size).toBeGreaterThan(60);
		await room.expectDrawn(region, drawn);
		expect((await room.work()).masks.get(region)?.data.length).toBe(volumeOf(room.files, region).data.length);
	}
	await expect(page.locator('.top .btn.pri')).toBeDisabled();
});
