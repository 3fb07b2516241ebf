import { resolve } from 'node:path';
import { expect } from '@playwright/test';
import { ijkToXyz } from '../../src/grid/grid.ts';
import { sharedFolder } from '../sharedData.ts';
import { folders, test } from './server.ts';
import { readCatalogueCase, seriesOf } from './support/caseFiles.ts';
import { type DiskCase, openFromDisk, readDiskCase } from './support/openedCase.ts';
import { likeness, photograph, valueAtMm } from './support/picture.ts';
import { ReadingRoom } from './support/readingRoom.ts';

const found = sharedFolder('testdata/real');
const shared = found ?? '';
const brats = (id: string): DiskCase => ({
	folder: resolve(shared, id),
	series: { T1: 't1n.nii.gz', T1C: 't1c.nii.gz', T2: 't2w.nii.gz', FLAIR: 't2f.nii.gz' },
});

/**
 * Compares the picture on the screen with the voxels at the places in mm that belong there: the patient's right at
 * the left edge. The mirrored picture must fit worse, or the slice would prove nothing.
 */
async function expectRightSides(room: ReadingRoom): Promise<void> {
	const { page } = room;
	await page.keyboard.press('x');
	await page.keyboard.press('m');
	await expect(room.panel('T1C')).toBeHidden();
	const volume = seriesOf(room.files, 'FLAIR');
	const box = await room.box('FLAIR');
	const { view, toVoxel } = await room.placement('FLAIR');
	const slice = await room.slice('FLAIR');
	const expected = (at: readonly [number, number]) => {
		const [x, y] = toVoxel(at);
		return valueAtMm(volume, ijkToXyz({ dims: view.dims, affine: view.affine }, [x, y, slice]));
	};
	const middle = box.x + box.width / 2;
	const mirrored = ([left, top]: readonly [number, number]) => expected([2 * middle - left, top]);
	await page.mouse.move(2, 2);
	await expect.poll(async () => likeness(await photograph(page, box), box, expected)).toBeGreaterThan(0.93);
	const picture = await photograph(page, box);
	expect(likeness(picture, box, mirrored)).toBeLessThan(likeness(picture, box, expected) - 0.04);
	// By the affine, not by the reading order: more to the left on the screen is more to the patient's right.
	const rightmost = ijkToXyz({ dims: view.dims, affine: view.affine }, [...toVoxel([box.x, box.y + 9]), slice]);
	const leftmost = ijkToXyz({ dims: view.dims, affine: view.affine }, [
		...toVoxel([box.x + box.width, box.y + 9]),
		slice,
	]);
	expect(rightmost[0]).toBeGreaterThan(leftmost[0]);
	await expect(room.panel('FLAIR').locator('.ml')).toHaveText('R');
	await expect(room.panel('FLAIR').locator('.mrr')).toHaveText('L');
}

test('the built-in case shows the patient’s right at the left edge, pixel for voxel', async ({ page }) => {
	const room = new ReadingRoom(page, readCatalogueCase(folders.data, 'ring-01'));
	await room.open('en');
	await expectRightSides(room);
});

for (const [id, axes] of [
	['BraTS-MET-00110-000', 'RAS'],
	['BraTS-GLI-00001-000', 'LPS'],
] as const)
	test(`${id}, stored ${axes}, shows left and right where they are`, async ({ page }) => {
		test.slow();
		const disk = brats(id);
		test.skip(found === undefined, 'no shared test data');
		const signs = axes === 'RAS' ? [1, 1] : [-1, -1];
		const room = new ReadingRoom(page, readDiskCase(disk, await openFromDisk(page, 'en', disk)));
		const { affine } = seriesOf(room.files, 'FLAIR').grid;
		expect([Math.sign(affine[0] ?? 0), Math.sign(affine[5] ?? 0)]).toEqual(signs);
		await room.loaded();
		await expectRightSides(room);
	});
