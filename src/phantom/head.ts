import type { Dims } from '../grid/grid.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { ANATOMY_TISSUES, type Anatomy } from './anatomy.ts';
import { distanceTo } from './distance.ts';
import { clamp, cosDeg, exp, sinDeg } from './math.ts';
import { type Mixture, TISSUE_INDEX } from './mixture.ts';
import { noiseField } from './noise.ts';
import { randomStream } from './random.ts';
import { HEAD_BOX } from './tissueMap.ts';

/** A head before anything grew in it, as functions of place, RAS mm. No two seeds give the same one. */
export interface Head {
	/** Writes the shares of the tissues at a place. */
	readonly tissues: (mix: Mixture, x: number, y: number, z: number) => void;
	/** Signed distance in mm to the surface of the brain with its ventricles, negative inside. */
	readonly surfaceMm: (x: number, y: number, z: number) => number;
}

/** Where a place of this head lies in the anatomy; kept on a lattice and linear between. */
const WARP_MM = 4;
/** Distances are kept on a lattice of this spacing. */
const COARSE = 2;
/** A ventricle twice as wide has walls this much farther out. */
const WIDEN_MM = 3;
const WIDEN_REACH_MM = 8;
/** Middle of the head, about which it is turned and scaled. */
const MIDDLE = [0, -17, 10] as const;

/** Bends the anatomy into a head of its own: turned, scaled, perhaps mirrored, gyri moved, ventricles as wide as asked for. */
export function makeHead({ seed, head }: CaseRecipe, anatomy: Anatomy): Head {
	const shares = interleaved(anatomy);
	const { dims, originMm } = anatomy;
	const [nx, ny, nz] = dims;
	const count = ANATOMY_TISSUES.length;
	const brainShare = (voxel: number) => {
		let sum = 0;
		for (let t = 0; t < 5; t++) sum += shares[voxel * count + t]!;
		return sum;
	};
	const brain = coarseDistance(anatomy, (voxel) => brainShare(voxel) > 7);
	const chamber = coarseDistance(anatomy, (voxel) => shares[voxel * count + 4]! > 7);
	const warp = makeWarp(seed, WIDEN_MM * (head.ventricles - 1), chamber);
	const place = new Float64Array(3);
	const targets = Int32Array.from(ANATOMY_TISSUES, (name) => TISSUE_INDEX[name]);
	const strides = [count, nx * count, nx * ny * count] as const;

	return {
		surfaceMm: (x, y, z) => {
			warp(place, x, y, z);
			return brain(place[0]!, place[1]!, place[2]!);
		},
		tissues: (mix, x, y, z) => {
			warp(place, x, y, z);
			const [px, py, pz] = [place[0]! - originMm[0], place[1]! - originMm[1], place[2]! - originMm[2]];
			const [i, j, k] = [Math.floor(px), Math.floor(py), Math.floor(pz)];
			if (i < 0 || j < 0 || k < 0 || i > nx - 2 || j > ny - 2 || k > nz - 2) return;
			const [fx, fy, fz] = [px - i, py - j, pz - k];
			const start = (i + nx * (j + ny * k)) * count;
			for (let corner = 0; corner < 8; corner++) {
				const weight = ((corner & 1 ? fx : 1 - fx) * (corner & 2 ? fy : 1 - fy) * (corner & 4 ? fz : 1 - fz)) / 15;
				if (weight === 0) continue;
				const at =
					start + (corner & 1 ? strides[0] : 0) + (corner & 2 ? strides[1] : 0) + (corner & 4 ? strides[2] : 0);
				for (let t = 0; t < count; t++) mix[targets[t]!]! += weight * shares[at + t]!;
			}
		},
	};
}

/** All shares of a voxel side by side. Rounding may have left a sum above 15: the largest share gives way. */
function interleaved({ shares }: Anatomy): Uint8Array {
	const count = shares.length;
	const all = new Uint8Array(shares[0]!.length * count);
	for (let n = 0; n < shares[0]!.length; n++) {
		let [sum, most] = [0, 0];
		for (let t = 0; t < count; t++) {
			const share = shares[t]![n]!;
			all[n * count + t] = share;
			sum += share;
			if (share > all[n * count + most]!) most = t;
		}
		if (sum > 15) all[n * count + most]! -= sum - 15;
	}
	return all;
}

type Coarse = (x: number, y: number, z: number) => number;

/** Signed distance in mm to the surface of what the test holds for, linear between the points of a coarse lattice. */
function coarseDistance({ dims, originMm }: Anatomy, test: (voxel: number) => boolean): Coarse {
	const size = dims.map((n) => Math.floor((n - 1) / COARSE) + 1) as unknown as Dims;
	const [sx, sy, sz] = size;
	const inside = new Uint8Array(sx * sy * sz);
	for (let n = 0, k = 0; k < sz; k++)
		for (let j = 0; j < sy; j++)
			for (let i = 0; i < sx; i++, n++) inside[n] = test(COARSE * (i + dims[0] * (j + dims[1] * k))) ? 1 : 0;
	const away = distanceTo(inside, size);
	const depth = distanceTo(
		inside.map((value) => 1 - value),
		size,
	);
	const signed = away.map((value, n) => COARSE * (value - depth[n]!));
	return (x, y, z) => {
		const px = clamp((x - originMm[0]) / COARSE, 0, sx - 1.001);
		const py = clamp((y - originMm[1]) / COARSE, 0, sy - 1.001);
		const pz = clamp((z - originMm[2]) / COARSE, 0, sz - 1.001);
		return trilinear(signed, sx, sx * sy, px, py, pz, 1, 0);
	};
}

/** Makes the map from places of this head to places of the anatomy; it writes to `out`. */
function makeWarp(seed: number, widenMm: number, chamber: Coarse) {
	const next = randomStream(seed + 61);
	const even = (most: number) => ((next() / 0xffffffff) * 2 - 1) * most;
	const mirrored = next() % 2 === 1 ? -1 : 1;
	const scale = [1 + even(0.05), 1 + even(0.05), 1 + even(0.05)] as const;
	const [turn, nod] = [even(3), even(3)];
	const [ct, st, cn, sn] = [cosDeg(turn), sinDeg(turn), cosDeg(nod), sinDeg(nod)];
	const wide = [62, 63, 64].map((salt) => noiseField(seed + salt, 70));
	const fine = [65, 66, 67].map((salt) => noiseField(seed + salt, 24));
	const { dims, originMm } = HEAD_BOX;
	const [lx, ly, lz] = dims.map((n) => Math.ceil((n - 1) / WARP_MM) + 2) as [number, number, number];
	const lattice = new Float32Array(lx * ly * lz * 3);
	for (let n = 0, k = 0; k < lz; k++)
		for (let j = 0; j < ly; j++)
			for (let i = 0; i < lx; i++, n += 3) {
				const [x, y, z] = [i, j, k].map((v, axis) => v * WARP_MM + originMm[axis]!) as [number, number, number];
				const [dx, dy, dz] = [x - MIDDLE[0], y - MIDDLE[1], z - MIDDLE[2]];
				// About the head–foot axis, then about the left–right one.
				const [rx, ry] = [ct * dx - st * dy, st * dx + ct * dy];
				const turned = [mirrored * rx, cn * ry - sn * dz, sn * ry + cn * dz];
				for (let axis = 0; axis < 3; axis++)
					lattice[n + axis] =
						MIDDLE[axis]! + turned[axis]! * scale[axis]! + 2 * wide[axis]!(x, y, z) + 1.1 * fine[axis]!(x, y, z);
				if (widenMm === 0) continue;
				const [u, v, w] = [lattice[n]!, lattice[n + 1]!, lattice[n + 2]!];
				const far = chamber(u, v, w);
				if (far > 40) continue;
				const slope = [
					chamber(u + 2, v, w) - chamber(u - 2, v, w),
					chamber(u, v + 2, w) - chamber(u, v - 2, w),
					chamber(u, v, w + 2) - chamber(u, v, w - 2),
				];
				const steepness = Math.sqrt(slope.reduce((sum, s) => sum + s * s, 0));
				if (steepness < 0.5) continue;
				const step = (widenMm * exp(-clamp(far, 0, 99) / WIDEN_REACH_MM)) / steepness;
				for (let axis = 0; axis < 3; axis++) lattice[n + axis]! -= step * slope[axis]!;
			}
	return (out: Float64Array, x: number, y: number, z: number): void => {
		const px = clamp((x - originMm[0]) / WARP_MM, 0, lx - 1.001);
		const py = clamp((y - originMm[1]) / WARP_MM, 0, ly - 1.001);
		const pz = clamp((z - originMm[2]) / WARP_MM, 0, lz - 1.001);
		for (let axis = 0; axis < 3; axis++) out[axis] = trilinear(lattice, lx, lx * ly, px, py, pz, 3, axis);
	};
}

/** Value between the eight points of a lattice that holds `stride` values a point, the one at `offset`. */
function trilinear(
	values: Float32Array,
	row: number,
	plane: number,
	x: number,
	y: number,
	z: number,
	stride: number,
	offset: number,
): number {
	const [i, j, k] = [Math.floor(x), Math.floor(y), Math.floor(z)];
	const [fx, fy, fz] = [x - i, y - j, z - k];
	const at = (i + row * j + plane * k) * stride + offset;
	const [r, p] = [row * stride, plane * stride];
	const a = values[at]! + (values[at + stride]! - values[at]!) * fx;
	const b = values[at + r]! + (values[at + r + stride]! - values[at + r]!) * fx;
	const c = values[at + p]! + (values[at + p + stride]! - values[at + p]!) * fx;
	const d = values[at + p + r]! + (values[at + p + r + stride]! - values[at + p + r]!) * fx;
	const low = a + (b - a) * fy;
	return low + (c + (d - c) * fy - low) * fz;
}
