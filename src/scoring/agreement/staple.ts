import type { Measure } from '../measure.ts';
import { type Votes, votesIn } from './votes.ts';

/** What STAPLE found. */
export interface Staple {
	/** Sensitivity of each rater, 0..1. */
	readonly sensitivity: readonly Measure[];
	/** Specificity of each rater, 0..1. */
	readonly specificity: readonly Measure[];
	/** Voxels whose weight is at least 0.5. */
	readonly voxels: number;
	readonly iterations: number;
	/** False where the limit of iterations was reached first. */
	readonly converged: boolean;
	/** Weight of each pattern of votes, in the order of `Votes.patterns`: the chance of being tumour. */
	readonly weights: readonly number[];
}

const MOST_ITERATIONS = 1000;

/**
 * Estimates the hidden truth and each rater's performance together, as ITK does: prior and first weights from the mean
 * vote, until no squared change exceeds 1e-14. Voxels with the same votes have the same weight, so only the patterns are
 * worked on. Undefined where nobody or everybody marked every voxel (`noVariance`).
 * Source: Warfield 2004, DOI 10.1109/TMI.2004.828354; ITK 5.2.1, STAPLEImageFilter.
 */
export function staple({ raters, voxels, patterns }: Votes): Staple {
	const marks = patterns.reduce((sum, { pattern, count }) => sum + votesIn(pattern) * count, 0);
	const prior = voxels === 0 ? 0 : marks / (raters * voxels);
	if (prior === 0 || prior === 1) {
		const none = Array.from({ length: raters }, (): Measure => ({ kind: 'undefined', reason: 'noVariance' }));
		const weights = patterns.map(() => prior);
		return { sensitivity: none, specificity: none, voxels: prior * voxels, iterations: 0, converged: true, weights };
	}
	let weights = patterns.map(({ pattern }) => votesIn(pattern) / raters);
	let p = new Array<number>(raters).fill(-10);
	let q = new Array<number>(raters).fill(-10);
	let iterations = 0;
	for (let converged = false; ; iterations++) {
		const inside = sum(patterns.map(({ count }, n) => count * weights[n]!));
		const outside = sum(patterns.map(({ count }, n) => count * (1 - weights[n]!)));
		const [lastP, lastQ] = [p, q];
		p = lastP.map((_, r) => sum(patterns.map((v, n) => ((v.pattern >> r) & 1 ? v.count * weights[n]! : 0))) / inside);
		q = lastQ.map(
			(_, r) => sum(patterns.map((v, n) => ((v.pattern >> r) & 1 ? 0 : v.count * (1 - weights[n]!)))) / outside,
		);
		converged = [...p.keys()].every((r) => (p[r]! - lastP[r]!) ** 2 <= 1e-14 && (q[r]! - lastQ[r]!) ** 2 <= 1e-14);
		weights = patterns.map(({ pattern }) => weightOf(pattern, prior, p, q));
		if (!converged && iterations < MOST_ITERATIONS) continue;
		const count = patterns.reduce((all, v, n) => (weights[n]! >= 0.5 ? all + v.count : all), 0);
		const measures = (values: number[]) => values.map((value): Measure => ({ kind: 'value', value }));
		return { sensitivity: measures(p), specificity: measures(q), voxels: count, iterations, converged, weights };
	}
}

function weightOf(pattern: number, prior: number, p: readonly number[], q: readonly number[]): number {
	let tumour = prior;
	let other = 1 - prior;
	for (let r = 0; r < p.length; r++) {
		const marked = (pattern >> r) & 1;
		tumour *= marked ? p[r]! : 1 - p[r]!;
		other *= marked ? 1 - q[r]! : q[r]!;
	}
	return tumour + other === 0 ? 0 : tumour / (tumour + other);
}

function sum(values: readonly number[]): number {
	return values.reduce((all, value) => all + value, 0);
}
