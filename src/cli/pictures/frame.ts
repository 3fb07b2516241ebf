import { ijkToXyz, invertAffine } from '../../grid/grid.ts';
import type { RasView } from '../../grid/rasView.ts';
import type { SlicePlane } from '../../mask/slicePlane.ts';
import type { Place } from '../hero/contourPath.ts';

/** What of an axial slice is shown, in world-sized steps: positions along the view's right and front axes. */
export interface Frame {
	/** Position on the view at the left edge, and at the top edge; right of the body is on the left. */
	readonly left: number;
	readonly top: number;
	/** Pixels of the picture a voxel, across and down. */
	readonly scale: readonly [number, number];
	/** Pixels. */
	readonly width: number;
	readonly height: number;
}

/** Width over height: of a lesion as lessons show pairs, of a head as heads are. */
const RATIO = { lesion: 1.12, head: 0.86 } as const;
/** Pixels across. */
const WIDTH = { lesion: 400, head: 344 } as const;
/** Around what is shown, mm. */
const MARGIN_MM = { lesion: 17, head: 5 } as const;
/** A smaller lesion is shown with more around it, mm across. */
const LEAST_MM = 84;
/** Brighter than this, of 255, is head rather than air. */
const HEAD_GREY = 36;

/** The frame around all that is set in some slices of a view; throws where nothing is. */
export function frameAround(view: RasView, crop: 'lesion' | 'head', planes: readonly SlicePlane[]): Frame {
	const [stepX, stepY] = view.spacingMm;
	const [xs, ys] = [new Set<number>(), new Set<number>()];
	for (const { width, data } of planes)
		for (let n = data.findIndex((v) => v !== 0); n !== -1 && n < data.length; n++)
			if (data[n] !== 0) {
				xs.add(n % width);
				ys.add(Math.floor(n / width));
			}
	if (xs.size === 0) throw new Error('got slices with nothing set, expected what is to be shown');
	const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
	const ratio = RATIO[crop];
	const wideMm = (x1 - x0 + 1) * stepX + 2 * MARGIN_MM[crop];
	const tallMm = (y1 - y0 + 1) * stepY + 2 * MARGIN_MM[crop];
	const acrossMm = Math.max(wideMm, tallMm * ratio, crop === 'lesion' ? LEAST_MM : 0);
	const width = WIDTH[crop];
	const pixelMm = acrossMm / width;
	const height = Math.round(width / ratio);
	return {
		left: (x0 + x1) / 2 + acrossMm / 2 / stepX,
		top: (y0 + y1) / 2 + (height * pixelMm) / 2 / stepY,
		scale: [stepX / pixelMm, stepY / pixelMm],
		width,
		height,
	};
}

/** The frame of another sequence's picture, on a view of its own. */
export function frameLike(frame: Frame, its: RasView, itsSlice: number, view: RasView): Frame {
	const xyz = ijkToXyz(its, [frame.left, frame.top, itsSlice]);
	const [left, top] = ijkToXyz({ dims: view.dims, affine: invertAffine(view.affine) }, xyz);
	const pixelMm = its.spacingMm[0] / frame.scale[0];
	return { ...frame, left, top, scale: [view.spacingMm[0] / pixelMm, view.spacingMm[1] / pixelMm] };
}

/** The head in a slice of greys, as a mask. */
export function headIn({ width, height, data }: SlicePlane): SlicePlane {
	return { width, height, data: data.map((grey) => Number(grey > HEAD_GREY)) };
}

/** Where a voxel position of the slice lies in the picture, to its pixels' corners. */
export function placeIn({ left, top, scale }: Frame): (x: number, y: number) => Place {
	return (x, y) => [(left - x) * scale[0], (top - y) * scale[1]];
}

/**
 * The picture's greys, one byte a pixel, by Catmull and Rom's cubic between voxels. Black outside the slice.
 *
 * Source: Keys 1981, 10.1109/TASSP.1981.1163711 (a = −1/2).
 */
export function sampled({ width: across, height: down, data }: SlicePlane, frame: Frame): Uint8Array {
	const pixels = new Uint8Array(frame.width * frame.height);
	const columns = Array.from({ length: frame.width }, (_, n) => taps(frame.left - (n + 0.5) / frame.scale[0]));
	const rows = Array.from({ length: frame.height }, (_, n) => taps(frame.top - (n + 0.5) / frame.scale[1]));
	for (let row = 0, n = 0; row < frame.height; row++)
		for (let column = 0; column < frame.width; column++, n++) {
			const [x, wx] = columns[column]!;
			const [y, wy] = rows[row]!;
			let sum = 0;
			for (let j = 0; j < 4; j++)
				for (let i = 0; i < 4; i++) {
					const [u, v] = [x + i, y + j];
					if (u >= 0 && v >= 0 && u < across && v < down) sum += wx[i]! * wy[j]! * data[u + across * v]!;
				}
			pixels[n] = Math.min(255, Math.max(0, Math.round(sum)));
		}
	return pixels;
}

/** The first of the four voxels around a position, and how much each counts. */
function taps(at: number): readonly [first: number, weights: readonly number[]] {
	const whole = Math.floor(at);
	const t = at - whole;
	return [
		whole - 1,
		[
			((-t + 2) * t - 1) * t * 0.5,
			((3 * t - 5) * t * t + 2) * 0.5,
			((-3 * t + 4) * t + 1) * t * 0.5,
			(t - 1) * t * t * 0.5,
		],
	];
}
