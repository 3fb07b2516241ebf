/** A polyline with a radius at each point: x, y, z, radius in mm, point after point. */
export type Tube = Float64Array;

/** Makes a tube from its points, at least two. */
export function makeTube(points: readonly (readonly [number, number, number, number])[]): Tube {
	if (points.length < 2) throw new Error(`got a tube of ${points.length} points, expected at least 2`);
	return Float64Array.from(points.flat());
}

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
	let best = Number.POSITIVE_INFINITY;
	for (let n = 0; n + 7 < tube.length; n += 4) {
		const ax = tube[n]!;
		const ay = tube[n + 1]!;
		const az = tube[n + 2]!;
		const ex = tube[n + 4]! - ax;
		const ey = tube[n + 5]! - ay;
		const ez = (tube[n + 6]! - az) * flatten;
		const px = x - ax;
		const py = y - ay;
		const pz = (z - az) * flatten;
		const along = (px * ex + py * ey + pz * ez) / (ex * ex + ey * ey + ez * ez);
		const t = along < 0 ? 0 : along > 1 ? 1 : along;
		const dx = px - ex * t;
		const dy = py - ey * t;
		const dz = pz - ez * t;
		const d = Math.sqrt(dx * dx + dy * dy + dz * dz) - tube[n + 3]! - (tube[n + 7]! - tube[n + 3]!) * t;
		if (d < best) best = d;
	}
	return best;
}

/** Smaller of two distances, the edge between them rounded over `roundMm`. */
export function smoothUnion(a: number, b: number, roundMm: number): number {
	const h = roundMm - Math.abs(a - b);
	return Math.min(a, b) - (h > 0 ? (h * h) / (4 * roundMm) : 0);
}
