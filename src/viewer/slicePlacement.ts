import type { ContentBox } from '../formats/contentBox.ts';
import type { RasView } from '../grid/rasView.ts';

/** Where the middle of the panel looks, and how close. */
export interface Camera {
	/** Position of the panel's centre in the slice plane: voxel position times spacing, mm. */
	readonly centreMm: readonly [number, number];
	/** 1 shows the whole slice. */
	readonly zoom: number;
}

/** The camera that shows all of the content, with a margin, in a panel of the given CSS size. */
export function cameraOn({ dims, spacingMm }: RasView, { x, y }: ContentBox, width: number, height: number): Camera {
	const whole = placeSlice({ dims, spacingMm }, { centreMm: [0, 0], zoom: 1 }, width, height).pxPerMm;
	const margin = 1.06;
	const across = (x[1] - x[0] + 1) * spacingMm[0] * margin;
	const along = (y[1] - y[0] + 1) * spacingMm[1] * margin;
	const pxPerMm = Math.min(width / across, height / along);
	return {
		centreMm: [((x[0] + x[1]) / 2) * spacingMm[0], ((y[0] + y[1]) / 2) * spacingMm[1]],
		zoom: whole > 0 ? Math.max(1, pxPerMm / whole) : 1,
	};
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
	{ dims, spacingMm }: Pick<RasView, 'dims' | 'spacingMm'>,
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
