import type { Dims } from '../grid/grid.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { ANATOMY_TISSUES, type Anatomy } from './anatomy.ts';
import { lattice, type Smooth } from './lattice.ts';
import { clamp, cosDeg, exp, sinDeg } from './math.ts';
import { type Mixture, TISSUE_INDEX } from './mixture.ts';
import { noiseField } from './noise.ts';
import { randomStream } from './random.ts';
import { type Box, WHOLE } from './shares.ts';

/** A head before anything grew in it, as functions of place, RAS mm. No two seeds give the same one. */
export interface Head {
	/** Writes where a place of this head lies in the anatomy. */
	readonly warp: (out: Float64Array, x: number, y: number, z: number) => void;
	/** Adds the shares of the tissues at a place of the anatomy. */
	readonly tissues: (mix: Mixture, x: number, y: number, z: number) => void;
	/** Signed distance in mm from a place of this head to the surface of the brain with its ventricles, negative inside. */
	readonly surfaceMm: Smooth;
}

/** The lattice of 1 mm in which a head has room. */
export const HEAD_BOX: Box = { dims: [185, 225, 177], originMm: [-92, -129, -74] };

/** Where a place of this head lies in the anatomy; kept on a lattice and linear between. */
const WARP_MM = 4;
/** A ventricle twice as wide has walls this much farther out. */
const WIDEN_MM = 3;
const WIDEN_REACH_MM = 8;
/** Middle of the head, about which it is turned and scaled. */
const MIDDLE = [0, -17, 10] as const;

/** Bends the anatomy into a head of its own: turned, scaled, perhaps mirrored, gyri moved, ventricles as wide as asked for. */
export function makeHead({ seed, head }: CaseRecipe, { shares, brainMm, chamberMm }: Anatomy): Head {
	const { starts, tissue, share, box } = shares;
	const [nx, ny, nz] = box.dims;
	const warp = makeWarp(seed, WIDEN_MM * (head.ventricles - 1), chamberMm);
	const place = new Float64Array(3);
	const targets = Int32Array.from(ANATOMY_TISSUES, (name) => TISSUE_INDEX[name]);

	return {
		warp,
		surfaceMm: (x, y, z) => {
			warp(place, x, y, z);
			return brainMm(place[0]!, place[1]!, place[2]!);
		},
		tissues: (mix, x, y, z) => {
			const [px, py, pz] = [x - box.originMm[0], y - box.originMm[1], z - box.originMm[2]];
			const [i, j, k] = [Math.floor(px), Math.floor(py), Math.floor(pz)];
			if (i < 0 || j < 0 || k < 0 || i > nx - 2 || j > ny - 2 || k > nz - 2) return;
			const [fx, fy, fz] = [px - i, py - j, pz - k];
			for (let corner = 0; corner < 8; corner++) {
				const [a, b, c] = [corner & 1, (corner >> 1) & 1, corner >> 2];
				const weight = ((a ? fx : 1 - fx) * (b ? fy : 1 - fy) * (c ? fz : 1 - fz)) / WHOLE;
				const voxel = i + a + nx * (j + b + ny * (k + c));
				const end = starts[voxel + 1]!;
				for (let n = starts[voxel]!; n < end; n++) mix[targets[tissue[n]!]!]! += weight * share[n]!;
			}
		},
	};
}

/** Makes the map from places of this head to places of the anatomy. */
function makeWarp(seed: number, widenMm: number, chamberMm: Smooth): Head['warp'] {
	const next = randomStream(seed + 61);
	const even = (most: number) => ((next() / 0xffffffff) * 2 - 1) * most;
	const mirrored = next() % 2 === 1 ? -1 : 1;
	const scale = [1 + even(0.05), 1 + even(0.05), 1 + even(0.05)] as const;
	const [turn, nod] = [even(3), even(3)];
	const [ct, st, cn, sn] = [cosDeg(turn), sinDeg(turn), cosDeg(nod), sinDeg(nod)];
	const wide = [62, 63, 64].map((salt) => noiseField(seed + salt, 70));
	const fine = [65, 66, 67].map((salt) => noiseField(seed + salt, 24));
	const { originMm } = HEAD_BOX;
	const dims = HEAD_BOX.dims.map((n) => Math.ceil((n - 1) / WARP_MM) + 2) as unknown as Dims;
	const [lx, ly, lz] = dims;
	const points = new Float32Array(lx * ly * lz * 3);
	for (let n = 0, k = 0; k < lz; k++)
		for (let j = 0; j < ly; j++)
			for (let i = 0; i < lx; i++, n += 3) {
				const [x, y, z] = [i, j, k].map((v, axis) => v * WARP_MM + originMm[axis]!) as [number, number, number];
				const [dx, dy, dz] = [x - MIDDLE[0], y - MIDDLE[1], z - MIDDLE[2]];
				// About the head–foot axis, then about the left–right one.
				const [rx, ry] = [ct * dx - st * dy, st * dx + ct * dy];
				const turned = [mirrored * rx, cn * ry - sn * dz, sn * ry + cn * dz];
				for (let axis = 0; axis < 3; axis++)
					points[n + axis] =
						MIDDLE[axis]! + turned[axis]! * scale[axis]! + 2 * wide[axis]!(x, y, z) + 1.1 * fine[axis]!(x, y, z);
				if (widenMm === 0) continue;
				const [u, v, w] = [points[n]!, points[n + 1]!, points[n + 2]!];
				const far = chamberMm(u, v, w);
				if (far > 40) continue;
				const slope = [
					chamberMm(u + 2, v, w) - chamberMm(u - 2, v, w),
					chamberMm(u, v + 2, w) - chamberMm(u, v - 2, w),
					chamberMm(u, v, w + 2) - chamberMm(u, v, w - 2),
				];
				const steepness = Math.sqrt(slope.reduce((sum, s) => sum + s * s, 0));
				if (steepness < 0.5) continue;
				const step = (widenMm * exp(-clamp(far, 0, 99) / WIDEN_REACH_MM)) / steepness;
				for (let axis = 0; axis < 3; axis++) points[n + axis]! -= step * slope[axis]!;
			}
	const [toX, toY, toZ] = [0, 1, 2].map((axis) => lattice(points, { dims, originMm }, WARP_MM, 3, axis)) as [
		Smooth,
		Smooth,
		Smooth,
	];
	return (out, x, y, z) => {
		out[0] = toX(x, y, z);
		out[1] = toY(x, y, z);
		out[2] = toZ(x, y, z);
	};
}
