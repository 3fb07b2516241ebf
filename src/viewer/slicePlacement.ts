import type { RasView } from '../grid/rasView.ts';

/** Where the middle of the panel looks, and how close. */
export interface Camera {
	/** Position of the panel's centre in the slice plane: voxel position times spacing, mm. */
	readonly centreMm: readonly [number, number];
	/** 1 shows the whole slice. */
	readonly zoom: number;
}

/** The whole slice, centred. */
export function wholeSlice({ dims, spacingMm }: RasView): Camera {
	return { centreMm: [((dims[0] - 1) / 2) * spacingMm[0], ((dims[1] - 1) / 2) * spacingMm[1]], zoom: 1 };
}

/**
 * How voxel positions of an axial slice map to CSS pixels of a panel. Radiological convention: the patient's
 * right is at the left edge, the front at the top. Pixels are square in mm.
 */
export interface SlicePlacement {
	readonly pxPerMm: number;
	toPx(x: number, y: number): [number, number];
	toVoxel(left: number, top: number): [number, number];
}

/** The placement of a view's slices in a panel of the given CSS size. */
export function placeSlice(
	{ dims, spacingMm }: RasView,
	{ centreMm, zoom }: Camera,
	width: number,
	height: number,
): SlicePlacement {
	const [sx, sy] = spacingMm;
	const pxPerMm = Math.min(width / (dims[0] * sx), height / (dims[1] * sy)) * zoom;
	return {
		pxPerMm,
		toPx: (x, y) => [width / 2 - (x * sx - centreMm[0]) * pxPerMm, height / 2 - (y * sy - centreMm[1]) * pxPerMm],
		toVoxel: (left, top) => [
			(centreMm[0] - (left - width / 2) / pxPerMm) / sx,
			(centreMm[1] - (top - height / 2) / pxPerMm) / sy,
		],
	};
}
