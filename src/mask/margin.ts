import { distanceTo } from './distance.ts';
import type { RegionMask } from './regionMask.ts';
import { clipped, drawnBox, elementsToChange, readBlock, widened } from './viewBlock.ts';

/** Room for rounding where a voxel lies right on the margin, in parts of it. */
const ROUNDING = 1e-6;

/** How far a mask grows or shrinks. */
export interface Margin {
	/** More than 0 grows, less than 0 shrinks. */
	readonly mm: number;
	/** Whether only distances within the axial slice count; else in 3-D. */
	readonly inSlice: boolean;
}

/**
 * Grows or shrinks a mask by a distance in mm between voxel centres (Euclidean, along the view's axes, which are taken to
 * be at right angles). Growing sets every voxel of the image within `mm` of one that is set; shrinking clears every voxel
 * within `-mm` of one that is not. A distance of exactly `mm` is within. Less than the spacing along an axis changes
 * nothing along it: 3 mm across slices 5 mm apart stay in the slice.
 *
 * The edge of the image is no edge of the mask: shrinking does not eat from the border of the image. With `inSlice` no
 * empty slice is drawn in. Throws where `mm` is not a finite number.
 *
 * @returns the stored elements to set or to clear, each once; none from 0 mm or an empty mask
 */
export function margin(mask: RegionMask, { mm, inSlice }: Margin): Uint32Array {
	if (!Number.isFinite(mm)) throw new Error(`got a margin of ${mm} mm, expected a finite number`);
	if (mm === 0 || mask.total === 0) return new Uint32Array(0);
	const { dims, spacingMm } = mask.view;
	const most = Math.abs(mm) * (1 + ROUNDING);
	const reach = (axis: 0 | 1 | 2) => (mm < 0 ? 1 : Math.floor(most / spacingMm[axis]));
	const room = widened(drawnBox(mask), [reach(0), reach(1), inSlice ? 0 : reach(2)]);
	const block = readBlock(mask, clipped(room, dims));
	const [to, wanted] = [mm > 0 ? 1 : 0, block.data.slice()] as const;
	const away = distanceTo(to, block.data, block.dims, spacingMm, inSlice);
	for (let n = 0; n < wanted.length; n++) if (away[n]! <= most) wanted[n] = to;
	return elementsToChange(mask, block, wanted);
}
