import type { DirectedDistances, SurfaceDistances } from '../kernels/kernels.ts';
import type { Definition } from '../scoreReport.ts';

/**
 * Normalised surface dice: share of both surfaces that lies within the tolerance of the other one, 0..1 (SPEC.md,
 * rule 14). One of them may be empty: 0. Not both.
 * Source: Nikolov 2021, DOI 10.2196/26151 (`surfel`); MONAI at d388d1c (`voxelMax`, `voxelPooled`); panoptica at b0ac3e4
 * (`voxelBalanced`).
 */
export function surfaceDice(
	{ fromReference, fromPrediction }: SurfaceDistances,
	toleranceMm: number,
	definition: Definition,
): number {
	const reference = within(fromReference, toleranceMm);
	const prediction = within(fromPrediction, toleranceMm);
	if (definition !== 'voxelBalanced') return (reference.near + prediction.near) / (reference.total + prediction.total);
	if (reference.total === 0 || prediction.total === 0) return 0;
	return (reference.near / reference.total + prediction.near / prediction.total) / 2;
}

function within({ distancesMm, weights }: DirectedDistances, toleranceMm: number): { near: number; total: number } {
	let near = 0;
	let total = 0;
	for (let n = 0; n < weights.length; n++) {
		total += weights[n]!;
		if (distancesMm[n]! <= toleranceMm) near += weights[n]!;
	}
	return { near, total };
}
