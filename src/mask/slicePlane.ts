import { invertAffine, multiplyAffine } from '../grid/grid.ts';
import type { RasView } from '../grid/rasView.ts';
import type { RegionMask } from './regionMask.ts';

/** Values of a mask on an axial slice: `width * height` bytes, x (to the right) fastest, y to the front. */
export interface SlicePlane {
	readonly width: number;
	readonly height: number;
	readonly data: Uint8Array;
	/** Position of the first voxel where this is a part of the slice; else 0, 0. */
	readonly corner?: readonly [x: number, y: number];
}

/**
 * Reads a mask on an axial slice of a view, for display. On the mask's own view the voxels are copied as they are;
 * on another the nearest voxel of the mask is taken, and 0 outside it.
 *
 * @param data the mask in the stored order of `own`, one byte a voxel
 * @param own the view of the mask's grid
 * @param shown the view whose slice is wanted
 * @param slice axial slice of `shown`, from 0
 * @param out reused where its size fits
 */
export function readSlice(data: Uint8Array, own: RasView, shown: RasView, slice: number, out?: SlicePlane): SlicePlane {
	const [width, height] = shown.dims;
	const plane =
		out && out.width === width && out.height === height ? out : { width, height, data: new Uint8Array(width * height) };
	if (sameView(own, shown)) {
		const [sx, sy, sz] = own.strides;
		for (let y = 0, n = 0; y < height; y++) {
			let index = own.origin + y * sy + slice * sz;
			for (let x = 0; x < width; x++, n++, index += sx) plane.data[n] = data[index]!;
		}
		return plane;
	}
	const m = multiplyAffine(invertAffine(own.affine), shown.affine);
	const [dx, dy, dz] = own.dims;
	const [sx, sy, sz] = own.strides;
	for (let y = 0, n = 0; y < height; y++)
		for (let x = 0; x < width; x++, n++) {
			const i = Math.round(m[0]! * x + m[1]! * y + m[2]! * slice + m[3]!);
			const j = Math.round(m[4]! * x + m[5]! * y + m[6]! * slice + m[7]!);
			const k = Math.round(m[8]! * x + m[9]! * y + m[10]! * slice + m[11]!);
			const inside = i >= 0 && j >= 0 && k >= 0 && i < dx && j < dy && k < dz;
			plane.data[n] = inside ? data[own.origin + i * sx + j * sy + k * sz]! : 0;
		}
	return plane;
}

/** The part of an axial slice of a mask that holds all that is drawn there; undefined where nothing is. */
export function drawnPlane(mask: RegionMask, slice: number): SlicePlane | undefined {
	const box = mask.sliceBox(slice);
	if (!box) return undefined;
	const width = box.x[1] - box.x[0] + 1;
	const height = box.y[1] - box.y[0] + 1;
	const data = new Uint8Array(width * height);
	const step = mask.view.strides[0];
	for (let y = 0, n = 0; y < height; y++)
		for (let x = 0, index = mask.index(box.x[0], box.y[0] + y, slice); x < width; x++, n++, index += step)
			data[n] = mask.data[index]!;
	return { width, height, data, corner: [box.x[0], box.y[0]] };
}

/** Whether two views lie alike, so that a slice of one is a slice of the other. Storage may still differ. */
export function sameView(a: RasView, b: RasView): boolean {
	return (
		a.dims.every((n, axis) => n === b.dims[axis]) && a.affine.every((v, n) => Math.abs(v - (b.affine[n] ?? 0)) < 1e-4)
	);
}
