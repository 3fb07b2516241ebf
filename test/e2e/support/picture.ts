import type { Page } from '@playwright/test';
import type { Volume } from '../../../src/formats/volume.ts';
import { type Grid, ijkToXyz, invertAffine, type XyzMm } from '../../../src/grid/grid.ts';
import type { Box, PagePosition } from './placement.ts';

/** Brightness of a part of the page, 0–255, as it is on the screen. */
export interface Picture {
	readonly width: number;
	readonly height: number;
	readonly grey: Uint8Array;
}

export async function photograph(page: Page, box: Box): Promise<Picture> {
	const png = await page.screenshot({ clip: box, scale: 'css' });
	const { width, height, base64 } = await page.evaluate(async (data) => {
		const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
		const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
		const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
		const context = canvas.getContext('2d');
		context?.drawImage(bitmap, 0, 0);
		const { data: rgba } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: new Uint8Array() };
		const grey = new Uint8Array(rgba.length / 4);
		for (let n = 0; n < grey.length; n++) grey[n] = rgba[4 * n + 1] ?? 0;
		const reader = new FileReader();
		reader.readAsDataURL(new Blob([grey]));
		await new Promise((done) => {
			reader.onload = done;
		});
		return { width: bitmap.width, height: bitmap.height, base64: String(reader.result).split(',')[1] ?? '' };
	}, png.toString('base64'));
	return { width, height, grey: Uint8Array.from(Buffer.from(base64, 'base64')) };
}

/** Value of a volume at a place in the head, from its affine alone; 0 outside. */
export function valueAtMm({ grid, data }: Volume, place: XyzMm): number {
	const { dims }: Grid = grid;
	const [i, j, k] = ijkToXyz({ dims, affine: invertAffine(grid.affine) }, place).map(Math.round) as [
		number,
		number,
		number,
	];
	if (i < 0 || j < 0 || k < 0 || i >= dims[0] || j >= dims[1] || k >= dims[2]) return 0;
	return data[i + dims[0] * (j + dims[1] * k)] ?? 0;
}

/** Correlation of a picture with what should be there, over a lattice of its pixels; −1 to 1. */
export function likeness(picture: Picture, corner: Box, expected: (at: PagePosition) => number): number {
	const seen: number[] = [];
	const wanted: number[] = [];
	for (let y = 4; y < picture.height; y += 5)
		for (let x = 4; x < picture.width; x += 5) {
			seen.push(picture.grey[y * picture.width + x] ?? 0);
			wanted.push(expected([corner.x + x + 0.5, corner.y + y + 0.5]));
		}
	const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
	const [a, b] = [mean(seen), mean(wanted)];
	let [ab, aa, bb] = [0, 0, 0];
	for (let n = 0; n < seen.length; n++) {
		const [s, w] = [(seen[n] ?? 0) - a, (wanted[n] ?? 0) - b];
		ab += s * w;
		aa += s * s;
		bb += w * w;
	}
	return ab / Math.sqrt(aa * bb);
}
