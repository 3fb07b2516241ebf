import { type Grid, ijkToXyz } from '../grid/grid.ts';

/** Distance in mm by which the corner voxels of two grids differ at most. Throws unless their matrices are the same. */
export function cornerDistanceMm(a: Grid, b: Grid): number {
	if (a.dims.some((n, axis) => n !== b.dims[axis]))
		throw new Error(`got the matrices ${a.dims.join(' × ')} and ${b.dims.join(' × ')}, expected the same`);
	let furthest = 0;
	for (const i of [0, a.dims[0] - 1])
		for (const j of [0, a.dims[1] - 1])
			for (const k of [0, a.dims[2] - 1]) {
				const p = ijkToXyz(a, [i, j, k]);
				const q = ijkToXyz(b, [i, j, k]);
				furthest = Math.max(furthest, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
			}
	return furthest;
}
