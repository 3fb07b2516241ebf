import type { Measure } from '../measure.ts';
import { fQuantile } from './fDistribution.ts';

/** A coefficient with its 95 % confidence interval. */
export interface Icc {
	readonly value: Measure;
	readonly lower: Measure;
	readonly upper: Measure;
}

/** Forms after Shrout and Fleiss; `k` is the average over all raters. */
export const ICC_FORMS = ['ICC(1,1)', 'ICC(2,1)', 'ICC(3,1)', 'ICC(1,k)', 'ICC(2,k)', 'ICC(3,k)'] as const;
export type IccForm = (typeof ICC_FORMS)[number];

/**
 * Intraclass correlation of ratings, one row a target, one column a rater. Undefined with fewer than two targets or raters
 * (`tooFew`), or where a quotient has no denominator because ratings do not vary (`noVariance`). Throws on uneven rows.
 * Source: Shrout & Fleiss 1979, DOI 10.1037/0033-2909.86.2.420; intervals of ICC(2,1): McGraw & Wong 1996,
 * DOI 10.1037/1082-989X.1.1.30.
 */
export function icc(ratings: readonly (readonly number[])[]): Record<IccForm, Icc> {
	const n = ratings.length;
	const k = ratings[0]?.length ?? 0;
	const uneven = ratings.find(({ length }) => length !== k);
	if (uneven) throw new Error(`got a row of ${uneven.length} ratings, expected ${k}`);
	if (n < 2 || k < 2) return everyForm('tooFew');
	const squares = meanSquares(ratings, n, k);
	const { between, within, raters, error } = squares;
	if (between + within === 0) return everyForm('noVariance');
	const one = (between - within) / (between + (k - 1) * within);
	const two = (between - error) / (between + (k - 1) * error + (k * (raters - error)) / n);
	const three = (between - error) / (between + (k - 1) * error);
	const q = (d1: number, d2: number) => fQuantile(0.975, d1, d2);
	const oneLow = between / within / q(n - 1, n * (k - 1));
	const oneHigh = (between / within) * q(n * (k - 1), n - 1);
	const threeLow = between / error / q(n - 1, (n - 1) * (k - 1));
	const threeHigh = (between / error) * q((n - 1) * (k - 1), n - 1);
	const single = (f: number) => (f === Number.POSITIVE_INFINITY ? 1 : (f - 1) / (f + k - 1));
	const average = (f: number) => 1 - 1 / f;
	const stepUp = (r: number) => (k * r) / (1 + (k - 1) * r);
	const [twoLow, twoHigh] = twoWayInterval(two, squares, n, k);
	return {
		'ICC(1,1)': form(one, single(oneLow), single(oneHigh)),
		'ICC(2,1)': form(two, twoLow, twoHigh),
		'ICC(3,1)': form(three, single(threeLow), single(threeHigh)),
		'ICC(1,k)': form((between - within) / between, average(oneLow), average(oneHigh)),
		'ICC(2,k)': form((between - error) / (between + (raters - error) / n), stepUp(twoLow), stepUp(twoHigh)),
		'ICC(3,k)': form((between - error) / between, average(threeLow), average(threeHigh)),
	};
}

/** Mean squares between targets, within targets, between raters, and what is left. */
interface MeanSquares {
	readonly between: number;
	readonly within: number;
	readonly raters: number;
	readonly error: number;
}

function meanSquares(ratings: readonly (readonly number[])[], n: number, k: number): MeanSquares {
	const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);
	const all = mean(ratings.flat());
	const targets = ratings.map(mean);
	const columns = ratings[0]!.map((_, c) => mean(ratings.map((row) => row[c]!)));
	const inTargets = squares(ratings.flatMap((row, r) => row.map((value) => value - targets[r]!)));
	const byRaters = n * squares(columns.map((value) => value - all));
	const left = squares(ratings.flatMap((row, r) => row.map((value, c) => value - targets[r]! - columns[c]! + all)));
	return {
		between: (k * squares(targets.map((value) => value - all))) / (n - 1),
		within: inTargets / (n * (k - 1)),
		raters: byRaters / (k - 1),
		error: left / ((n - 1) * (k - 1)),
	};
}

function twoWayInterval(r: number, { between, raters, error }: MeanSquares, n: number, k: number): [number, number] {
	if (error === 0 && raters === 0) return [1, 1];
	const a = (k * r) / (n * (1 - r));
	const b = 1 + (k * r * (n - 1)) / (n * (1 - r));
	const sum = a * raters + b * error;
	const freedom = (sum * sum) / ((a * raters) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1)));
	const low = fQuantile(0.975, n - 1, freedom);
	const high = fQuantile(0.975, freedom, n - 1);
	const rest = k * raters + (k * n - k - n) * error;
	return [
		(n * (between - low * error)) / (low * rest + n * between),
		(n * (high * between - error)) / (rest + n * high * between),
	];
}

function form(value: number, lower: number, upper: number): Icc {
	const measure = (figure: number): Measure =>
		Number.isFinite(figure) ? { kind: 'value', value: figure } : { kind: 'undefined', reason: 'noVariance' };
	return { value: measure(value), lower: measure(lower), upper: measure(upper) };
}

function everyForm(reason: 'tooFew' | 'noVariance'): Record<IccForm, Icc> {
	const none: Measure = { kind: 'undefined', reason };
	const forms = ICC_FORMS.map((name) => [name, { value: none, lower: none, upper: none }] as const);
	return Object.fromEntries(forms) as Record<IccForm, Icc>;
}
