import type { Measure } from '../measure.ts';
import { pairTable, type Votes, votesIn } from './votes.ts';

/** How far apart two categories count: all alike, by steps, or by steps squared. */
export type KappaWeights = 'none' | 'linear' | 'quadratic';

/**
 * Cohen's kappa of two raters from their square table of counts, rows one rater, columns the other, categories in order.
 * −1..1; undefined without counts (`tooFew`) or where both always chose one category (`noVariance`).
 * Source: Cohen 1960, DOI 10.1177/001316446002000104; weighted: Cohen 1968, DOI 10.1037/h0026256.
 */
export function cohenKappa(table: readonly (readonly number[])[], weights: KappaWeights = 'none'): Measure {
	const total = table.flat().reduce((sum, count) => sum + count, 0);
	if (total === 0) return { kind: 'undefined', reason: 'tooFew' };
	const rows = table.map((row) => row.reduce((sum, count) => sum + count, 0));
	const columns = table.map((_, c) => table.reduce((sum, row) => sum + row[c]!, 0));
	const apart = (r: number, c: number): number => {
		const steps = Math.abs(r - c);
		return weights === 'none' ? Number(steps > 0) : weights === 'linear' ? steps : steps * steps;
	};
	let observed = 0;
	let expected = 0;
	for (const [r, row] of table.entries())
		for (const [c, count] of row.entries()) {
			observed += apart(r, c) * count;
			expected += (apart(r, c) * rows[r]! * columns[c]!) / total;
		}
	if (expected === 0) return { kind: 'undefined', reason: 'noVariance' };
	return { kind: 'value', value: 1 - observed / expected };
}

/** Cohen's kappa of two raters' masks over the voxels counted; as `cohenKappa`. */
export function cohenKappaOfMasks(votes: Votes, a: number, b: number): Measure {
	const [neither, first, second, both] = pairTable(votes, a, b);
	return cohenKappa([
		[neither, second],
		[first, both],
	]);
}

/**
 * Fleiss' kappa: one row a subject, how many raters chose each category; every row has the same sum, two at least.
 * Undefined without rows or with one rater (`tooFew`), or where all always chose one category (`noVariance`).
 * Rows may carry a weight: how many subjects are alike. Source: Fleiss 1971, DOI 10.1037/h0031619.
 */
export function fleissKappa(
	rows: readonly { readonly counts: readonly number[]; readonly subjects: number }[],
): Measure {
	const subjects = rows.reduce((sum, row) => sum + row.subjects, 0);
	const raters = rows[0]?.counts.reduce((sum, count) => sum + count, 0) ?? 0;
	if (subjects === 0 || raters < 2) return { kind: 'undefined', reason: 'tooFew' };
	const uneven = rows.find(({ counts }) => counts.reduce((sum, count) => sum + count, 0) !== raters);
	if (uneven) throw new Error(`got a row of ${uneven.counts.join(', ')}, expected ${raters} raters`);
	const categories = rows[0]!.counts.map((_, c) => rows.reduce((sum, row) => sum + row.counts[c]! * row.subjects, 0));
	const agreeing = rows.reduce(
		(sum, row) => sum + row.subjects * row.counts.reduce((pairs, count) => pairs + count * (count - 1), 0),
		0,
	);
	const observed = agreeing / (subjects * raters * (raters - 1));
	const chance = categories.reduce((sum, count) => sum + (count / (subjects * raters)) ** 2, 0);
	if (categories.filter((count) => count > 0).length < 2) return { kind: 'undefined', reason: 'noVariance' };
	return { kind: 'value', value: (observed - chance) / (1 - chance) };
}

/** Fleiss' kappa of masks over the voxels counted. */
export function fleissKappaOfMasks({ raters, patterns }: Votes): Measure {
	return fleissKappa(
		patterns.map(({ pattern, count }) => {
			const marked = votesIn(pattern);
			return { counts: [raters - marked, marked], subjects: count };
		}),
	);
}
