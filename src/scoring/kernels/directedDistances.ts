import type { DirectedDistances } from './kernels.ts';

/** What a kernel counted in one direction. */
export interface DistanceCounts {
	/** Elements by distance class (row) and area class (column). */
	readonly near: Uint32Array;
	/** Squared distance of each distance class in mm², ascending. */
	readonly squaredMm2: Float64Array;
	/** Weight of an element of each area class. */
	readonly areas: Float64Array;
	/** Squared distances in mm² of the elements beyond the last class; `Infinity` where there is nothing to reach. */
	readonly farSquaredMm2: Float64Array;
	/** Area class of each of them. */
	readonly farAreas: Uint8Array;
}

/**
 * Turns counts into the histogram by distance. Weights are summed over area classes in their order, so that the result
 * depends on the counts only, never on the order in which elements were visited.
 */
export function directedDistances(counts: DistanceCounts): DirectedDistances {
	const { near, squaredMm2, areas } = counts;
	const distancesMm: number[] = [];
	const elements: number[] = [];
	const weights: number[] = [];
	const add = (squared: number, row: Uint32Array, at: number): void => {
		let number = 0;
		let weight = 0;
		for (let area = 0; area < areas.length; area++) {
			const n = row[at + area]!;
			if (n === 0) continue;
			number += n;
			weight += n * areas[area]!;
		}
		if (number === 0) return;
		distancesMm.push(Math.sqrt(squared));
		elements.push(number);
		weights.push(weight);
	};
	for (let c = 0; c < squaredMm2.length; c++) add(squaredMm2[c]!, near, c * areas.length);
	addFar(counts, add);
	return {
		distancesMm: Float64Array.from(distancesMm),
		elements: Float64Array.from(elements),
		weights: Float64Array.from(weights),
	};
}

/** Elements beyond the classes, sorted by distance; equal distances are taken together. */
function addFar(counts: DistanceCounts, add: (squared: number, row: Uint32Array, at: number) => void): void {
	const { farSquaredMm2: far, farAreas, areas } = counts;
	if (far.length === 0) return;
	const sorted = Float64Array.from(far).sort();
	const distinct = sorted.filter((value, n) => n === 0 || value !== sorted[n - 1]);
	const rows = new Uint32Array(distinct.length * areas.length);
	const row = new Map<number, number>();
	for (const [n, value] of distinct.entries()) row.set(value, n);
	for (let n = 0; n < far.length; n++) rows[row.get(far[n]!)! * areas.length + farAreas[n]!]!++;
	for (const [n, value] of distinct.entries()) add(value, rows, n * areas.length);
}
