import { type Grid, type Ijk, ijkToXyz, invertAffine, multiplyAffine, voxelCount } from './grid.ts';

/** How far voxel centres may be from each other, mm: files round their places. */
const TOLERANCE_MM = 0.01;

/**
 * Writes voxels into a larger grid of which theirs is a part, as segmentations are cut to what they hold; 0 elsewhere.
 * Nothing is interpolated. Null where the voxels lie between those of `to`, or beyond them.
 */
export function embedVoxels(data: Uint8Array, from: Grid, to: Grid): Uint8Array | null {
	const way = wayInto(from, to);
	if (!way) return null;
	const out = new Uint8Array(voxelCount(to.dims));
	const [nx, ny, nz] = from.dims;
	const [stepI, stepJ, stepK] = way.steps;
	for (let k = 0, n = 0; k < nz; k++)
		for (let j = 0; j < ny; j++) {
			let at = way.start + stepJ * j + stepK * k;
			for (let i = 0; i < nx; i++, n++, at += stepI) out[at] = data[n]!;
		}
	return out;
}

/** Whether the voxels of a grid are some or all of those of another, in whatever order they are stored. */
export function isPartOf(grid: Grid, whole: Grid): boolean {
	return wayInto(grid, whole) !== undefined;
}

/** Where the first voxel falls in the stored data of `to`, and the step in it for one along each axis of `from`. */
function wayInto(
	from: Grid,
	to: Grid,
): { readonly start: number; readonly steps: readonly [number, number, number] } | undefined {
	const map = multiplyAffine(invertAffine(to.affine), from.affine);
	// Rounding proposes the places; they count only if every corner falls on its voxel.
	const cell = (row: number, column: number) => Math.round(map[row * 4 + column]!) + 0;
	const placed = ([i, j, k]: Ijk): Ijk => {
		const row = (r: number) => cell(r, 0) * i + cell(r, 1) * j + cell(r, 2) * k + cell(r, 3);
		return [row(0), row(1), row(2)];
	};
	for (const i of [0, from.dims[0] - 1])
		for (const j of [0, from.dims[1] - 1])
			for (const k of [0, from.dims[2] - 1]) {
				const at = placed([i, j, k]);
				if (at.some((v, axis) => v < 0 || v >= to.dims[axis]!)) return undefined;
				const [p, q] = [ijkToXyz(from, [i, j, k]), ijkToXyz(to, at)];
				if (Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) > TOLERANCE_MM) return undefined;
			}
	const strides = [1, to.dims[0], to.dims[0] * to.dims[1]] as const;
	const along = (column: number) => strides.reduce((sum, stride, row) => sum + stride * cell(row, column), 0);
	// Each axis must run along one of its own, a voxel a step.
	const axes = [0, 1, 2].map((column) => [0, 1, 2].filter((row) => cell(row, column) !== 0));
	const single = axes.every((rows, column) => rows.length === 1 && Math.abs(cell(rows[0]!, column)) === 1);
	if (!single || new Set(axes.flat()).size < 3) return undefined;
	return { start: along(3), steps: [along(0), along(1), along(2)] };
}
