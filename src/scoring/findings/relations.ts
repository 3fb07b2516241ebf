import { type Grid, spacingMm } from '../../grid/grid.ts';
import { rasView } from '../../grid/rasView.ts';
import { stepsWithin } from './context.ts';
import { elementsWhere } from './overlap.ts';
import { ijkOf } from './place.ts';

/**
 * What both masks hold, without its outermost pixels in the slice: two outlines that meet overlap by as much. Both
 * lie on the grid.
 */
export function sharedCore(a: Uint8Array, b: Uint8Array, grid: Grid): number[] {
	const { strides } = rasView(grid);
	const around = [0, strides[0], -strides[0], strides[1], -strides[1]];
	const isShared = (n: number) => (a[n] ?? 0) !== 0 && b[n] !== 0;
	return elementsWhere(b.length, (n) => isShared(n) && around.every((step) => isShared(n + step)));
}

/** Elements of the inner mask farther from the outer one than the tolerance, or than one voxel where that is more. */
export function elementsOutside(inner: Uint8Array, outer: Uint8Array, grid: Grid, mm: number): number[] {
	const [nx, ny, nz] = grid.dims;
	const spacing = spacingMm(grid);
	const [rx, ry, rz] = stepsWithin(mm, grid).map((steps) => Math.max(1, steps)) as [number, number, number];
	const reach = [rx, ry, rz].map((steps, axis) => Math.max(mm, spacing[axis]! * Math.min(1, steps)));
	return elementsWhere(inner.length, (n) => {
		if (inner[n] === 0 || outer[n] !== 0) return false;
		const [x, y, z] = ijkOf(n, grid);
		for (let dz = -rz; dz <= rz; dz++)
			for (let dy = -ry; dy <= ry; dy++)
				for (let dx = -rx; dx <= rx; dx++) {
					if (x + dx < 0 || y + dy < 0 || z + dz < 0 || x + dx >= nx || y + dy >= ny || z + dz >= nz) continue;
					const [u, v, w] = [
						(dx * spacing[0]) / reach[0]!,
						(dy * spacing[1]) / reach[1]!,
						(dz * spacing[2]) / reach[2]!,
					];
					if (u * u + v * v + w * w <= 1 && outer[n + dx + nx * (dy + ny * dz)] !== 0) return false;
				}
		return true;
	});
}
