import type { DirectedDistances, SurfaceDistances } from '../kernels/kernels.ts';

/** Mean distance in mm over the elements of both surfaces together. Source: medpy at d6abf41, `assd`. */
export function averageSymmetricDistance({ fromReference, fromPrediction }: SurfaceDistances): number {
	const [a, b] = [sums(fromReference), sums(fromPrediction)];
	return (a.distance + b.distance) / (a.count + b.count);
}

/** Mean of the two directed mean distances in mm. Source: MetricsReloaded at cb38dfc, `masd`. */
export function meanAverageDistance({ fromReference, fromPrediction }: SurfaceDistances): number {
	const [a, b] = [sums(fromReference), sums(fromPrediction)];
	return (a.distance / a.count + b.distance / b.count) / 2;
}

function sums({ distancesMm, elements }: DirectedDistances): { distance: number; count: number } {
	let distance = 0;
	let count = 0;
	for (let n = 0; n < elements.length; n++) {
		distance += distancesMm[n]! * elements[n]!;
		count += elements[n]!;
	}
	return { distance, count };
}
