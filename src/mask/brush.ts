import type { RegionMask } from './regionMask.ts';

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
}

/**
 * Draws one movement of a round brush in the plane of an axial slice: every voxel whose centre is within
 * half the diameter, in mm, of the line from `from` to `to`, and always the voxel under `to`.
 * Nothing outside the slice is touched. Appends the stored elements that changed to `changed`.
 */
export function dab(mask: RegionMask, { slice, from, to, diameterMm, value }: Dab, changed: number[]): void {
	const { dims, spacingMm } = mask.view;
	if (slice < 0 || slice >= dims[2]) throw new Error(`got slice ${slice}, expected 0 to ${dims[2] - 1}`);
	const [sx, sy] = spacingMm;
	const radius = diameterMm / 2;
	const x0 = Math.max(0, Math.ceil(Math.min(from.x, to.x) - radius / sx));
	const x1 = Math.min(dims[0] - 1, Math.floor(Math.max(from.x, to.x) + radius / sx));
	const y0 = Math.max(0, Math.ceil(Math.min(from.y, to.y) - radius / sy));
	const y1 = Math.min(dims[1] - 1, Math.floor(Math.max(from.y, to.y) + radius / sy));
	const ax = from.x * sx;
	const ay = from.y * sy;
	const bx = to.x * sx - ax;
	const by = to.y * sy - ay;
	const length2 = bx * bx + by * by;
	const reach = radius * radius * (1 + 1e-9);
	const put = (x: number, y: number) => {
		const index = mask.index(x, y, slice);
		if (mask.set(index, slice, value)) changed.push(index);
	};
	for (let y = y0; y <= y1; y++)
		for (let x = x0; x <= x1; x++) {
			const px = x * sx - ax;
			const py = y * sy - ay;
			const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * bx + py * by) / length2));
			const dx = px - t * bx;
			const dy = py - t * by;
			if (dx * dx + dy * dy <= reach) put(x, y);
		}
	const cx = Math.round(to.x);
	const cy = Math.round(to.y);
	if (cx >= 0 && cx < dims[0] && cy >= 0 && cy < dims[1]) put(cx, cy);
}
