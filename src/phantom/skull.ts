import { clamp } from './math.ts';
import { ellipsoid, smoothUnion } from './shapes.ts';

/** Middle of the cranial vault, RAS mm from the anterior commissure. */
export const VAULT_CENTRE_MM = [0, -17, 14] as const;
/** Semi-axes of the vault along x, y, z, mm. */
export const VAULT_MM = [68, 85, 66] as const;

/** Signed distance in mm to the vault, negative inside: an ellipsoid, narrower in front. */
export function vault(x: number, y: number, z: number): number {
	return ellipsoid(
		x * widening(y),
		y - VAULT_CENTRE_MM[1],
		z - VAULT_CENTRE_MM[2],
		VAULT_MM[0],
		VAULT_MM[1],
		VAULT_MM[2],
	);
}

/** How much x is stretched at y before it is compared with the ellipsoid: skulls are egg-shaped. */
export function widening(y: number): number {
	const t = clamp((y - VAULT_CENTRE_MM[1]) / VAULT_MM[1], -1.2, 1.2);
	return 1 + 0.1 * t - 0.05 * t * t;
}

/** Signed distance in mm to the temporal lobes, left and right alike. */
export function temporal(x: number, y: number, z: number): number {
	return ellipsoid(Math.abs(x) - 40, y + 10, z + 20, 24, 42, 25);
}

/** Signed distance in mm to the inner surface of the skull: vault above the base, middle and posterior fossae. */
export function cranium(x: number, y: number, z: number): number {
	const upper = Math.max(vault(x, y, z), -(z + 19));
	const cistern = Math.min(stem(x, y, z) - 3.5, ellipsoid(x, y + 8, z + 17, 13, 13, 12));
	return smoothUnion(smoothUnion(upper, temporal(x, y, z), 6), smoothUnion(posteriorFossa(x, y, z), cistern, 6), 6);
}

/** Signed distance in mm to the room of the cerebellum and pons. */
export function posteriorFossa(x: number, y: number, z: number): number {
	return ellipsoid(x, y + 61, z + 32, 53, 38, 33);
}

/** Signed distance in mm to the midbrain, pons and medulla. */
export function stem(x: number, y: number, z: number): number {
	const pons = ellipsoid(x, y + 25, z + 32, 17, 13, 14);
	return smoothUnion(pons, ellipsoid(x, y + 30 - 0.2 * (z + 34), z + 38, 12, 10, 34), 6);
}

/** Signed distance in mm to the skin. */
export function skin(x: number, y: number, z: number): number {
	const face = ellipsoid(x, y - 14, z + 52, 60, 74, 64);
	const neck = ellipsoid(x, y + 44, z + 62, 62, 66, 70);
	return smoothUnion(vault(x, y, z) - 12.5, smoothUnion(face, neck, 20), 16);
}
