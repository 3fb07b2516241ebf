import { mix32 } from './random.ts';

/** A smooth random field over world mm: mean 0, standard deviation about 1. */
export type NoiseField = (x: number, y: number, z: number) => number;

/** Makes the standard deviation 1; measured over 10⁶ points. */
const UNIT = 3.69;

/**
 * Gradient noise whose features are about `scaleMm` wide. It is a function of place, not of a grid: the same
 * point gives the same value on whatever grid and in whatever order it is asked for.
 * Throws where the scale is not positive. Source: Perlin 2002, DOI 10.1145/566654.566636.
 */
export function noiseField(seed: number, scaleMm: number): NoiseField {
	if (!(scaleMm > 0)) throw new Error(`got a noise scale of ${scaleMm} mm, expected a positive one`);
	const table = new Uint8Array(512);
	for (let n = 0; n < 256; n++) table[n] = n;
	for (let n = 255; n > 0; n--) {
		const other = (mix32(Math.imul(seed, 0x9e3779b1) + n) >>> 0) % (n + 1);
		const kept = table[n]!;
		table[n] = table[other]!;
		table[other] = kept;
	}
	table.copyWithin(256, 0, 256);
	const perMm = 1 / scaleMm;
	return (x, y, z) => {
		// The lattice is turned against the body's axes, along which its squareness would be seen.
		const px = (0.36 * x + 0.48 * y - 0.8 * z) * perMm + 1000.5;
		const py = (-0.8 * x + 0.6 * y) * perMm + 1000.5;
		const pz = (0.48 * x + 0.64 * y + 0.6 * z) * perMm + 1000.5;
		const ix = Math.floor(px);
		const iy = Math.floor(py);
		const iz = Math.floor(pz);
		const fx = px - ix;
		const fy = py - iy;
		const fz = pz - iz;
		const u = fade(fx);
		const v = fade(fy);
		const w = fade(fz);
		const a = table[ix & 255]! + (iy & 255);
		const b = table[(ix + 1) & 255]! + (iy & 255);
		const k = iz & 255;
		const aa = table[a & 255]! + k;
		const ab = table[(a + 1) & 255]! + k;
		const ba = table[b & 255]! + k;
		const bb = table[(b + 1) & 255]! + k;
		const low = mix(
			mix(slope(table[aa]!, fx, fy, fz), slope(table[ba]!, fx - 1, fy, fz), u),
			mix(slope(table[ab]!, fx, fy - 1, fz), slope(table[bb]!, fx - 1, fy - 1, fz), u),
			v,
		);
		const high = mix(
			mix(slope(table[aa + 1]!, fx, fy, fz - 1), slope(table[ba + 1]!, fx - 1, fy, fz - 1), u),
			mix(slope(table[ab + 1]!, fx, fy - 1, fz - 1), slope(table[bb + 1]!, fx - 1, fy - 1, fz - 1), u),
			v,
		);
		return mix(low, high, w) * UNIT;
	};
}

function fade(t: number): number {
	return t * t * t * (t * (t * 6 - 15) + 10);
}

function mix(a: number, b: number, t: number): number {
	return a + (b - a) * t;
}

/** Height at (x, y, z) of the plane through a lattice point whose gradient is one of Perlin's twelve. */
function slope(hash: number, x: number, y: number, z: number): number {
	const h = hash & 15;
	const u = h < 8 ? x : y;
	const v = h < 4 ? y : h === 12 || h === 14 ? x : z;
	return ((h & 1) === 0 ? u : -u) + ((h & 2) === 0 ? v : -v);
}
