import { expect } from '@playwright/test';
import { rasView } from '../../src/grid/rasView.ts';
import { traceOutlines } from '../../src/mask/contour.ts';
import { readSlice } from '../../src/mask/slicePlane.ts';
import { REGION_SEQUENCE, type Region } from '../../src/protocol/protocol.ts';
import { folders, test } from '../e2e/server.ts';
import { readCatalogueCase, seriesOf } from '../e2e/support/caseFiles.ts';
import type { SlicePosition } from '../e2e/support/placement.ts';
import { ReadingRoom } from '../e2e/support/readingRoom.ts';

/** A hand is drawn from one place to the next, not from half a voxel to half a voxel. */
const THINNING = 3;
const files = readCatalogueCase(folders.data, 'ring-01');

/** What a sure eye sees of a region in each slice that has any: lines around it, and around its holes. */
function seen(region: Region): Map<number, { line: SlicePosition[]; isHole: boolean }[]> {
	const reference = files.references.get(region);
	if (!reference) throw new Error(`got no reference of ${region}, expected one`);
	const view = rasView(seriesOf(files, REGION_SEQUENCE[region]).grid);
	const slices = new Map<number, { line: SlicePosition[]; isHole: boolean }[]>();
	for (let slice = 0; slice < view.dims[2]; slice++) {
		const lines = traceOutlines(readSlice(reference, view, view, slice)).map((outline) => {
			const line: SlicePosition[] = [];
			for (let n = 0; n < outline.length; n += 2 * THINNING) line.push([outline[n] ?? 0, outline[n + 1] ?? 0]);
			return { line, isHole: areaOf(line) < 0 };
		});
		const largest = lines.filter(({ line }) => Math.abs(areaOf(line)) >= 4);
		// A line that goes the other way round is a hole's.
		if (largest.length > 0) slices.set(slice, largest);
	}
	return slices;
}

/** Positive where the line goes round to the left. */
function areaOf(line: readonly SlicePosition[]): number {
	return line.reduce((sum, [x1, y1], n) => {
		const [x2, y2] = line[(n + 1) % line.length] ?? [x1, y1];
		return sum + (x1 * y2 - x2 * y1) / 2;
	}, 0);
}

test('a glioma drawn in the browser by hand, without a file, is good on whole tumour and enhancing', async ({
	page,
}) => {
	const room = new ReadingRoom(page, files);
	await room.open('en');
	for (const [key, region, every] of [
		['1', 'WT', 2],
		// A thin ring moves from slice to slice by more than it is wide: blending two of them loses it.
		['2', 'ET', 1],
	] as const) {
		await page.keyboard.press(key);
		await page.keyboard.press('p');
		const sequence = REGION_SEQUENCE[region];
		const slices = [...seen(region)];
		for (const [n, [slice, lines]] of slices.entries()) {
			// What is left out is interpolated; the last slice is not.
			if (n % every !== 0 && n < slices.length - 1) continue;
			await room.goToSlice(sequence, slice);
			for (const { line, isHole } of lines) {
				if (isHole) await page.keyboard.down('Alt');
				await room.stroke(sequence, line);
				if (isHole) await page.keyboard.up('Alt');
			}
		}
		if (every === 1) continue;
		await page.keyboard.press('i');
		await page
			.locator('.opt')
			.getByRole('button', { name: /^Fill slices between: \d+$/ })
			.click();
		await expect(page.locator('.opt [role=status]')).toContainText('voxels changed');
	}
	expect((await room.events()).filter(({ kind }) => kind === 'import')).toHaveLength(0);
	await room.score();
	for (const region of ['WT', 'ET'] as const) {
		const tier = page.locator(`tr[data-region="${region}"] [data-tier]`);
		expect(['good', 'excellent'], `${region}: Dice ${await room.figure(region, 'dice')}`).toContain(
			await tier.getAttribute('data-tier'),
		);
	}
});
