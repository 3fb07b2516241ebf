import { clamp } from './math.ts';
import type { Box } from './shares.ts';

/** A function of place, RAS mm. */
export type Smooth = (x: number, y: number, z: number) => number;

/**
 * Values at the points of a lattice, linear between them and level outside. The points lie `spacingMm` apart, the first at
 * the origin of the box, whose dims count the points; there are at least two along each axis. `stride` values belong to each
 * point, of which the one at `offset` is read.
 */
export function lattice(
	values: Float32Array,
	{ dims, originMm }: Box,
	spacingMm: number,
	stride = 1,
	offset = 0,
): Smooth {
	const [sx, sy, sz] = dims;
	const [row, plane] = [sx * stride, sx * sy * stride];
	return (x, y, z) => {
		const px = clamp((x - originMm[0]) / spacingMm, 0, sx - 1.001);
		const py = clamp((y - originMm[1]) / spacingMm, 0, sy - 1.001);
		const pz = clamp((z - originMm[2]) / spacingMm, 0, sz - 1.001);
		const [i, j, k] = [Math.floor(px), Math.floor(py), Math.floor(pz)];
		const [fx, fy, fz] = [px - i, py - j, pz - k];
		const at = i * stride + j * row + k * plane + offset;
		const a = values[at]! + (values[at + stride]! - values[at]!) * fx;
		const b = values[at + row]! + (values[at + row + stride]! - values[at + row]!) * fx;
		const c = values[at + plane]! + (values[at + plane + stride]! - values[at + plane]!) * fx;
		const d = values[at + row + plane]! + (values[at + row + plane + stride]! - values[at + row + plane]!) * fx;
		const low = a + (b - a) * fy;
		return low + (c + (d - c) * fy - low) * fz;
	};
}

/**
 * Writes the values of a lattice along the row of points with the same y and z, for `lattice` of the same arguments: what is
 * left to do along x is linear. `py` and `pz` count spacings from the origin, within the lattice.
 */
export function latticeRow(
	values: Float32Array,
	[sx, sy]: readonly number[],
	stride: number,
	py: number,
	pz: number,
	out: Float64Array,
): void {
	const [j, k] = [Math.floor(py), Math.floor(pz)];
	const [fy, fz] = [py - j, pz - k];
	const row = sx! * stride;
	const plane = row * sy!;
	for (let n = 0, at = j * row + k * plane; n < row; n++, at++) {
		const low = values[at]! + (values[at + row]! - values[at]!) * fy;
		const high = values[at + plane]! + (values[at + plane + row]! - values[at + plane]!) * fy;
		out[n] = low + (high - low) * fz;
	}
}
