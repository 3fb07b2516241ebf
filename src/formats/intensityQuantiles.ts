import type { VoxelData } from './volume.ts';

const BINS = 8192;
const STEPS = 2000;

/** Values below which 0, 0.05, … 100 % of the voxels lie that are not background; 2,001 of them, rising. */
export type Quantiles = Float64Array;

/**
 * Quantiles of the intensities of an MR volume, without its background: the value that occurs most, if it makes up a
 * tenth of the volume or more (0 in most files, another in standardised ones). A flat volume gives its one value.
 * Exact to 1/8192 of the range of values.
 */
export function intensityQuantiles(data: VoxelData): Quantiles {
	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	for (let n = 0; n < data.length; n++) {
		const v = data[n]!;
		if (v < min) min = v;
		if (v > max) max = v;
	}
	const quantiles = new Float64Array(STEPS + 1);
	if (!(max > min)) return quantiles.fill(min);
	const bins = new Uint32Array(BINS);
	const scale = (BINS - 1) / (max - min);
	for (let n = 0; n < data.length; n++) bins[Math.round((data[n]! - min) * scale)]!++;
	let counted = data.length;
	let background = 0;
	for (let b = 1; b < BINS; b++) if (bins[b]! > bins[background]!) background = b;
	if (bins[background]! >= data.length / 10 && bins[background]! < data.length) {
		counted -= bins[background]!;
		bins[background] = 0;
	}
	let step = 0;
	let seen = 0;
	let last = 0;
	for (let b = 0; b < BINS; b++) {
		if (bins[b] === 0) continue;
		seen += bins[b]!;
		last = min + b / scale;
		while (step <= STEPS && step * counted < seen * STEPS) quantiles[step++] = last;
	}
	quantiles.fill(last, step);
	quantiles[STEPS] = Math.max(last, quantiles[STEPS]!);
	return quantiles;
}

/** Value at a percentage, 0 to 100, between the kept ones by a straight line. */
export function valueAt(quantiles: Quantiles, percent: number): number {
	const at = (Math.min(100, Math.max(0, percent)) / 100) * STEPS;
	const low = Math.floor(at);
	const below = quantiles[low]!;
	return below + (at - low) * ((quantiles[low + 1] ?? below) - below);
}

/** Percentage, 0 to 100, at which a value lies; the lowest such where several do. */
export function percentOf(quantiles: Quantiles, value: number): number {
	let low = 0;
	let high = STEPS;
	if (value <= quantiles[0]!) return 0;
	if (value >= quantiles[STEPS]!) return 100;
	while (high - low > 1) {
		const middle = (low + high) >> 1;
		if (quantiles[middle]! < value) low = middle;
		else high = middle;
	}
	const span = quantiles[high]! - quantiles[low]!;
	return ((low + (span > 0 ? (value - quantiles[low]!) / span : 0)) / STEPS) * 100;
}

/**
 * Intensity of ordinary tissue in a volume: the median of what is above half of the 95th percentile, so that neither air
 * nor a large lesion moves it much. Range: as the intensities.
 */
export function tissueLevel(quantiles: Quantiles): number {
	const from = percentOf(quantiles, valueAt(quantiles, 95) / 2);
	return valueAt(quantiles, (from + 100) / 2);
}
