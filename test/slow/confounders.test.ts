import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Volume } from '../../src/formats/volume.ts';
import { voxelVolumeMl } from '../../src/grid/grid.ts';
import { acquire, goldLayer, goldMask, layerEntry, type MadeLayer, measurable } from '../../src/phantom/acquire.ts';
import { unpackAnatomy } from '../../src/phantom/anatomy.ts';
import { addConfounders } from '../../src/phantom/confounders.ts';
import { type Head, makeHead } from '../../src/phantom/head.ts';
import { layersOf } from '../../src/phantom/makeCase.ts';
import { letSpread, type TissueMap } from '../../src/phantom/spread.ts';
import { makeTissueMap } from '../../src/phantom/tissueMap.ts';
import { makeTumour } from '../../src/phantom/tumour.ts';
import { type CaseRecipe, caseRecipeSchema } from '../../src/schemas/caseRecipe.ts';
import { findingsPolicySchema } from '../../src/schemas/findingsPolicy.ts';
import { findFindings } from '../../src/scoring/findings/findFindings.ts';
import { fastestKernels } from '../../src/scoring/kernels/fastestKernels.ts';
import { statistics } from '../unit/phantom/statistics.ts';

const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
const policy = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));
const ring = caseRecipeSchema.parse(parse(readFileSync('content/cases/ring-01/case.yaml', 'utf8')));

/** The ring-enhancing glioma, all sequences on one grid of larger voxels. */
const stack = { ...ring.sequences.FLAIR, matrix: [128, 128] as [number, number], pixelMm: 1.875 };
const sequences = { FLAIR: stack, T2: stack, T1: stack, T1C: stack, DWI: { ...stack, bValue: 1000 } };
const NONE = { leukoaraiosis: 0, lacunes: 0, infarcts: 0 };
const ALL = { leukoaraiosis: 2.2, lacunes: 3, infarcts: 1 };
const recipeWith = (confounders: CaseRecipe['confounders']): CaseRecipe => ({ ...ring, sequences, confounders });
const without = recipeWith(NONE);
const tumour = makeTumour(without);
let head: Head;
let grown: TissueMap;

beforeAll(() => {
	head = makeHead(without, anatomy);
	grown = letSpread(makeTissueMap(without, head, tumour), without, tumour);
}, 240_000);

const mapOf = (recipe: CaseRecipe) => addConfounders(grown, recipe, head.surfaceMm);
const layerOf = (map: TissueMap, layer: MadeLayer) => goldLayer(map, without, layer, tumour.nearest);
const numbersOf = ({ data }: Volume) => [...new Set(data)].filter((value) => value !== 0).sort((a, b) => a - b);

describe('confounders', { timeout: 240_000 }, () => {
	it('leave gold and all other layers as they were, and the images where the tumour is', () => {
		const recipe = recipeWith(ALL);
		const map = mapOf(recipe);
		expect(mapOf(without)).toBe(grown);
		for (const region of ['WT', 'ET', 'TB', 'NE'] as const)
			expect(goldMask(map, recipe, region).data, region).toEqual(goldMask(grown, without, region).data);
		const others = layersOf(recipe).filter((layer) => layer !== 'confounders');
		expect(others).toEqual(layersOf(without));
		for (const layer of others) expect(layerOf(map, layer).data, layer).toEqual(layerOf(grown, layer).data);
		const { data: wt } = goldMask(grown, without, 'WT');
		const { data: before } = acquire(measurable(grown, without), without, 'FLAIR');
		const { data: after } = acquire(measurable(map, recipe), recipe, 'FLAIR');
		expect(wt.every((value, n) => value === 0 || before[n] === after[n])).toBe(true);
		expect(before.some((value, n) => value !== after[n])).toBe(true);
		const { data: layer, grid } = layerOf(map, 'confounders');
		const steps = [1, grid.dims[0], grid.dims[0] * grid.dims[1]];
		const beside = (n: number) => steps.some((step) => wt[n - step] === 1 || wt[n + step] === 1);
		expect(layer.some((value, n) => value !== 0 && (wt[n] === 1 || beside(n)))).toBe(false);
	});

	it('are as many as asked for, each of the size of its kind', () => {
		const volumes = (confounders: typeof NONE) => {
			const layer = layerOf(mapOf(recipeWith(confounders)), 'confounders');
			const ml = voxelVolumeMl(layer.grid);
			return numbersOf(layer).map((number) => layer.data.filter((value) => value === number).length * ml);
		};
		const lacunes = volumes({ ...NONE, lacunes: 3 });
		expect(lacunes).toHaveLength(3);
		// A ball of 15 mm has 1.8 ml.
		expect(Math.max(...lacunes)).toBeLessThan(1.8);
		expect(Math.min(...lacunes)).toBeGreaterThan(0.1);
		const [infarct, ...more] = volumes({ ...NONE, infarcts: 1 });
		expect(more.filter((ml) => ml > 1)).toEqual([]);
		expect(infarct).toBeGreaterThan(3);
		expect(infarct).toBeLessThan(30);
		const total = [1, 2, 3].map((leukoaraiosis) =>
			volumes({ ...NONE, leukoaraiosis }).reduce((sum, ml) => sum + ml, 0),
		);
		expect(total).toEqual([...total].sort((a, b) => a - b));
		expect(total[0]).toBeGreaterThan(0.5);
	});

	/** The sequence that tells each from oedema best, and on which side of it it lies. */
	it.each([
		['leukoaraiosis', 'T1', 1],
		['lacunes', 'FLAIR', -1],
		['infarcts', 'T1C', -1],
	] as const)('%s can be told from oedema on %s, and from what enhances', (kind, sequence, side) => {
		const recipe = recipeWith({ ...NONE, [kind]: ALL[kind] });
		const map = mapOf(recipe);
		const from = measurable(map, recipe);
		const { data: layer } = layerOf(map, 'confounders');
		const [wt, et, tb] = (['WT', 'ET', 'TB'] as const).map((region) => goldMask(map, recipe, region).data);
		const seenOn = (name: 'T1' | 'T1C' | 'FLAIR' | 'DWI') => {
			const image = acquire(from, recipe, name);
			return {
				own: statistics(image, (n) => layer[n] !== 0),
				oedema: statistics(image, (n) => wt![n] === 1 && tb![n] === 0),
				enhancing: statistics(image, (n) => et![n] === 1),
			};
		};
		/** Difference of the means in standard deviations. */
		const apart = (a: ReturnType<typeof statistics>, b: typeof a) =>
			(a.mean - b.mean) / Math.sqrt((a.deviation ** 2 + b.deviation ** 2) / 2);
		const best = seenOn(sequence);
		expect(side * apart(best.own, best.oedema)).toBeGreaterThan(1.8);
		const after = seenOn('T1C');
		expect(apart(after.own, after.enhancing)).toBeLessThan(-2.5);
		expect(after.own.mean / seenOn('T1').own.mean).toBeLessThan(1.1);
		// White matter is near 300, grey matter near 400 on DWI.
		expect(seenOn('DWI').own.mean).toBeLessThan(400);
		if (kind === 'leukoaraiosis') expect(seenOn('FLAIR').own.mean).toBeGreaterThan(1.35 * 300);
	});

	/** Beyond these, confounders may only be taken for what enhances: they belong to another layer. */
	it.each([
		['haemorrhages', { haemorrhages: 2 }, 1, 'T1', 1],
		['veins', { veins: 2 }, 2, 'T2', -1],
		['smooth dura', { duraMm: 1.8 }, 2, 'FLAIR', -1],
	] as const)(
		'%s are no gold, can be told from what enhances, and drawn as such are found',
		(_, asked, value, on, side) => {
			const recipe = recipeWith({ ...NONE, ...asked });
			const map = mapOf(recipe);
			const regions = (['WT', 'ET', 'TB', 'NE'] as const).map((region) => ({
				region,
				...goldMask(map, recipe, region),
			}));
			for (const { region, data } of regions) expect(data, region).toEqual(goldMask(grown, without, region).data);
			const layer = layerOf(map, 'notEnhancing');
			const { data: before } = layerOf(grown, 'notEnhancing');
			const own = (n: number) => layer.data[n] === value && before[n] !== value;
			expect(before.every((was, n) => was === 0 || layer.data[n] === was)).toBe(true);
			const added = layer.data.filter((_, n) => own(n)).length * voxelVolumeMl(layer.grid);
			expect(added).toBeGreaterThan(policy.limits.notEnhancing.ml);

			const from = measurable(map, recipe);
			const { data: et } = regions[1]!;
			const image = acquire(from, recipe, on);
			const [a, b] = [statistics(image, own), statistics(image, (n) => et[n] === 1)];
			const apart = (a.mean - b.mean) / Math.sqrt((a.deviation ** 2 + b.deviation ** 2) / 2);
			expect(side * apart).toBeGreaterThan(1.8);
			// After contrast medium they are brighter than white matter, as tumour is.
			const after = acquire(from, recipe, 'T1C');
			expect(statistics(after, own).mean).toBeGreaterThan(1.05 * 300);

			const layers = layersOf(recipe).map((name) => {
				const { grid, data } = layerOf(map, name);
				return { ...layerEntry(name), grid, labels: data };
			});
			const numbered = layers.find(({ kind }) => kind === 'confounders');
			expect(numbered ? numbersOf({ grid: numbered.grid, data: numbered.labels }) : []).toEqual(
				'haemorrhages' in asked ? [1, 2] : [],
			);
			const drawn = regions.map(({ region, grid, data }) => ({
				region,
				grid,
				reference: data,
				prediction: region === 'ET' ? data.map((was, n) => (own(n) ? 1 : was)) : data.slice(),
			}));
			const { list } = findFindings(
				{ family: 'glioma', regions: drawn, layers, log: [], files: null },
				policy,
				fastestKernels,
			);
			expect(list.map(({ code }) => code)).toContain('E20');
		},
	);

	it('are all there in the built-in case', () => {
		const lymphoma = caseRecipeSchema.parse(parse(readFileSync('content/cases/lym-02/case.yaml', 'utf8')));
		const shape = makeTumour(lymphoma);
		const own = makeHead(lymphoma, anatomy);
		const bare = letSpread(makeTissueMap(lymphoma, own, shape), lymphoma, shape);
		const partsMl = (changes: Partial<typeof NONE>) => {
			const recipe = { ...lymphoma, confounders: { ...NONE, ...changes } };
			const map = addConfounders(bare, recipe, own.surfaceMm);
			const { grid, data } = goldLayer(map, recipe, 'confounders', shape.nearest);
			return numbersOf({ grid, data }).map(
				(number) => data.filter((value) => value === number).length * voxelVolumeMl(grid),
			);
		};
		const { leukoaraiosis, lacunes, infarcts } = lymphoma.confounders!;
		expect(partsMl({ lacunes })).toHaveLength(lacunes);
		expect(Math.max(...partsMl({ infarcts }))).toBeGreaterThan(1);
		expect(partsMl({ leukoaraiosis }).reduce((sum, ml) => sum + ml, 0)).toBeGreaterThan(15);
	});

	it('drawn as tumour are each found, and a perfect drawing has no finding', () => {
		const recipe = recipeWith(ALL);
		const map = mapOf(recipe);
		const layers = layersOf(recipe).map((layer) => {
			const { grid, data } = layerOf(map, layer);
			return { ...layerEntry(layer), grid, labels: data };
		});
		const gold = (['WT', 'ET', 'TB', 'NE'] as const).map((region) => ({ region, ...goldMask(map, recipe, region) }));
		const found = (wt: Uint8Array) => {
			const regions = gold.map(({ region, grid, data }) => ({
				region,
				grid,
				reference: data,
				prediction: region === 'WT' ? wt : data.slice(),
			}));
			return findFindings({ family: 'glioma', regions, layers, log: [], files: null }, policy, fastestKernels).list;
		};
		const { data } = gold[0]!;
		expect(found(data.slice())).toEqual([]);
		const { labels } = layers.find(({ kind }) => kind === 'confounders')!;
		const numbers = numbersOf({ grid: gold[0]!.grid, data: labels });
		expect(numbers).toEqual(numbers.map((_, n) => n + 1));
		expect(numbers.length).toBeGreaterThan(4);
		for (const number of numbers) {
			const list = found(data.map((value, n) => (labels[n] === number ? 1 : value)));
			expect(list.filter(({ code }) => code === 'E08')).toMatchObject([
				{ hardFail: 'HF5', region: 'WT', params: { confounder: number } },
			]);
		}
	});
});
