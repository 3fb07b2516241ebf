import type { SlicePlane } from './slicePlane.ts';

/** A closed outline in voxel positions of the slice: x0, y0, x1, y1, …; the last point joins the first. */
export type Outline = Float32Array;

const BOTTOM = 0;
const RIGHT = 1;
const TOP = 2;
const LEFT = 3;

/**
 * Steps through a cell by which of its corners are set (1: x, y; 2: x + 1, y; 4: x + 1, y + 1; 8: x, y + 1),
 * as pairs of the edge entered and the edge left, with the set corners on the left hand.
 */
const STEPS: readonly (readonly number[])[] = [
	[],
	[BOTTOM, LEFT],
	[RIGHT, BOTTOM],
	[RIGHT, LEFT],
	[TOP, RIGHT],
	[BOTTOM, LEFT, TOP, RIGHT],
	[TOP, BOTTOM],
	[TOP, LEFT],
	[LEFT, TOP],
	[BOTTOM, TOP],
	[RIGHT, BOTTOM, LEFT, TOP],
	[RIGHT, TOP],
	[LEFT, RIGHT],
	[BOTTOM, RIGHT],
	[LEFT, BOTTOM],
	[],
];

let next = new Int32Array(0);

/**
 * Outlines of the voxels that are set in a slice: marching squares at one half, so that every line passes half-way
 * between a voxel that is set and one that is not. Holes come as outlines of their own, wound the other way.
 * Voxels that touch at a corner only are kept apart. Empty slices give an empty list.
 *
 * Source: Lorensen & Cline 1987, 10.1145/37402.37422 (the two-dimensional case).
 */
export function traceOutlines({ width, height, data, corner = [0, 0] }: SlicePlane): Outline[] {
	// Cells reach one voxel past the slice on every side. An edge is named by the voxel at its lower end,
	// even where it runs along x and odd along y.
	const row = width + 2;
	const edges = 2 * row * (height + 2);
	if (next.length < edges) next = new Int32Array(edges);
	const starts: number[] = [];
	// Most rows are empty in most slices, and a brush move traces its slice anew.
	let first = 0;
	while (first < data.length && data[first] === 0) first++;
	let last = data.length - 1;
	while (last > first && data[last] === 0) last--;
	const bottom = Math.floor(first / width) - 1;
	const top = Math.min(height - 1, Math.floor(last / width));
	for (let y = bottom; y <= top; y++) {
		const lower = y * width;
		const upper = lower + width;
		const hasUpper = y + 1 < height;
		let code = 0;
		for (let x = -1; x < width; x++) {
			const hasRight = x + 1 < width;
			const b = hasRight && y >= 0 ? data[lower + x + 1]! : 0;
			const c = hasRight && hasUpper ? data[upper + x + 1]! : 0;
			// The right corners of the cell before are the left corners of this one.
			code = ((code & 2) >> 1) | ((code & 4) << 1) | (b !== 0 ? 2 : 0) | (c !== 0 ? 4 : 0);
			if (code === 0 || code === 15) continue;
			const corner = 2 * ((y + 1) * row + x + 1);
			const steps = STEPS[code]!;
			for (let s = 0; s < steps.length; s += 2) {
				const from = cellEdge(corner, steps[s]!, row);
				next[from] = cellEdge(corner, steps[s + 1]!, row) + 1;
				starts.push(from);
			}
		}
	}
	return chain(starts, row, corner);
}

function cellEdge(corner: number, side: number, row: number): number {
	if (side === BOTTOM) return corner;
	if (side === LEFT) return corner + 1;
	return side === TOP ? corner + 2 * row : corner + 3;
}

/** Joins the steps into closed outlines and leaves the table empty for the next call. Straight runs become one line. */
function chain(starts: readonly number[], row: number, [left, bottom]: readonly [number, number]): Outline[] {
	const outlines: Outline[] = [];
	const points: number[] = [];
	for (const start of starts) {
		if (next[start] === 0) continue;
		points.length = 0;
		for (let at = start; next[at] !== 0; ) {
			const voxel = at >> 1;
			const alongY = at & 1;
			const x = left + (voxel % row) - 1 + (alongY ? 0 : 0.5);
			const y = bottom + Math.floor(voxel / row) - 1 + (alongY ? 0.5 : 0);
			const n = points.length;
			const straight =
				n >= 4 &&
				(points[n - 2]! - points[n - 4]!) * (y - points[n - 1]!) ===
					(points[n - 1]! - points[n - 3]!) * (x - points[n - 2]!);
			if (straight) {
				points[n - 2] = x;
				points[n - 1] = y;
			} else points.push(x, y);
			const following = next[at]! - 1;
			next[at] = 0;
			at = following;
		}
		outlines.push(Float32Array.from(points));
	}
	return outlines;
}
