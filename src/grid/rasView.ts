import type { Affine, Dims, Grid } from './grid.ts';

/**
 * A stored grid read along the body's axes without moving a voxel: axis 0 runs to the right,
 * 1 to the front, 2 to the head, each being the stored axis that is closest to it.
 * Axial slice `s` of the view is what a reader pages through; drawing happens in its plane.
 */
export interface RasView {
	/** Matrix size along right, front, head. */
	readonly dims: Dims;
	/** Step in the stored data for one voxel to the right, front, head. May be negative. */
	readonly strides: Dims;
	/** Element of the stored data at view position (0, 0, 0). */
	readonly origin: number;
	/** Row-major 4×4 matrix from view position to world mm. */
	readonly affine: Affine;
	/** Distance in mm between neighbouring voxel centres along right, front, head. */
	readonly spacingMm: Dims;
	/** The stored axis along which the axial slices are stacked. */
	readonly sliceAxis: 0 | 1 | 2;
	/** Degrees between the axial slices' normal and the head–foot axis. */
	readonly tiltDeg: number;
}

/**
 * Reads a grid along the body's axes. The stored axes are matched to right, front and head so that
 * the summed cosines are largest (all six orders tried), which is unique but for 45° ties.
 */
export function rasView({ dims, affine }: Grid): RasView {
	const column = (axis: number) => [affine[axis], affine[axis + 4], affine[axis + 8]] as [number, number, number];
	const columns = [column(0), column(1), column(2)] as const;
	const length = columns.map((c) => Math.hypot(...c)) as [number, number, number];
	const cosine = (axis: number, world: number) => (columns[axis]?.[world] ?? 0) / (length[axis] ?? 1);
	let best: readonly number[] = [0, 1, 2];
	let bestSum = Number.NEGATIVE_INFINITY;
	for (const order of ORDERS) {
		const sum = (order as readonly number[]).reduce((s, axis, world) => s + Math.abs(cosine(axis, world)), 0);
		if (sum > bestSum + 1e-9) {
			best = order;
			bestSum = sum;
		}
	}
	const storedStrides = [1, dims[0], dims[0] * dims[1]] as const;
	const out = [affine[3], affine[7], affine[11]] as [number, number, number];
	let origin = 0;
	const viewColumns: number[][] = [];
	const viewStrides: number[] = [];
	for (let world = 0; world < 3; world++) {
		const axis = best[world] as 0 | 1 | 2;
		const flipped = cosine(axis, world) < 0;
		const sign = flipped ? -1 : 1;
		if (flipped) {
			origin += storedStrides[axis] * (dims[axis] - 1);
			for (let row = 0; row < 3; row++) out[row as 0 | 1 | 2] += (columns[axis][row] as number) * (dims[axis] - 1);
		}
		viewColumns.push(columns[axis].map((v) => v * sign));
		viewStrides.push(storedStrides[axis] * sign);
	}
	const [x, y, z] = viewColumns as [number[], number[], number[]];
	const row = (r: 0 | 1 | 2) => [x[r], y[r], z[r], out[r]] as number[];
	const pick = (values: readonly number[]) => best.map((axis) => values[axis]) as unknown as Dims;
	const normal = [
		(x[1] as number) * (y[2] as number) - (x[2] as number) * (y[1] as number),
		(x[2] as number) * (y[0] as number) - (x[0] as number) * (y[2] as number),
		(x[0] as number) * (y[1] as number) - (x[1] as number) * (y[0] as number),
	];
	const cosTilt = Math.min(1, Math.abs(normal[2] as number) / Math.hypot(...normal));
	return {
		dims: pick(dims),
		strides: viewStrides as unknown as Dims,
		origin,
		affine: [...row(0), ...row(1), ...row(2), 0, 0, 0, 1],
		spacingMm: pick(length),
		sliceAxis: best[2] as 0 | 1 | 2,
		tiltDeg: (Math.acos(cosTilt) * 180) / Math.PI,
	};
}

const ORDERS = [
	[0, 1, 2],
	[0, 2, 1],
	[1, 0, 2],
	[1, 2, 0],
	[2, 0, 1],
	[2, 1, 0],
] as const;
