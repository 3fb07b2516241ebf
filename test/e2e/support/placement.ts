import { intensityQuantiles, valueAt } from '../../../src/formats/intensityQuantiles.ts';
import type { Volume } from '../../../src/formats/volume.ts';
import { type RasView, rasView } from '../../../src/grid/rasView.ts';

/** A position in an axial slice: voxel centres at whole numbers, x to the patient's right, y to the front. */
export type SlicePosition = readonly [x: number, y: number];

/** A place on the page, CSS pixels. */
export type PagePosition = readonly [left: number, top: number];

export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** Where the axial slices of a volume lie on the page. */
export interface Placement {
	readonly view: RasView;
	readonly pxPerMm: number;
	toPage(at: SlicePosition): PagePosition;
	toVoxel(at: PagePosition): SlicePosition;
}

const contents = new WeakMap<Volume, { x: [number, number]; y: [number, number] }>();

/** First and last column and row with something of the head: 2 % of their voxels above the fifth percentile. */
function contentOf(volume: Volume): { x: [number, number]; y: [number, number] } {
	const known = contents.get(volume);
	if (known) return known;
	const { dims, strides, origin } = rasView(volume.grid);
	const threshold = valueAt(intensityQuantiles(volume.data), 5);
	const span = (along: 0 | 1): [number, number] => {
		const across = along === 0 ? 1 : 0;
		let first = -1;
		let last = -1;
		for (let n = 0; n < dims[along]; n++) {
			let bright = 0;
			for (let m = 0; m < dims[across]; m++)
				for (let z = 0; z < dims[2]; z++) {
					const value = volume.data[origin + n * strides[along] + m * strides[across] + z * strides[2]] ?? 0;
					if (value > threshold) bright++;
				}
			if (bright < 0.02 * dims[across] * dims[2]) continue;
			if (first < 0) first = n;
			last = n;
		}
		return first < 0 ? [0, dims[along] - 1] : [first, last];
	};
	const content = { x: span(0), y: span(1) };
	contents.set(volume, content);
	return content;
}

/**
 * Worked out anew from the file and the panel's box: the head with a margin of 6 %, never smaller than the whole
 * slice, its middle in the middle; the patient's right at the left edge, the front at the top, pixels square in mm.
 */
export function placeIn(box: Box, volume: Volume): Placement {
	const view = rasView(volume.grid);
	const [sx, sy] = view.spacingMm;
	const { x, y } = contentOf(volume);
	const whole = Math.min(box.width / (view.dims[0] * sx), box.height / (view.dims[1] * sy));
	const head = Math.min(box.width / ((x[1] - x[0] + 1) * sx), box.height / ((y[1] - y[0] + 1) * sy)) / 1.06;
	const pxPerMm = Math.max(whole, head);
	const middle = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2] as const;
	const left = box.x + box.width / 2;
	const top = box.y + box.height / 2;
	return {
		view,
		pxPerMm,
		toPage: ([i, j]) => [left - (i - middle[0]) * sx * pxPerMm, top - (j - middle[1]) * sy * pxPerMm],
		toVoxel: ([px, py]) => [middle[0] - (px - left) / pxPerMm / sx, middle[1] - (py - top) / pxPerMm / sy],
	};
}

/** Element of the stored voxels at a position of a slice. */
export function elementAt({ origin, strides }: RasView, x: number, y: number, slice: number): number {
	return origin + x * strides[0] + y * strides[1] + slice * strides[2];
}
