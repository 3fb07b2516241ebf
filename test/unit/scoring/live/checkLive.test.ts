import { describe, expect, it } from 'vitest';
import type { RegionMask } from '../../../../src/mask/regionMask.ts';
import type { Family, Region } from '../../../../src/protocol/protocol.ts';
import type { LiveInput } from '../../../../src/scoring/live/live.ts';
import { check, faultless, GRID, liveInput, lookedAt, maskOf, open } from './liveScene.ts';

const FAMILIES = ['glioma', 'meningioma', 'metastasis'] as const;

/** What is open after one change of a faultless drawing. */
function openAfter(
	family: Family,
	draw: Partial<Record<Region, RegionMask | null>>,
	change: Partial<LiveInput> | ((input: LiveInput) => Partial<LiveInput>) = {},
) {
	const masks = faultless(family);
	for (const [region, mask] of Object.entries(draw) as [Region, RegionMask | null][])
		if (mask) masks.set(region, mask);
		else masks.delete(region);
	const input = liveInput(family, masks);
	return open({ ...input, ...(typeof change === 'function' ? change(input) : change) });
}

describe('checkLive', () => {
	it.each(FAMILIES)('has nothing to say of a faultless drawing: %s', (family) => {
		expect(open(liveInput(family, faultless(family)))).toEqual([]);
	});

	it.each(FAMILIES)('waits with everything where nothing is drawn: %s', (family) => {
		const checks = check(
			liveInput(family, new Map(), { looked: new Map(), windowed: new Set(), lesions: null, margin: null }),
		);
		expect(new Set(checks.map(({ status }) => status))).toEqual(new Set(['waiting']));
	});

	it('names at least one rule with every check', () => {
		for (const family of FAMILIES)
			for (const { rules } of check(liveInput(family, faultless(family)))) expect(rules[0]).toMatch(/^R\d/);
	});

	it('does not change its input, which survives a copy', () => {
		const input = liveInput('glioma', faultless('glioma'));
		const copy = structuredClone(input);
		expect(check(copy)).toEqual(check(input));
		expect(input).toEqual(copy);
	});
});

describe('each fault raises its check and no other', () => {
	it('a slice left out of the whole tumour: which one, and where (§6-⑧)', () => {
		const mask = maskOf([[8, 8, 2, 22, 22, 8]], [[0, 0, 5, 48, 40, 1]]);
		expect(
			openAfter('glioma', { WT: mask, TB: null, NE: null, ET: null }, { noneSeen: new Set(['ET']) }),
		).toMatchObject([
			{
				code: 'gaps',
				region: 'WT',
				rules: ['R6-8a'],
				where: { sequence: 'FLAIR', slice: 5 },
				params: { slice: 5, count: 1 },
			},
		]);
	});

	it('slices drawn one in three: all between count', () => {
		const mask = maskOf([1, 4, 7, 10].map((slice) => [8, 8, slice, 20, 20, 1] as const));
		const found = openAfter('glioma', { WT: mask, TB: null, NE: null, ET: null });
		expect(found).toMatchObject([{ code: 'gaps', params: { slice: 2, count: 6 } }]);
	});

	it('lesions above one another are not one with a gap where they lie far apart or beside each other', () => {
		const far = maskOf([
			[8, 8, 1, 8, 8, 2],
			[8, 8, 9, 8, 8, 2],
		]);
		const beside = maskOf([
			[8, 8, 1, 8, 8, 2],
			[20, 8, 4, 8, 8, 2],
		]);
		for (const WT of [far, beside]) expect(openAfter('glioma', { WT, TB: null, NE: null, ET: null })).toEqual([]);
	});

	it('a slice beyond the first that was not looked at (§6-⑧)', () => {
		const found = openAfter('glioma', {}, ({ grids }) => ({ looked: lookedAt(grids, { FLAIR: [1] }) }));
		expect(found).toMatchObject([
			{
				code: 'ends',
				region: 'WT',
				rules: ['R6-8b'],
				where: { sequence: 'FLAIR', slice: 1 },
				params: { problem: 'first', end: 2, slice: 1 },
			},
		]);
		// The middle of the lowest slice drawn: x 8 to 29, y 8 to 29.
		expect(found[0]!.where!.xyzMm).toEqual([-47 + 2 * 19, -39 + 2 * 19, 3]);
	});

	it('a slice beyond the last that was not looked at; beyond the image there is none', () => {
		expect(openAfter('glioma', {}, ({ grids }) => ({ looked: lookedAt(grids, { FLAIR: [10] }) }))).toMatchObject([
			{ code: 'ends', params: { problem: 'last', end: 9, slice: 10 } },
		]);
		const toTheTop = maskOf([[8, 8, 2, 22, 22, 10]]);
		expect(openAfter('glioma', { WT: toTheTop }, ({ grids }) => ({ looked: lookedAt(grids, { FLAIR: [0] }) }))).toEqual(
			[],
		);
	});

	it('a mask from a file that lay on another sequence (§4-①)', () => {
		expect(openAfter('glioma', {}, { importedFrom: new Map([['WT', 'T2']]) })).toMatchObject([
			{ code: 'sequence', region: 'WT', rules: ['R4-1a'], params: { sequence: 'T2', expected: 'FLAIR' } },
		]);
		expect(openAfter('glioma', {}, { importedFrom: new Map([['WT', 'FLAIR']]) })).toEqual([]);
	});

	it('the body before whole tumour and enhancing, unless these are said not to be there (§6-③)', () => {
		expect(openAfter('glioma', { WT: null, ET: null, NE: null })).toMatchObject([
			{ code: 'first', region: 'WT', rules: ['R6-3a'], params: { other: 'TB' } },
		]);
		expect(openAfter('glioma', { ET: null, NE: null }, { noneSeen: new Set(['ET']) })).toEqual([]);
		expect(openAfter('meningioma', { ED: null, NE: null })).toMatchObject([{ code: 'first', region: 'ED' }]);
	});

	it('body outside of whole tumour: the share inside (§4)', () => {
		// Seven of 24 columns lie outside, six of them beyond the tolerance of a voxel.
		const found = openAfter(
			'glioma',
			{ TB: maskOf([[13, 13, 3, 24, 12, 6]]), ET: null, NE: null },
			{ noneSeen: new Set(['ET']) },
		);
		expect(found).toMatchObject([{ code: 'nesting', region: 'TB', rules: ['R4-N1'], params: { outer: 'WT' } }]);
		expect(found[0]!.params.share).toBeCloseTo(18 / 24, 6);
		expect(found[0]!.where!.sequence).toBe('T2');
	});

	it('lesions of a metastasis outside of whole tumour', () => {
		const found = openAfter('metastasis', { WT: maskOf([[8, 8, 2, 22, 22, 8]]) });
		expect(found).toMatchObject([{ code: 'nesting', region: 'EN', params: { outer: 'WT' } }]);
	});

	it('non-enhancing outside of the body', () => {
		const found = openAfter('glioma', {
			NE: maskOf([
				[16, 16, 4, 6, 6, 4],
				[8, 16, 4, 4, 6, 4],
			]),
		});
		expect(found).toMatchObject([{ code: 'nesting', region: 'NE', rules: ['R4-4a'], params: { outer: 'TB' } }]);
		expect(found[0]!.params.share).toBeCloseTo(0.6, 6);
	});

	it('enhancing and non-enhancing on the same place (§4)', () => {
		const found = openAfter('glioma', { ET: maskOf([[13, 13, 3, 12, 12, 6]]) });
		expect(found).toMatchObject([{ code: 'overlap', rules: ['R4-N2'] }]);
		// Without the outermost pixels, four by four of six by six are left.
		expect(found[0]!.params.share).toBeCloseTo(16 / 36, 6);
	});

	it('body within the oedema of a meningioma (§5)', () => {
		const found = openAfter('meningioma', { ED: maskOf([[8, 8, 2, 22, 22, 8]]) });
		expect(found).toMatchObject([{ code: 'oedema', region: 'ED', rules: ['R5-2a'], params: { share: 1 } }]);
		expect(openAfter('glioma', { WT: maskOf([[8, 8, 2, 22, 22, 8]]) })).toEqual([]);
	});

	it('enhancing and non-enhancing that do not make the body; without non-enhancing, enhancing alone (§4)', () => {
		const thin = maskOf([[13, 13, 3, 12, 3, 6]]);
		const found = openAfter('glioma', { ET: thin });
		expect(found).toMatchObject([{ code: 'union', region: 'TB', rules: ['R4-N3'] }]);
		const [body, both] = [12 * 12 * 6, 12 * 3 * 6 + 6 * 6 * 4];
		expect(found[0]!.params.dice).toBeCloseTo((2 * both) / (body + both), 6);
		expect(openAfter('glioma', { ET: thin, NE: null }, { noneSeen: new Set(['NE']) })).toMatchObject([
			{ code: 'union' },
		]);
		expect(openAfter('glioma', { ET: thin, NE: null })).toEqual([]);
	});

	it('too little looked through before drawing (§6)', () => {
		const others = { ET: null, TB: null, NE: null };
		const seen = (but: readonly number[]) => (input: LiveInput) => {
			const looked = lookedAt(input.grids, { FLAIR: but });
			// Of two others, one slice is enough to tell that they are not the ones meant.
			for (const sequence of ['T1', 'T1C'] as const) looked.set(sequence, new Set([3]));
			return { looked };
		};
		expect(openAfter('glioma', others, seen([0]))).toEqual([]);
		const found = openAfter('glioma', others, seen([0, 11]));
		expect(found).toMatchObject([
			{
				code: 'browse',
				rules: ['R6-0'],
				where: { sequence: 'FLAIR', slice: 0 },
				params: { problem: 'one', sequence: 'FLAIR', seen: 10, slices: 12 },
			},
		]);
	});

	it('several lesions, and a slice of enhanced T1 not looked at: before the first stroke too (§6-⑥)', () => {
		const looked = (input: LiveInput) => ({ looked: lookedAt(input.grids, { T1C: [6] }) });
		expect(openAfter('metastasis', {}, looked)).toMatchObject([
			{
				code: 'browse',
				rules: ['R6-6a'],
				where: { sequence: 'T1C', slice: 6 },
				params: { problem: 'several', sequence: 'T1C', seen: 11, slices: 12 },
			},
		]);
		expect(openAfter('metastasis', { WT: null, EN: null }, looked)).toMatchObject([{ code: 'browse' }]);
		expect(openAfter('glioma', {}, looked)).toEqual([]);
	});

	it('enhancing without a look at plain T1 on its slices (§4-③)', () => {
		// Slice 3 of 3 mm lies at 9 mm: slice 6 or 7 of 1.5 mm, whose first lies at −0.75.
		const found = openAfter('glioma', {}, ({ grids }) => ({
			looked: lookedAt(grids, { T1: [5, 6, 7, 8] }),
			margin: 'sharp',
		}));
		expect(found).toMatchObject([
			{
				code: 'compare',
				region: 'ET',
				rules: ['R4-3b'],
				where: { sequence: 'T1' },
				params: { sequence: 'T1', count: 1 },
			},
		]);
		expect([6, 7]).toContain(found[0]!.where!.slice);
	});

	it('a body that is hard to tell, without a look at the other sequences (§4-②)', () => {
		const looked = ({ grids }: LiveInput) => lookedAt(grids, { T1: Array.from({ length: 24 }, (_, n) => n) });
		const found = openAfter('glioma', { ET: null, NE: null }, (input) => ({
			looked: looked(input),
			noneSeen: new Set(['ET']),
		}));
		expect(found).toMatchObject([{ code: 'compare', region: 'TB', rules: ['R4-2d'], params: { sequence: 'T1' } }]);
		expect(
			openAfter('glioma', { ET: null, NE: null }, (input) => ({
				looked: looked(input),
				noneSeen: new Set(['ET']),
				margin: 'sharp',
			})),
		).toEqual([]);
	});

	it('a blurred margin and a contrast that was never set (§6-⑤)', () => {
		expect(openAfter('glioma', {}, { windowed: new Set() })).toMatchObject([{ code: 'window', rules: ['R6-5a'] }]);
		expect(openAfter('glioma', {}, { windowed: new Set(), margin: 'sharp' })).toEqual([]);
		expect(openAfter('glioma', {}, { windowed: new Set(), margin: null })).toEqual([]);
	});

	it('another number of lesions than was counted (§6-⑥)', () => {
		expect(openAfter('metastasis', {}, { lesions: 3 })).toMatchObject([
			{ code: 'lesions', rules: ['R6-6b'], params: { told: 3, drawn: 2, problem: 'fewer' } },
		]);
		expect(openAfter('metastasis', {}, { lesions: 1 })).toMatchObject([
			{ code: 'lesions', params: { problem: 'more' } },
		]);
		// The rim of a glioma may lie in pieces.
		const pieces = maskOf([[13, 13, 3, 12, 12, 6]], [[16, 0, 0, 6, 40, 12]]);
		expect(openAfter('glioma', { ET: pieces })).toEqual([]);
	});

	it('islands of a few pixels, and holes; a ring may have its hole (§6-④)', () => {
		const islands = Array.from({ length: 9 }, (_, n) => [2 + 4 * n, 34, 4, 1, 1, 1] as const);
		expect(openAfter('glioma', { WT: maskOf([[8, 8, 2, 22, 22, 8], ...islands]) })).toMatchObject([
			{ code: 'specks', region: 'WT', rules: ['R6-4b'], where: { slice: 4 }, params: { problem: 'islands', count: 9 } },
		]);
		const holes = Array.from({ length: 9 }, (_, n) => [9 + 2 * n, 9, 4, 1, 1, 1] as const);
		expect(openAfter('glioma', { WT: maskOf([[8, 8, 2, 22, 22, 8]], holes) })).toMatchObject([
			{ code: 'specks', params: { problem: 'holes', count: 9 } },
		]);
		expect(openAfter('glioma', { WT: maskOf([[8, 8, 2, 22, 22, 8]], holes.slice(1)) })).toEqual([]);
	});

	it('a proposal of a tool that nobody went over (§6-④)', () => {
		expect(openAfter('glioma', {}, { proposals: new Set(['ET']) })).toMatchObject([
			{ code: 'proposal', region: 'ET', rules: ['R6-4b'], where: { sequence: 'T1C' } },
		]);
		expect(openAfter('glioma', { NE: null }, { proposals: new Set(['NE']) })).toEqual([]);
	});

	it('whole tumour that runs into a ventricle: volume and slices; necrosis inside is none (§6-①)', () => {
		const found = openAfter('glioma', {
			WT: maskOf([
				[8, 8, 2, 22, 22, 8],
				[30, 14, 4, 7, 10, 4],
			]),
		});
		expect(found).toMatchObject([{ code: 'csf', region: 'WT', rules: ['R6-1'], params: { from: 4, to: 7 } }]);
		expect(found[0]!.params.ml).toBeCloseTo(3 * 10 * 4 * 0.012, 6);
		expect(found[0]!.where).toMatchObject({ sequence: 'FLAIR', slice: 4 });
		const [x] = found[0]!.where!.xyzMm;
		expect((x + 47) / 2).toBeGreaterThanOrEqual(34);
	});

	it('is made of masks whatever the order they are stored in', () => {
		const lps = {
			dims: GRID.dims,
			affine: [-2, 0, 0, 47, 0, -2, 0, 39, 0, 0, -3, 33, 0, 0, 0, 1],
		};
		const mask = maskOf([[8, 8, 2, 22, 22, 8]], [[0, 0, 5, 48, 40, 1]], lps);
		const found = open(liveInput('glioma', new Map([['WT', mask]])));
		expect(found).toMatchObject([{ code: 'gaps', where: { slice: 5 } }]);
		expect(found[0]!.where!.xyzMm[2]).toBe(15);
	});
});
