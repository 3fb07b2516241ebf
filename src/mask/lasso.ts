import type { SlicePoint } from './brush.ts';
import type { RegionMask } from './regionMask.ts';
import { checkValues, isWithin, type Within } from './within.ts';

/** A closed line drawn by hand in an axial slice, and what it does. */
export interface Lasso {
	readonly slice: number;
	/** The line in the order it was drawn; its last point joins the first. */
	readonly points: readonly SlicePoint[];
	readonly value: 0 | 1;
	/** Only voxels with these intensities change. */
	readonly within?: Within | undefined;
}

/**
 * Stored elements that a lasso would change, each once: the voxels inside its line (see `visitInside`) that do not
 * have `value` yet and, with a range of intensities, lie in it. The mask is not changed.
 * Fewer than three points give none. Throws on a slice outside the mask and on intensities that are not one a voxel.
 */
export function lasso(mask: RegionMask, { slice, points, value, within }: Lasso): Uint32Array {
	const { dims } = mask.view;
	if (slice < 0 || slice >= dims[2]) throw new Error(`got slice ${slice}, expected 0 to ${dims[2] - 1}`);
	if (within) checkValues(within.values, mask.data.length);
	const changed: number[] = [];
	visitInside(mask, points, (x, y) => {
		const index = mask.index(x, y, slice);
		if (mask.data[index] !== value && isWithin(within, index)) changed.push(index);
	});
	return new Uint32Array(changed);
}

/**
 * Visits the voxels of an axial slice that lie inside a closed line, each once, row by row.
 * A voxel is inside by its centre; where the line crosses itself, even-odd: what it goes round twice is outside.
 * A centre right on the line is inside on the line's left and rear sides and outside on its right and front sides,
 * so that two lines with a common border share no voxel and leave none out.
 * What lies outside the slice is cut off. Fewer than three points enclose nothing.
 */
export function visitInside(
	{ view }: RegionMask,
	points: readonly SlicePoint[],
	visit: (x: number, y: number) => void,
): void {
	if (points.length < 3) return;
	const [width, height] = view.dims;
	const rows: number[][] = Array.from({ length: height }, () => []);
	points.forEach((point, n) => {
		const other = points[(n + 1) % points.length]!;
		// Always computed from the lower end, so that a border drawn in either direction is the same to the last bit.
		const [low, high] = point.y < other.y ? [point, other] : [other, point];
		for (let y = Math.max(0, Math.ceil(low.y)); y < Math.min(height, high.y); y++)
			rows[y]!.push(low.x + ((y - low.y) * (high.x - low.x)) / (high.y - low.y));
	});
	rows.forEach((crossings, y) => {
		crossings.sort((a, b) => a - b);
		for (let n = 0; n < crossings.length; n += 2) {
			const end = Math.min(width, crossings[n + 1]!);
			for (let x = Math.max(0, Math.ceil(crossings[n]!)); x < end; x++) visit(x, y);
		}
	});
}
