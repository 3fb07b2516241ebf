import type { Dims } from '../../grid/grid.ts';
import { sumOfSquares } from './squaredDistance.ts';

/** Where the elements of a surface lie. */
export interface PlacedElements {
	/** Indices in a map of size `dims`, x fastest. */
	readonly at: Int32Array;
	readonly dims: Dims;
	readonly spacingMm: Dims;
	/** Where set, distances stay within a slice along this axis. */
	readonly sliceAxis: 0 | 1 | 2 | undefined;
}

/** Cells of this many elements along each axis; along the slice axis one. */
const CELL = 8;

/**
 * Exact squared distance in mm² from each of `from` to the nearest of `to`, by cells: those whose box is farther than the
 * best found so far are left out. `Infinity` where there is nothing to reach.
 *
 * Every figure is the minimum of the same sums that probing uses, so the order of the search changes no bit.
 */
export function farSearch(from: PlacedElements, to: Int32Array): Float64Array {
	const squaredMm2 = new Float64Array(from.at.length).fill(Number.POSITIVE_INFINITY);
	if (from.at.length === 0 || to.length === 0) return squaredMm2;
	const { sliceAxis, spacingMm } = from;
	const near = cellsOf({ ...from, at: to });
	const weights = Float64Array.from(spacingMm);
	for (const cell of cellsOf(from)) {
		const reachable = near
			.filter((other) => sliceAxis === undefined || other.box[sliceAxis] === cell.box[sliceAxis])
			.map((other) => ({ other, gap: gapSquared(cell.box, other.box, weights) }))
			.sort((a, b) => a.gap - b.gap);
		for (const [n, element] of cell.members.entries())
			squaredMm2[element] = nearest(cell.places, n * 3, reachable, weights);
	}
	return squaredMm2;
}

interface Cell {
	/** Numbers of the elements within the list they came from. */
	readonly members: readonly number[];
	/** Their positions, three each. */
	readonly places: Int32Array;
	/** Least and greatest position along the three axes. */
	readonly box: Int32Array;
}

function cellsOf({ at, dims, sliceAxis }: PlacedElements): Cell[] {
	const sizes = [0, 1, 2].map((axis) => (axis === sliceAxis ? 1 : CELL)) as unknown as Dims;
	const [cellsX, cellsY] = [Math.ceil(dims[0] / sizes[0]), Math.ceil(dims[1] / sizes[1])];
	const members = new Map<number, number[]>();
	const place = (index: number): Dims => {
		const row = Math.floor(index / dims[0]);
		const z = Math.floor(row / dims[1]);
		return [index - row * dims[0], row - z * dims[1], z];
	};
	for (let n = 0; n < at.length; n++) {
		const [x, y, z] = place(at[n]!);
		const key = Math.floor(x / sizes[0]) + cellsX * (Math.floor(y / sizes[1]) + cellsY * Math.floor(z / sizes[2]));
		const list = members.get(key);
		if (list) list.push(n);
		else members.set(key, [n]);
	}
	return [...members.values()].map((list) => {
		const places = new Int32Array(list.length * 3);
		const box = Int32Array.of(dims[0], dims[1], dims[2], -1, -1, -1);
		for (const [n, element] of list.entries()) {
			const xyz = place(at[element]!);
			places.set(xyz, n * 3);
			for (let axis = 0; axis < 3; axis++) {
				box[axis] = Math.min(box[axis]!, xyz[axis]!);
				box[axis + 3] = Math.max(box[axis + 3]!, xyz[axis]!);
			}
		}
		return { members: list, places, box };
	});
}

/** Least squared distance in mm² that any two places of two boxes can have. */
function gapSquared(a: Int32Array, b: Int32Array, weights: Float64Array): number {
	const gap = (axis: number): number => {
		const steps = Math.max(0, a[axis]! - b[axis + 3]!, b[axis]! - a[axis + 3]!) * weights[axis]!;
		return steps * steps;
	};
	return sumOfSquares(gap(0), gap(1), gap(2));
}

function nearest(
	places: Int32Array,
	at: number,
	reachable: readonly { readonly other: Cell; readonly gap: number }[],
	weights: Float64Array,
): number {
	const [x, y, z] = [places[at]!, places[at + 1]!, places[at + 2]!];
	const own = Int32Array.of(x, y, z, x, y, z);
	const [sx, sy, sz] = [weights[0]!, weights[1]!, weights[2]!];
	let best = Number.POSITIVE_INFINITY;
	for (const { other, gap } of reachable) {
		// Cells come by their distance to the element's own cell: beyond the best none can be nearer.
		if (gap >= best) break;
		if (gapSquared(own, other.box, weights) >= best) continue;
		const candidates = other.places;
		for (let n = 0; n < candidates.length; n += 3) {
			const dx = (candidates[n]! - x) * sx;
			const dy = (candidates[n + 1]! - y) * sy;
			const dz = (candidates[n + 2]! - z) * sz;
			const squared = sumOfSquares(dx * dx, dy * dy, dz * dz);
			if (squared < best) best = squared;
		}
	}
	return best;
}
