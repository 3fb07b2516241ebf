import type { RegionMask } from './regionMask.ts';
import { checkValues, isWithin, type Within } from './within.ts';

/** A position in an axial slice of the view: x to the right, y to the front, voxel centres at whole numbers. */
export interface SlicePoint {
	readonly x: number;
	readonly y: number;
}

/** One movement of the brush. */
export interface Dab {
	readonly slice: number;
	readonly from: SlicePoint;
	readonly to: SlicePoint;
	readonly diameterMm: number;
	readonly value: 0 | 1;
	/** A ball in mm that reaches into the slices around; without it a disc in the slice. */
	readonly ball?: boolean;
	/** Only voxels with these intensities change, the one under `to` included. */
	readonly within?: Within | undefined;
}

/**
 * Draws one movement of a round brush in an axial slice: every voxel whose centre is within half the diameter, in mm,
 * of the line from `from` to `to`, and always the voxel under `to`. A disc stays in the slice; a ball takes the
 * voxels of the slices around too, by their distance in three dimensions. With a range of intensities the voxels
 * outside it are passed over.
 * Changes the mask and appends the stored elements that changed to `changed`, each once.
 * Throws on a slice outside the mask and on intensities that are not one a voxel.
 */
export function dab(mask: RegionMask, movement: Dab, changed: number[]): void {
	const { slice, to, diameterMm, value, ball, within } = movement;
	const { dims, spacingMm } = mask.view;
	if (slice < 0 || slice >= dims[2]) throw new Error(`got slice ${slice}, expected 0 to ${dims[2] - 1}`);
	if (within) checkValues(within.values, mask.data.length);
	const radius = diameterMm / 2;
	// A hair more, so that a centre right on the circle does not hang on rounding.
	const reach = radius * radius * (1 + 1e-9);
	const depth = ball ? Math.floor(Math.sqrt(reach) / spacingMm[2]) : 0;
	for (let s = Math.max(0, slice - depth); s <= Math.min(dims[2] - 1, slice + depth); s++)
		drawRows(mask, movement, s, reach - ((s - slice) * spacingMm[2]) ** 2, changed);
	const x = Math.round(to.x);
	const y = Math.round(to.y);
	if (x < 0 || x >= dims[0] || y < 0 || y >= dims[1]) return;
	const index = mask.index(x, y, slice);
	if (isWithin(within, index) && mask.set(index, slice, value)) changed.push(index);
}

/** Draws what a movement covers of slice `s`: the voxels within the root of `reach` mm² of the line, in its plane. */
function drawRows(mask: RegionMask, { from, to, value, within }: Dab, s: number, reach: number, changed: number[]) {
	const { dims, spacingMm } = mask.view;
	const [sx, sy] = spacingMm;
	const radius = Math.sqrt(reach);
	const ax = from.x * sx;
	const ay = from.y * sy;
	const bx = to.x * sx - ax;
	const by = to.y * sy - ay;
	const length2 = bx * bx + by * by;
	const y0 = Math.max(0, Math.floor(Math.min(from.y, to.y) - radius / sy));
	const y1 = Math.min(dims[1] - 1, Math.ceil(Math.max(from.y, to.y) + radius / sy));
	for (let y = y0; y <= y1; y++) {
		const py = y * sy - ay;
		// Only the part of the line near this row can reach it: a long slanted stroke does not cost its whole box.
		const t0 = by === 0 ? 0 : clamp((py - Math.sign(by) * radius) / by);
		const t1 = by === 0 ? 1 : clamp((py + Math.sign(by) * radius) / by);
		const x0 = Math.max(0, Math.floor((ax + Math.min(t0 * bx, t1 * bx) - radius) / sx));
		const x1 = Math.min(dims[0] - 1, Math.ceil((ax + Math.max(t0 * bx, t1 * bx) + radius) / sx));
		for (let x = x0; x <= x1; x++) {
			const px = x * sx - ax;
			const t = length2 === 0 ? 0 : clamp((px * bx + py * by) / length2);
			const dx = px - t * bx;
			const dy = py - t * by;
			if (dx * dx + dy * dy > reach) continue;
			const index = mask.index(x, y, s);
			if (isWithin(within, index) && mask.set(index, s, value)) changed.push(index);
		}
	}
}

function clamp(t: number): number {
	return Math.min(1, Math.max(0, t));
}
