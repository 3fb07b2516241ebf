import type { SlicePoint } from './brush.ts';
import { visitInside } from './lasso.ts';
import type { RegionMask } from './regionMask.ts';
import { checkValues } from './within.ts';

/** A zone drawn around a lesion, and which side of the threshold the lesion is on. */
export interface ThresholdZone {
	/** Scaled intensities in the stored order of the mask's grid, one a voxel. */
	readonly values: ArrayLike<number>;
	/** First and last axial slice of the zone, both included. */
	readonly slices: readonly [number, number];
	/** The zone's closed line, the same in every slice; see `visitInside`. */
	readonly points: readonly SlicePoint[];
	/** The lesion is brighter than what surrounds it in the zone; otherwise darker. */
	readonly bright: boolean;
}

/** What a threshold separates. */
export interface Thresholded {
	/** Lowest intensity of the side that was taken: one that occurs in the zone. */
	readonly low: number;
	/** Highest intensity of that side: one that occurs in the zone. */
	readonly high: number;
	/** Stored elements of the zone on that side that the mask does not hold yet, each once. */
	readonly elements: Uint32Array;
}

/**
 * Separates a lesion with a sharp margin from what surrounds it in a drawn zone, the half-automatic way of §6-④: the
 * threshold parts the zone's intensities so that the variance between both sides is largest. Every intensity that
 * occurs is a level of its own, so nothing hangs on the width of a histogram's bins; of equal thresholds the lowest
 * counts. Intensities that are not finite are left out. The mask is not changed.
 * Undefined where the zone holds fewer than two different intensities.
 * Throws on slices outside the mask or in the wrong order, and on intensities that are not one a voxel.
 *
 * Source: Otsu 1979, 10.1109/TSMC.1979.4310076.
 */
export function autoThreshold(
	mask: RegionMask,
	{ values, slices: [first, last], points, bright }: ThresholdZone,
): Thresholded | undefined {
	const depth = mask.view.dims[2];
	if (!(first >= 0 && first <= last && last < depth))
		throw new Error(`got slices ${first} to ${last}, expected a range from 0 to ${depth - 1}`);
	checkValues(values, mask.data.length);
	const zone: number[] = [];
	for (let slice = first; slice <= last; slice++)
		visitInside(mask, points, (x, y) => {
			const index = mask.index(x, y, slice);
			if (Number.isFinite(values[index])) zone.push(index);
		});
	const sorted = new Float64Array(zone.length);
	for (let n = 0; n < zone.length; n++) sorted[n] = values[zone[n]!]!;
	sorted.sort();
	const split = bestSplit(sorted);
	if (split === undefined) return undefined;
	const low = sorted[bright ? split : 0]!;
	const high = sorted[bright ? sorted.length - 1 : split - 1]!;
	const elements = zone.filter((n) => mask.data[n] === 0 && values[n]! >= low && values[n]! <= high);
	return { low, high, elements: new Uint32Array(elements) };
}

/** How many of the sorted values lie on the dark side, or undefined where all are equal or there are none. */
function bestSplit(sorted: Float64Array): number | undefined {
	let total = 0;
	for (const value of sorted) total += value;
	const mean = total / sorted.length;
	let best: number | undefined;
	let bestVariance = Number.NEGATIVE_INFINITY;
	let sum = 0;
	for (let n = 1; n < sorted.length; n++) {
		// Sums of what differs from the mean stay small. In these terms the variance between n dark values
		// and the others is sum² / (n · others), but for a factor that is the same for all n.
		sum += sorted[n - 1]! - mean;
		if (sorted[n] === sorted[n - 1]) continue;
		const variance = (sum * sum) / (n * (sorted.length - n));
		if (variance > bestVariance) {
			bestVariance = variance;
			best = n;
		}
	}
	return best;
}
