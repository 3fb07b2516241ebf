/** Matrix size along the stored axes i (fastest), j, k. */
export type Dims = readonly [number, number, number];

/** A point or vector in world millimetres, RAS+ (x to the right, y to the front, z to the head). */
export type XyzMm = readonly [number, number, number];

/** A voxel position on the stored axes, voxel centres at whole numbers. */
export type Ijk = readonly [number, number, number];

/** Row-major 4×4 matrix from ijk to xyzMm. */
export type Affine = readonly number[];

/**
 * Where the voxels of a volume or mask lie in the head.
 * Voxel (i, j, k) is element `i + dims[0] * (j + dims[1] * k)` of the data.
 */
export interface Grid {
	readonly dims: Dims;
	readonly affine: Affine;
}

/** Number of voxels on the grid. */
export function voxelCount(dims: Dims): number {
	return dims[0] * dims[1] * dims[2];
}

/** Distance in mm between neighbouring voxel centres along i, j and k. */
export function spacingMm({ affine: a }: Grid): [number, number, number] {
	const step = (c: number) => Math.sqrt(at(a, c) ** 2 + at(a, 4 + c) ** 2 + at(a, 8 + c) ** 2);
	return [step(0), step(1), step(2)];
}

/** Volume of one voxel in millilitres (the parallelepiped's, so that sheared grids are right). */
export function voxelVolumeMl({ affine: a }: Grid): number {
	return Math.abs(determinant3(a)) / 1000;
}

/** World position of a voxel position; with an inverted affine the other way round. */
export function ijkToXyz({ affine: a }: Grid, [i, j, k]: Ijk): XyzMm {
	const row = (r: number) => at(a, r) * i + at(a, r + 1) * j + at(a, r + 2) * k + at(a, r + 3);
	return [row(0), row(4), row(8)];
}

/** The twelve numbers of an affine one by one, row after row. */
export type AffineEntries = [
	number,
	number,
	number,
	number,
	number,
	number,
	number,
	number,
	number,
	number,
	number,
	number,
];

/** Inverse of an affine. Throws on a singular one: such a grid is refused when it is read. */
export function invertAffine(a: Affine): number[] {
	const d = determinant3(a);
	if (!Number.isFinite(d) || d === 0)
		throw new Error(`got a singular affine (determinant ${d}), expected an invertible one`);
	const [a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3] = a as number[] as AffineEntries;
	const m = [
		b1 * c2 - b2 * c1,
		a2 * c1 - a1 * c2,
		a1 * b2 - a2 * b1,
		b2 * c0 - b0 * c2,
		a0 * c2 - a2 * c0,
		a2 * b0 - a0 * b2,
		b0 * c1 - b1 * c0,
		a1 * c0 - a0 * c1,
		a0 * b1 - a1 * b0,
	].map((v) => v / d);
	const row = (r: number) => {
		const [x, y, z] = [at(m, r), at(m, r + 1), at(m, r + 2)];
		return [x, y, z, -(x * a3 + y * b3 + z * c3)];
	};
	return [...row(0), ...row(3), ...row(6), 0, 0, 0, 1];
}

/** Row-major product of two affines: first `b`, then `a`. */
export function multiplyAffine(a: Affine, b: Affine): number[] {
	const out: number[] = [];
	for (let r = 0; r < 4; r++)
		for (let c = 0; c < 4; c++) {
			let sum = 0;
			for (let n = 0; n < 4; n++) sum += at(a, r * 4 + n) * at(b, n * 4 + c);
			out.push(sum);
		}
	return out;
}

/** Whether two grids have the same matrix and put every corner within `toleranceMm` of each other. */
export function sameGrid(a: Grid, b: Grid, toleranceMm = 0.01): boolean {
	if (a.dims.some((n, axis) => n !== b.dims[axis])) return false;
	for (const i of [0, a.dims[0] - 1])
		for (const j of [0, a.dims[1] - 1])
			for (const k of [0, a.dims[2] - 1]) {
				const p = ijkToXyz(a, [i, j, k]);
				const q = ijkToXyz(b, [i, j, k]);
				if (Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]) > toleranceMm) return false;
			}
	return true;
}

function determinant3(a: Affine): number {
	return (
		at(a, 0) * (at(a, 5) * at(a, 10) - at(a, 6) * at(a, 9)) -
		at(a, 1) * (at(a, 4) * at(a, 10) - at(a, 6) * at(a, 8)) +
		at(a, 2) * (at(a, 4) * at(a, 9) - at(a, 5) * at(a, 8))
	);
}

function at(a: readonly number[], index: number): number {
	return a[index] as number;
}
