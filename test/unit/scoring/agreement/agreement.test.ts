import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { spacingMm } from '../../../../src/grid/grid.ts';
import { agreeMasks } from '../../../../src/scoring/agreement/agreeMasks.ts';
import { fQuantile } from '../../../../src/scoring/agreement/fDistribution.ts';
import { ICC_FORMS, icc } from '../../../../src/scoring/agreement/icc.ts';
import { cohenKappa, fleissKappa } from '../../../../src/scoring/agreement/kappa.ts';
import { countVotes } from '../../../../src/scoring/agreement/votes.ts';
import { typescriptKernels } from '../../../../src/scoring/kernels/typescriptKernels.ts';
import type { Measure } from '../../../../src/scoring/measure.ts';
import { readLabels, vectorsFolder } from '../vectors.ts';

const figureOf = (measure: Measure | undefined): number => (measure?.kind === 'value' ? measure.value : Number.NaN);

describe('kappa', () => {
	it('of two raters, plain and weighted, by hand and as statsmodels gives it (rule 20)', () => {
		expect(
			figureOf(
				cohenKappa([
					[20, 5],
					[10, 15],
				]),
			),
		).toBeCloseTo(0.4, 12);
		const table = [
			[44, 5, 1],
			[7, 20, 3],
			[9, 5, 6],
		];
		expect(figureOf(cohenKappa(table))).toBeCloseTo(0.49152542372881347, 12);
		expect(figureOf(cohenKappa(table, 'linear'))).toBeCloseTo(0.4736842105263158, 12);
		expect(figureOf(cohenKappa(table, 'quadratic'))).toBeCloseTo(0.4545454545454546, 12);
	});

	it('of fourteen raters is that of the published table (rule 20)', () => {
		const counts = [
			[0, 0, 0, 0, 14],
			[0, 2, 6, 4, 2],
			[0, 0, 3, 5, 6],
			[0, 3, 9, 2, 0],
			[2, 2, 8, 1, 1],
			[7, 7, 0, 0, 0],
			[3, 2, 6, 3, 0],
			[2, 5, 3, 2, 2],
			[6, 5, 2, 1, 0],
			[0, 2, 2, 3, 7],
		];
		expect(figureOf(fleissKappa(counts.map((row) => ({ counts: row, subjects: 1 }))))).toBeCloseTo(
			0.20993070442195522,
			12,
		);
	});

	it('does not exist without ratings or without variance, and refuses uneven rows', () => {
		expect(
			cohenKappa([
				[0, 0],
				[0, 0],
			]),
		).toEqual({ kind: 'undefined', reason: 'tooFew' });
		expect(
			cohenKappa([
				[9, 0],
				[0, 0],
			]),
		).toEqual({ kind: 'undefined', reason: 'noVariance' });
		expect(fleissKappa([])).toEqual({ kind: 'undefined', reason: 'tooFew' });
		expect(fleissKappa([{ counts: [3, 0], subjects: 4 }])).toEqual({ kind: 'undefined', reason: 'noVariance' });
		const uneven = [
			{ counts: [3, 0], subjects: 1 },
			{ counts: [1, 1], subjects: 1 },
		];
		expect(() => fleissKappa(uneven)).toThrow('got a row of 1, 1, expected 3 raters');
	});
});

describe('icc', () => {
	/** Shrout & Fleiss 1979, table 2: six targets, four judges. */
	const RATINGS = [
		[9, 2, 5, 8],
		[6, 1, 3, 2],
		[8, 4, 6, 8],
		[7, 1, 2, 6],
		[10, 5, 6, 9],
		[6, 2, 4, 7],
	];

	it('gives the six coefficients of Shrout and Fleiss (rule 21)', () => {
		const found = icc(RATINGS);
		expect(ICC_FORMS.map((form) => figureOf(found[form].value).toFixed(4))).toEqual([
			'0.1657',
			'0.2898',
			'0.7148',
			'0.4428',
			'0.6201',
			'0.9093',
		]);
	});

	it('gives their 95 % intervals as the R package psych prints them for the same table (rule 21)', () => {
		const found = icc(RATINGS);
		const interval = (form: (typeof ICC_FORMS)[number]) =>
			[found[form].lower, found[form].upper].map((end) => figureOf(end).toFixed(2));
		expect(ICC_FORMS.map(interval)).toEqual([
			['-0.13', '0.72'],
			['0.02', '0.76'],
			['0.34', '0.95'],
			['-0.88', '0.91'],
			['0.07', '0.93'],
			['0.68', '0.99'],
		]);
	});

	it('does not exist for one target, one rater or equal ratings, and is 1 for perfect agreement', () => {
		expect(icc([[1, 2]])['ICC(2,1)'].value).toEqual({ kind: 'undefined', reason: 'tooFew' });
		expect(icc([[1], [2]])['ICC(2,1)'].value).toEqual({ kind: 'undefined', reason: 'tooFew' });
		expect(
			icc([
				[2, 2],
				[2, 2],
			])['ICC(2,1)'].value,
		).toEqual({ kind: 'undefined', reason: 'noVariance' });
		expect(
			icc([
				[1, 1],
				[2, 2],
				[5, 5],
			])['ICC(2,1)'].value,
		).toEqual({ kind: 'value', value: 1 });
		expect(() => icc([[1, 2], [3]])).toThrow('got a row of 1 ratings, expected 2');
	});

	it('rests on quantiles of F as tables print them', () => {
		expect(fQuantile(0.95, 1, 1)).toBeCloseTo(161.4476, 3);
		expect(fQuantile(0.975, 5, 15)).toBeCloseTo(3.5764, 3);
		expect(fQuantile(0.975, 15, 5)).toBeCloseTo(6.4277, 3);
		expect(fQuantile(0.5, 7, 7)).toBeCloseTo(1, 9);
	});
});

describe('agreement of masks', () => {
	const GRID = { dims: [4, 1, 1], spacingMm: [1, 1, 1] } as const;

	it('names pairs from 1 in the order given, and counts majority and conformity (rule 22)', () => {
		const masks = [
			[1, 1, 0, 0],
			[1, 1, 1, 0],
			[0, 1, 0, 0],
		].map((bits) => Uint8Array.from(bits));
		const found = agreeMasks(masks, GRID, typescriptKernels);
		expect(Object.keys(found.pairwiseDice)).toEqual(['1-2', '1-3', '2-3']);
		expect(figureOf(found.pairwiseDice['1-2'])).toBeCloseTo(4 / 5, 12);
		expect(found.majority.voxels).toBe(2);
		expect(figureOf(found.conformity)).toBeCloseTo((2 + 1 + 1) / (3 + 2 + 3), 12);
	});

	it('of empty masks is tagged, not NaN (rule 6)', () => {
		const found = agreeMasks([new Uint8Array(4), new Uint8Array(4)], GRID, typescriptKernels);
		const text = JSON.stringify(found);
		expect(text).not.toMatch(/null|NaN/);
		expect(found.conformity).toEqual({ kind: 'undefined', reason: 'bothEmpty' });
		expect(found.staple.sensitivity[0]).toEqual({ kind: 'undefined', reason: 'noVariance' });
		expect(found.staple.voxels).toBe(0);
	});

	it('refuses no masks, too many, or masks of different lengths', () => {
		expect(() => countVotes([])).toThrow('got 0 masks, expected 1 to 16');
		expect(() => countVotes([new Uint8Array(4), new Uint8Array(5)])).toThrow('got a mask of 5 voxels, expected 4');
	});

	it.skipIf(vectorsFolder === undefined)('of the four raters is that of ITK and statsmodels (rules 20–22)', () => {
		const folder = join(vectorsFolder!, 'raters');
		const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
		const raters = (expected.files as string[]).map((file) => readLabels(join('raters', file)));
		const grid = raters[0]!.grid;
		const found = agreeMasks(
			raters.map(({ data }) => data),
			{ dims: grid.dims, spacingMm: spacingMm(grid) },
			typescriptKernels,
		);
		for (const [rater, value] of (expected.staple.sensitivity as number[]).entries()) {
			expect(figureOf(found.staple.sensitivity[rater])).toBeCloseTo(value, 9);
			expect(figureOf(found.staple.specificity[rater])).toBeCloseTo(expected.staple.specificity[rater], 9);
		}
		expect(found.staple.voxels).toBe(expected.staple['count_W_ge_0.5']);
		expect(found.staple.iterations).toBe(expected.staple.elapsed_iterations);
		expect(found.majority.voxels).toBe(expected.majority_vote_gt_half);
		for (const [pair, value] of Object.entries(expected.cohen_pairs as Record<string, number>))
			expect(figureOf(found.cohenKappa[pair.split('-').reverse().join('-')])).toBeCloseTo(value, 9);
		expect(figureOf(found.fleissKappa.whole)).toBeCloseTo(expected.fleiss_whole.formula, 9);
		expect(figureOf(found.fleissKappa.union)).toBeCloseTo(expected.fleiss_union.formula, 9);
		for (const form of ICC_FORMS)
			expect(figureOf(found.icc[form].value)).toBeCloseTo(expected.icc_slab_voxel_counts[form], 9);
	});
});
