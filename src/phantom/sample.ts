import type { Grid } from '../grid/grid.ts';
import type { BoxField } from './shares.ts';

/** Each voxel of a stack is the mean of this many points along its own axes. */
export interface Points {
	readonly inPlane: number;
	readonly through: number;
	/** How much of the way to the next slice the points are spread over: less than 1 where there is a gap. */
	readonly filled: number;
}

/** Where a sampled slice is asked for: voxels whose value here is less than `least` are left 0. */
export interface Wanted {
	readonly slice: ArrayLike<number>;
	readonly least: number;
}

/**
 * One slice of a stack, each voxel the mean over its own volume of a field (linear between its points, 0 outside).
 * Writes dims[0] × dims[1] values to `out`.
 */
export function sampleSlice(
	{ box, values: field, planes: [first, end] }: BoxField,
	{ dims, affine: a }: Grid,
	k: number,
	points: Points,
	out: Float32Array,
	wanted?: Wanted,
): void {
	const [bx, by, bz] = box.dims;
	const [ox, oy, oz] = box.originMm;
	const plane = bx * by;
	// Below the first plane with a value all is 0, and above the last.
	const lowest = Math.max(0, first - 1);
	const highest = Math.min(bz - 2, end - 1);
	const offsets: number[] = [];
	for (let c = 0; c < points.through; c++)
		for (let b = 0; b < points.inPlane; b++)
			for (let i = 0; i < points.inPlane; i++) {
				const [di, dj, dk] = [
					middle(i, points.inPlane),
					middle(b, points.inPlane),
					points.filled * middle(c, points.through),
				];
				for (let r = 0; r < 12; r += 4) offsets.push(a[r]! * di + a[r + 1]! * dj + a[r + 2]! * dk);
			}
	const share = 3 / offsets.length;
	for (let n = 0, j = 0; j < dims[1]; j++)
		for (let i = 0; i < dims[0]; i++, n++) {
			if (wanted && wanted.slice[n]! < wanted.least) {
				out[n] = 0;
				continue;
			}
			const x = a[0]! * i + a[1]! * j + a[2]! * k + a[3]! - ox;
			const y = a[4]! * i + a[5]! * j + a[6]! * k + a[7]! - oy;
			const z = a[8]! * i + a[9]! * j + a[10]! * k + a[11]! - oz;
			let sum = 0;
			for (let o = 0; o < offsets.length; o += 3) {
				const px = x + offsets[o]!;
				const py = y + offsets[o + 1]!;
				const pz = z + offsets[o + 2]!;
				const iz = Math.floor(pz);
				if (iz < lowest || iz > highest) continue;
				const ix = Math.floor(px);
				const iy = Math.floor(py);
				if (ix < 0 || iy < 0 || ix > bx - 2 || iy > by - 2) continue;
				const fx = px - ix;
				const fy = py - iy;
				const fz = pz - iz;
				const v = ix + bx * iy + plane * iz;
				const a00 = field[v]! + (field[v + 1]! - field[v]!) * fx;
				const a10 = field[v + bx]! + (field[v + bx + 1]! - field[v + bx]!) * fx;
				const a01 = field[v + plane]! + (field[v + plane + 1]! - field[v + plane]!) * fx;
				const a11 = field[v + plane + bx]! + (field[v + plane + bx + 1]! - field[v + plane + bx]!) * fx;
				const low = a00 + (a10 - a00) * fy;
				sum += low + (a01 + (a11 - a01) * fy - low) * fz;
			}
			out[n] = sum * share;
		}
}

function middle(n: number, of: number): number {
	return (n + 0.5) / of - 0.5;
}
