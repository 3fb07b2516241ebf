import type { Locator } from '@playwright/test';
import type { Placement, SlicePosition } from './placement.ts';

/** Pixels of a panel's drawing above the image, RGBA, one a CSS pixel. */
export interface Surface {
	readonly width: number;
	readonly height: number;
	readonly rgba: Uint8Array;
}

export async function readSurface(panel: Locator): Promise<Surface> {
	const { width, height, base64 } = await panel.locator('svg.surface').evaluate(async (surface: SVGSVGElement) => {
		const { width, height } = surface.getBoundingClientRect();
		const copy = surface.cloneNode(true) as SVGSVGElement;
		copy.setAttribute('width', String(width));
		copy.setAttribute('height', String(height));
		const picture = new Image();
		picture.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
		await picture.decode();
		const canvas = new OffscreenCanvas(Math.round(width), Math.round(height));
		const context = canvas.getContext('2d');
		context?.drawImage(picture, 0, 0);
		const image = context?.getImageData(0, 0, canvas.width, canvas.height);
		const reader = new FileReader();
		reader.readAsDataURL(new Blob([image?.data ?? new Uint8ClampedArray()]));
		await new Promise((done) => {
			reader.onload = done;
		});
		const base64 = String(reader.result).split(',')[1] ?? '';
		return { width: canvas.width, height: canvas.height, base64 };
	});
	return { width, height, rgba: Uint8Array.from(Buffer.from(base64, 'base64')) };
}

/** Opaque pixels of about a colour, as positions of the slice. */
export function voxelsOfColour(
	{ width, height, rgba }: Surface,
	colour: readonly [number, number, number],
	placement: Placement,
	corner: { readonly x: number; readonly y: number },
): SlicePosition[] {
	const found: SlicePosition[] = [];
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const at = 4 * (y * width + x);
			const near = colour.every((value, n) => Math.abs((rgba[at + n] ?? 0) - value) <= 6);
			if (near && (rgba[at + 3] ?? 0) > 240) found.push(placement.toVoxel([corner.x + x + 0.5, corner.y + y + 0.5]));
		}
	return found;
}

/** Where the lines of the crosshair cross, in pixels of the panel: the column and the row that are drawn longest. */
export function crossingOf({ width, height, rgba }: Surface): { x: number; y: number } {
	const columns = new Array<number>(width).fill(0);
	const rows = new Array<number>(height).fill(0);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) {
			const at = 4 * (y * width + x);
			if ((rgba[at + 3] ?? 0) < 100) continue;
			columns[x] = (columns[x] ?? 0) + 1;
			rows[y] = (rows[y] ?? 0) + 1;
		}
	const longest = (counts: readonly number[]) => counts.indexOf(Math.max(...counts));
	return { x: longest(columns), y: longest(rows) };
}
