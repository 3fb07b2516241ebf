import type { RasView } from '../../../src/grid/rasView.ts';
import { elementAt, type SlicePosition } from './placement.ts';

/**
 * Elements that a round brush must have covered: every voxel whose centre is within half the diameter of the path,
 * in mm, and the voxels that the pointer was on. A ball reaches into the slices around, a disc stays in its own.
 * All voxels are measured, none is guessed away.
 */
export function brushed(
	view: RasView,
	slice: number,
	path: readonly SlicePosition[],
	diameterMm: number,
	{ ball = false } = {},
): Set<number> {
	const [sx, sy, sz] = view.spacingMm;
	const covered = new Set<number>();
	const slices = ball ? Array.from({ length: view.dims[2] }, (_, s) => s) : [slice];
	for (const s of slices)
		for (let y = 0; y < view.dims[1]; y++)
			for (let x = 0; x < view.dims[0]; x++) {
				const across = (s - slice) * sz;
				const near = path.some((to, n) => {
					const from = path[Math.max(0, n - 1)] ?? to;
					const along = distanceToSegment([x * sx, y * sy], [from[0] * sx, from[1] * sy], [to[0] * sx, to[1] * sy]);
					return Math.hypot(along, across) <= diameterMm / 2 + 1e-9;
				});
				if (near) covered.add(elementAt(view, x, y, s));
			}
	for (const [x, y] of path) {
		const [i, j] = [Math.round(x), Math.round(y)];
		if (i >= 0 && j >= 0 && i < view.dims[0] && j < view.dims[1]) covered.add(elementAt(view, i, j, slice));
	}
	return covered;
}

function distanceToSegment(p: SlicePosition, a: SlicePosition, b: SlicePosition): number {
	const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
	if (length === 0) return Math.hypot(p[0] - a[0], p[1] - a[1]);
	const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
	const along = Math.min(length, Math.max(0, (p[0] - a[0]) * ux + (p[1] - a[1]) * uy));
	return Math.hypot(p[0] - a[0] - along * ux, p[1] - a[1] - along * uy);
}
