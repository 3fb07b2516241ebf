import { intensityQuantiles, valueAt } from '../formats/intensityQuantiles.ts';
import { greyPng } from '../formats/png.ts';
import type { Volume } from '../formats/volume.ts';
import { rasView } from '../grid/rasView.ts';
import { readSlice } from '../mask/slicePlane.ts';
import { FAMILY_REGIONS, type Family, REGION_SEQUENCE, type Region, type Sequence } from '../protocol/protocol.ts';
import type { MadeParts } from './measureCase.ts';

/** Edge of a thumbnail in pixels. */
const EDGE = 160;

/** The sequence on which a family's tumours are known at a glance. */
const KEY_SEQUENCE = {
	glioma: 'FLAIR',
	pcnsl: 'T1C',
	metastasis: 'T1C',
	meningioma: 'T1C',
	hpc_sft: 'T1C',
} as const satisfies Record<Family, Sequence>;

/** A small picture of a case. */
export interface Thumbnail {
	readonly png: Uint8Array;
	readonly sequence: Sequence;
}

/**
 * The axial slice with the most tumour on the family's key sequence, in grey and without outlines; right is on the left, front
 * above. Without a reference it is the middle slice; without
 * that sequence it is of the first there is. Undefined without any.
 */
export function thumbnailOf({ series, masks }: MadeParts, family: Family): Thumbnail | undefined {
	const key = KEY_SEQUENCE[family];
	const sequence = series.has(key) ? key : [...series.keys()][0];
	const images = sequence && series.get(sequence);
	if (!images) return undefined;
	const region = (FAMILY_REGIONS[family] as readonly Region[]).find((each) => REGION_SEQUENCE[each] === sequence);
	const view = rasView(images.grid);
	const slice = fullestSlice(region && masks.get(region)) ?? Math.floor(view.dims[2] / 2);
	const quantiles = intensityQuantiles(images.data);
	const [black, white] = [valueAt(quantiles, 0.5), valueAt(quantiles, 99.8)];
	const greys = Uint8Array.from(images.data, (v) => 255 * Math.min(1, Math.max(0, (v - black) / (white - black))));
	const { width, height, data } = readSlice(greys, view, view, slice);
	const [stepX, stepY] = view.spacingMm;
	const head = headBox(width, height, data);
	const edgeMm = 1.06 * Math.max((head.x[1] - head.x[0] + 1) * stepX, (head.y[1] - head.y[0] + 1) * stepY);
	const [middleX, middleY] = [(head.x[0] + head.x[1]) / 2, (head.y[0] + head.y[1]) / 2];
	const pixels = new Uint8Array(EDGE * EDGE);
	for (let n = 0, row = 0; row < EDGE; row++)
		for (let column = 0; column < EDGE; column++, n++) {
			const across = ((column + 0.5) / EDGE - 0.5) * edgeMm;
			const down = ((row + 0.5) / EDGE - 0.5) * edgeMm;
			pixels[n] = between(width, height, data, middleX - across / stepX, middleY - down / stepY);
		}
	return { png: greyPng(EDGE, EDGE, pixels), sequence };
}

/** The axial slice of a mask with the most voxels; undefined where it has none. */
function fullestSlice(mask: Volume | undefined): number | undefined {
	if (!mask) return undefined;
	const { dims, strides, origin } = rasView(mask.grid);
	let [most, best] = [0, undefined as number | undefined];
	for (let z = 0; z < dims[2]; z++) {
		let voxels = 0;
		for (let y = 0; y < dims[1]; y++)
			for (let x = 0; x < dims[0]; x++)
				if (mask.data[origin + x * strides[0] + y * strides[1] + z * strides[2]] !== 0) voxels++;
		if (voxels > most) [most, best] = [voxels, z];
	}
	return best;
}

/** What is brighter than air, and the whole picture where nothing is. */
function headBox(width: number, height: number, data: Uint8Array) {
	const [x, y] = [
		[width, -1],
		[height, -1],
	] as [[number, number], [number, number]];
	for (let n = 0, j = 0; j < height; j++)
		for (let i = 0; i < width; i++, n++) {
			if (data[n]! < 25) continue;
			x[0] = Math.min(x[0], i);
			x[1] = Math.max(x[1], i);
			y[0] = Math.min(y[0], j);
			y[1] = Math.max(y[1], j);
		}
	return x[1] < 0 ? { x: [0, width - 1] as const, y: [0, height - 1] as const } : { x, y };
}

/** The value between four pixels, linear; 0 outside. */
function between(width: number, height: number, data: Uint8Array, x: number, y: number): number {
	const [i, j] = [Math.floor(x), Math.floor(y)];
	if (i < 0 || j < 0 || i > width - 2 || j > height - 2) return 0;
	const at = i + j * width;
	const low = data[at]! + (data[at + 1]! - data[at]!) * (x - i);
	const high = data[at + width]! + (data[at + width + 1]! - data[at + width]!) * (x - i);
	return low + (high - low) * (y - j);
}
