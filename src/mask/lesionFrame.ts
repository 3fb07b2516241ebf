import { ijkToXyz, type XyzMm } from '../grid/grid.ts';
import type { RegionMask } from './regionMask.ts';

/** What a close look takes in: its middle in the head, world mm, and how far it reaches across (left–right) and along (back–front), mm. */
export interface Frame {
	readonly middle: XyzMm;
	readonly acrossMm: number;
	readonly alongMm: number;
}

/**
 * The frame around everything that some masks hold, with room on every side. The masks may lie on grids of their own; the
 * box is that of world axes, so that tilted grids get one frame. Undefined where nothing is drawn.
 *
 * @param roomMm room on every side, mm
 */
export function lesionFrame(masks: Iterable<RegionMask>, roomMm: number): Frame | undefined {
	const low: [number, number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
	const high: [number, number, number] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
	for (const mask of masks)
		for (let slice = 0; slice < mask.view.dims[2]; slice++) {
			const box = mask.sliceBox(slice);
			if (!box) continue;
			for (const x of box.x)
				for (const y of box.y) {
					const at = ijkToXyz({ dims: mask.view.dims, affine: mask.view.affine }, [x, y, slice]);
					for (const axis of [0, 1, 2] as const) {
						low[axis] = Math.min(low[axis], at[axis]);
						high[axis] = Math.max(high[axis], at[axis]);
					}
				}
		}
	if (high[0] < low[0]) return undefined;
	return {
		middle: [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2],
		acrossMm: high[0] - low[0] + 2 * roomMm,
		alongMm: high[1] - low[1] + 2 * roomMm,
	};
}
