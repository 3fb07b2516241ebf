import { ramp } from './math.ts';
import { ellipsoid, makeTube, smoothUnion, tubeDistance } from './shapes.ts';
import { posteriorFossa, temporal, vault } from './skull.ts';

/** Lateral ventricle of the right side, frontal horn to occipital horn; the left one is its mirror image. */
const VENTRICLE = makeTube([
	[13, 31, 7, 2.4],
	[9, 22, 11, 3.8],
	[7, 10, 16, 4],
	[9, -6, 22, 4],
	[14, -22, 23, 4.4],
	[23, -37, 16, 5.6],
	[27, -47, 9, 4.6],
	[26, -64, 7, 1.6],
]);
const TEMPORAL_HORN = makeTube([
	[25, -42, 8, 4],
	[33, -30, -8, 2.4],
	[33, -14, -18, 1.6],
]);
const CAUDATE_BODY = makeTube([
	[14, 10, 18, 4.5],
	[16, -8, 24, 3.2],
	[21, -24, 24, 2],
]);
/** Outline of the callosum and what lies under it, in the midline plane: no fissure inside. */
const CALLOSUM = { y: -7, z: 3, a: 38, c: 25 } as const;

/** Signed distance in mm to the lateral, third and fourth ventricles, widened by `widenMm`. */
export function ventricles(x: number, y: number, z: number, widenMm: number): number {
	const side = Math.abs(x);
	if (z > 40 || z < -55 || side > 42 || y > 42 || y < -74) return 20;
	const lateral = Math.max(tubeDistance(VENTRICLE, side, y, z, 0.72), 0.7 - side);
	const horn = tubeDistance(TEMPORAL_HORN, side, y, z, 1);
	const third = ellipsoid(x, y + 15, z, 2.2, 16, 11);
	const fourth = ellipsoid(x, y + 46, z + 34, 7, 5, 9);
	return Math.min(lateral, horn, third, fourth) - widenMm;
}

/** Signed distance in mm to the deep grey nuclei: caudate, putamen, pallidum, thalamus. */
export function nuclei(x: number, y: number, z: number): number {
	const side = Math.abs(x);
	if (z > 34 || z < -16 || side > 40) return 20;
	const caudate = ellipsoid(side - 14.5, y - 13, z - 9, 5, 12, 11);
	const body = tubeDistance(CAUDATE_BODY, side, y, z, 1);
	const putamen = ellipsoid(side - 26 + 0.12 * (y - 3), y - 3, z - 3, 5, 16, 11);
	const pallidum = ellipsoid(side - 19, y + 4, z, 4.5, 9, 7);
	const thalamus = ellipsoid(side - 11.5 + 0.25 * (y + 18), y + 18, z - 8, 8, 14, 9.5);
	return Math.min(smoothUnion(caudate, body, 3), smoothUnion(putamen, pallidum, 1), thalamus);
}

/**
 * Signed distance in mm to the cerebrum within the vault less `gapMm` of fluid. Behind, it reaches lower than the
 * base: there the tent, not this, is its floor.
 */
export function cerebrum(x: number, y: number, z: number, gapMm: number): number {
	const floor = 18.2 + 15 * ramp(-y, 30, 46);
	return smoothUnion(Math.max(vault(x, y, z), -(z + floor)), temporal(x, y, z), 6) + gapMm;
}

/** Signed distance in mm to the cerebellum: what the posterior fossa holds below the tent and behind the pons. */
export function cerebellum(x: number, y: number, z: number): number {
	const side = Math.abs(x);
	const roof = (z + 9 + 0.32 * side + 0.005 * sq(y + 55)) * 0.93;
	const front = (y + 34 + 0.1 * side) * 0.97;
	const notch = 4 - Math.sqrt(sq(side) + sq(Math.min(0, y + 88)) + sq(Math.max(0, z + 52)));
	return Math.max(posteriorFossa(x, y, z) + 3, roof, front, notch);
}

/** Distance in mm, ≥ 0, to the fissure between the hemispheres, which ends at the callosum. */
export function fissure(x: number, y: number, z: number): number {
	const inside = Math.max(0, -ellipsoid(0, y - CALLOSUM.y, z - CALLOSUM.z, 1e3, CALLOSUM.a, CALLOSUM.c));
	return Math.sqrt(x * x + 9 * inside * inside);
}

/** Distance in mm, ≥ 0, to the Sylvian fissure and the cleft over the insula. */
export function sylvian(x: number, y: number, z: number): number {
	const side = Math.abs(x);
	const level = (z - 4 + 0.6 * (y + 4)) * 0.86;
	const along = Math.max(0, y - 22, -34 - y);
	const lateral = Math.sqrt(level * level + sq(Math.max(0, 37 - side)) + sq(along));
	const bend = side - 38.5 + 0.006 * sq(y - 2) + 0.006 * sq(z - 3);
	const insular = Math.sqrt(bend * bend + sq(Math.max(0, level - 10, -9 - level)) + sq(Math.max(0, y - 19, -23 - y)));
	return Math.min(lateral, insular);
}

function sq(x: number): number {
	return x * x;
}
