import type { Dims } from '../../grid/grid.ts';
import { sumOfSquares } from './squaredDistance.ts';

/** How much surface each neighbour code stands for, as few classes of equal area. */
export interface AreaClasses {
	/** Distinct areas in mm² (in slices: lengths in mm), ascending. */
	readonly areas: Float64Array;
	/** Class of each code; 0 for the codes that are no surface. */
	readonly classOfCode: Uint8Array;
}

/** For surfaces made of whole voxels: every element counts 1. */
export const ONE_AREA: AreaClasses = { areas: Float64Array.of(1), classOfCode: new Uint8Array(256) };

/**
 * Area of the surface at a corner between voxels, for each of the 256 codes of its 2×2×2 neighbours: bit
 * x + 2y + 4z is set where that neighbour is inside. With `sliceAxis`, length for each of the 16 codes of the 2×2
 * neighbours in the slice, bits by the two other axes in their order.
 *
 * Up to four corners inside, the area is that of the classic marching-cubes surface through the edges' midpoints, of each
 * group of corners joined by edges by itself; beyond, that of the complement. Codes 0 and all-set have none.
 * Source: github.com/google-deepmind/surface-distance at 1f805ce, lookup_tables.py, which it reproduces.
 */
export function areaClasses(spacingMm: Dims, sliceAxis?: 0 | 1 | 2): AreaClasses {
	const areas = sliceAxis === undefined ? volumeAreas(spacingMm) : sliceLengths(spacingMm, sliceAxis);
	const distinct = [...new Set(areas.filter((area) => area > 0))].sort((a, b) => a - b);
	const classOfCode = new Uint8Array(256);
	for (const [code, area] of areas.entries()) if (area > 0) classOfCode[code] = distinct.indexOf(area);
	return { areas: Float64Array.from(distinct), classOfCode };
}

function sliceLengths(spacingMm: Dims, sliceAxis: 0 | 1 | 2): number[] {
	const [a, b] = [0, 1, 2].filter((axis) => axis !== sliceAxis).map((axis) => spacingMm[axis]!) as [number, number];
	const corner = Math.sqrt(sumOfSquares((a * a) / 4, (b * b) / 4, 0));
	return Array.from({ length: 16 }, (_, code) => {
		if (code === 0 || code === 15) return 0;
		if (code === 0b0110 || code === 0b1001) return corner + corner;
		// Side by side along the first axis, the outline runs along it; likewise along the second.
		if (code === 0b0011 || code === 0b1100) return a;
		if (code === 0b0101 || code === 0b1010) return b;
		return corner;
	});
}

function volumeAreas(spacingMm: Dims): number[] {
	const [sx, sy, sz] = spacingMm;
	const faces = [sy * sz, sx * sz, sx * sy];
	return Array.from({ length: 256 }, (_, code) => {
		const inside = corners(code);
		const group = inside.length <= 4 ? inside : corners(255 - code);
		const pieces = groupsOf(group).flatMap(piecesOf);
		return sumAscending(pieces.map((piece) => area(piece, faces)));
	});
}

/** A piece of surface as its projections on to the three faces of a cube with edges of length 1. */
type Piece = readonly [number, number, number];

function area(piece: Piece, faces: readonly number[]): number {
	const [x, y, z] = piece.map((share, axis) => share * faces[axis]!) as unknown as Piece;
	return Math.sqrt(sumOfSquares(x * x, y * y, z * z));
}

/** Smallest first, so that the order of the axes changes no bit. */
function sumAscending(values: number[]): number {
	return values.sort((a, b) => a - b).reduce((sum, value) => sum + value, 0);
}

function corners(code: number): number[] {
	return [0, 1, 2, 3, 4, 5, 6, 7].filter((corner) => ((code >> corner) & 1) === 1);
}

/** Axis of the edge between two corners; -1 where none joins them. */
function edge(a: number, b: number): number {
	return [1, 2, 4].indexOf(a ^ b);
}

/** Corners joined by edges, group by group. */
function groupsOf(inside: readonly number[]): number[][] {
	const left = new Set(inside);
	const groups: number[][] = [];
	for (const first of inside) {
		if (!left.delete(first)) continue;
		const group = [first];
		for (const corner of group)
			for (const other of left)
				if (edge(corner, other) >= 0) {
					left.delete(other);
					group.push(other);
				}
		groups.push(group);
	}
	return groups;
}

/** The surface around one group of one to four corners joined by edges. */
function piecesOf(group: readonly number[]): Piece[] {
	const edges = group.flatMap((a, n) => group.slice(n + 1).map((b) => edge(a, b))).filter((axis) => axis >= 0);
	const along = [0, 1, 2].map((axis) => edges.filter((e) => e === axis).length);
	const missing = along.indexOf(0);
	if (group.length === 1) return [[1 / 8, 1 / 8, 1 / 8]];
	if (group.length === 2) return [along.map((n) => (n > 0 ? 0 : 1 / 2)) as unknown as Piece];
	if (group.length === 3) return [flat(missing, 1 / 2), [3 / 8, 3 / 8, 3 / 8]];
	if (edges.length === 4) return [flat(missing, 1)];
	const degrees = group.map((a) => group.filter((b) => edge(a, b) >= 0).length);
	if (degrees.includes(3)) return [[3 / 4, 3 / 4, 3 / 4]];
	// Three edges in a row, one along each axis: a skew hexagon.
	const ends = group.filter((_, n) => degrees[n] === 1);
	const bends = ends.map((end) => edge(end, group.find((other) => edge(end, other) >= 0)!));
	const quarters = bends.map((axis) => [0, 1, 2].map((a) => (a === axis ? 0 : 1 / 4)) as unknown as Piece);
	return [[1 / 8, 1 / 8, 1 / 8], [3 / 8, 3 / 8, 3 / 8], ...quarters];
}

function flat(axis: number, share: number): Piece {
	return [0, 1, 2].map((a) => (a === axis ? share : 0)) as unknown as Piece;
}
