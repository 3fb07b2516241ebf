import type { Dims } from '../../grid/grid.ts';
import type { Box } from './kernels.ts';

/** The box grown by some voxels on every side; it may reach beyond the grid. */
export function grownBox({ min, max }: Box, by: number): Box {
	return {
		min: [min[0] - by, min[1] - by, min[2] - by],
		max: [max[0] + by, max[1] + by, max[2] + by],
	};
}

/** The smallest box around both. */
export function unitedBox(a: Box, b: Box): Box {
	if (isEmptyBox(a)) return b;
	if (isEmptyBox(b)) return a;
	return {
		min: a.min.map((v, axis) => Math.min(v, b.min[axis]!)) as unknown as Dims,
		max: a.max.map((v, axis) => Math.max(v, b.max[axis]!)) as unknown as Dims,
	};
}

/** Voxels of a box along the three axes; 0 for an empty one. */
export function boxSize({ min, max }: Box): Dims {
	return max.map((v, axis) => Math.max(0, v - min[axis]! + 1)) as unknown as Dims;
}

/** Whether a box holds no voxel. */
export function isEmptyBox({ min, max }: Box): boolean {
	return max[0] < min[0];
}
