/** A polyline with a radius at each point: x, y, z, radius in mm. */
export type Tube = readonly (readonly [number, number, number, number])[];

/**
 * Signed distance in mm from (x, y, z), given relative to the centre, to an ellipsoid with semi-axes a, b, c;
 * negative inside. First-order, exact on the surface. Source: Quilez, "Ellipsoid – SDF", iquilezles.org.
 */
export function ellipsoid(x: number, y: number, z: number, a: number, b: number, c: number): number {
	const u = x / a;
	const v = y / b;
	const w = z / c;
	const k = Math.sqrt(u * u + v * v + w * w);
	const g = Math.sqrt((u * u) / (a * a) + (v * v) / (b * b) + (w * w) / (c * c));
	return g < 1e-9 ? -Math.min(a, b, c) : (k * (k - 1)) / g;
}

/**
 * Signed distance in mm to a tube whose radius changes along it; negative inside. `flatten` shrinks
 * distances along z, so that the tube is 1 / flatten times higher than it is wide.
 */
export function tubeDistance(tube: Tube, x: number, y: number, z: number, flatten: number): number {
	let best = 1e9;
	for (let n = 0; n + 1 < tube.length; n++) {
		const [ax, ay, az, ar] = tube[n]!;
		const [bx, by, bz, br] = tube[n + 1]!;
		const ex = bx - ax;
		const ey = by - ay;
		const ez = (bz - az) * flatten;
		const px = x - ax;
		const py = y - ay;
		const pz = (z - az) * flatten;
		const along = (px * ex + py * ey + pz * ez) / (ex * ex + ey * ey + ez * ez);
		const t = along < 0 ? 0 : along > 1 ? 1 : along;
		const dx = px - ex * t;
		const dy = py - ey * t;
		const dz = pz - ez * t;
		const d = Math.sqrt(dx * dx + dy * dy + dz * dz) - ar - (br - ar) * t;
		if (d < best) best = d;
	}
	return best;
}

/** Smaller of two distances, the edge between them rounded over `roundMm`. */
export function smoothUnion(a: number, b: number, roundMm: number): number {
	const h = roundMm - Math.abs(a - b);
	return Math.min(a, b) - (h > 0 ? (h * h) / (4 * roundMm) : 0);
}
