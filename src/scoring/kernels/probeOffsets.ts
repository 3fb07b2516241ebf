import type { Dims } from '../../grid/grid.ts';
import { sumOfSquares } from './squaredDistance.ts';

/** Steps to all neighbours within a radius, nearest first: the first that hits the other surface gives the distance. */
export interface ProbeOffsets {
	/** Steps along the stored axes, three for each offset. */
	readonly steps: Int32Array;
	/** Distance class of each offset; offsets of one class are equally far. */
	readonly classes: Uint16Array;
	/** Squared distance of each class in mm², strictly ascending. */
	readonly squaredMm2: Float64Array;
}

/** About as many offsets as are probed before the search by blocks takes over; measured, not critical. */
const OFFSETS = 600;
const OFFSETS_IN_SLICE = 160;

/**
 * The offsets for a spacing. All within the radius are there, so that a hit is the nearest one. With `sliceAxis` only
 * offsets within the slice. Throws where a spacing is not positive.
 */
export function probeOffsets(spacingMm: Dims, sliceAxis?: 0 | 1 | 2): ProbeOffsets {
	if (spacingMm.some((s) => !(s > 0 && Number.isFinite(s))))
		throw new Error(`got the spacing ${spacingMm.join(' × ')} mm, expected positive numbers`);
	const limit = squaredRadius(spacingMm, sliceAxis);
	const reach = spacingMm.map((s, axis) => (axis === sliceAxis ? 0 : Math.floor(Math.sqrt(limit) / s)));
	const found: { readonly step: Dims; readonly squared: number }[] = [];
	for (let z = -reach[2]!; z <= reach[2]!; z++)
		for (let y = -reach[1]!; y <= reach[1]!; y++)
			for (let x = -reach[0]!; x <= reach[0]!; x++) {
				const [dx, dy, dz] = [x * spacingMm[0], y * spacingMm[1], z * spacingMm[2]];
				const squared = sumOfSquares(dx * dx, dy * dy, dz * dz);
				if (squared <= limit) found.push({ step: [x, y, z], squared });
			}
	found.sort((a, b) => a.squared - b.squared);
	const steps = new Int32Array(found.length * 3);
	const classes = new Uint16Array(found.length);
	const squares: number[] = [];
	for (const [n, { step, squared }] of found.entries()) {
		steps.set(step, n * 3);
		if (squares.at(-1) !== squared) squares.push(squared);
		classes[n] = squares.length - 1;
	}
	return { steps, classes, squaredMm2: Float64Array.from(squares) };
}

/** Squared radius in mm² of the ball (or disc) that holds about the wanted number of voxels, and one step at least. */
function squaredRadius(spacingMm: Dims, sliceAxis: 0 | 1 | 2 | undefined): number {
	const inPlane = spacingMm.filter((_, axis) => axis !== sliceAxis);
	if (sliceAxis !== undefined) return (OFFSETS_IN_SLICE * inPlane[0]! * inPlane[1]!) / 3.14;
	// By steps instead of a cube root, which engines round differently.
	let radius = 0;
	const step = Math.min(...spacingMm) / 4;
	const volume = (OFFSETS * spacingMm[0] * spacingMm[1] * spacingMm[2]) / 4.19;
	while (radius * radius * radius < volume) radius += step;
	return radius * radius;
}
