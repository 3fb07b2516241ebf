import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { clamp, exp } from './math.ts';
import { noiseField } from './noise.ts';

/** How far the push of the tumour is felt: it falls by e over this many mm. */
const PUSH_REACH_MM = 22;

/** A tumour's geometry as functions of place, RAS mm. */
export interface Tumour {
	/** Signed distance in mm to the surface of the body, negative inside. */
	readonly body: (x: number, y: number, z: number) => number;
	/** Thickness in mm of the enhancing rim near a place. */
	readonly rimMm: (x: number, y: number, z: number) => number;
	/** Millimetres by which the tissue now at a distance from the middle was pushed outwards. */
	readonly pushedMm: (distanceMm: number) => number;
	readonly centreMm: readonly [number, number, number];
}

/** Makes a lumpy body with an uneven rim from its recipe. */
export function makeTumour({ seed, tumour }: CaseRecipe): Tumour {
	const { centreMm, radiusMm, lumpsMm, rimMm, pushMm } = tumour;
	const lobes = noiseField(seed + 11, 26);
	const lumps = noiseField(seed + 12, 11);
	const crumbs = noiseField(seed + 13, 5);
	const uneven = noiseField(seed + 14, 13);
	const ragged = noiseField(seed + 15, 5.5);
	const [cx, cy, cz] = centreMm;
	return {
		centreMm,
		body: (x, y, z) => {
			const dx = x - cx;
			const dy = (y - cy) / 1.15;
			const dz = (z - cz) / 0.95;
			const ball = Math.sqrt(dx * dx + dy * dy + dz * dz) - radiusMm;
			if (ball > 4 * lumpsMm + 12) return ball - 4 * lumpsMm;
			return ball + lumpsMm * (0.8 * lobes(x, y, z) + 0.5 * lumps(x, y, z) + 0.2 * crumbs(x, y, z));
		},
		rimMm: (x, y, z) => Math.max(1.3, rimMm * (1 + 0.38 * uneven(x, y, z) + 0.22 * ragged(x, y, z))),
		pushedMm: (d) =>
			d < radiusMm ? (pushMm * d) / radiusMm : pushMm * exp(-clamp((d - radiusMm) / PUSH_REACH_MM, 0, 9)),
	};
}
