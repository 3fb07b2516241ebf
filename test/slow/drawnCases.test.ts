import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import difficultyFile from '../../content/policy/difficulty.json' with { type: 'json' };
import type { Volume } from '../../src/formats/volume.ts';
import { readBank } from '../../src/node/readBank.ts';
import { layerEntry } from '../../src/phantom/acquire.ts';
import { unpackAnatomy } from '../../src/phantom/anatomy.ts';
import { gradeDifficulty } from '../../src/phantom/difficulty.ts';
import { drawRecipe } from '../../src/phantom/drawRecipe.ts';
import { makeCase } from '../../src/phantom/makeCase.ts';
import { gatherParts, measureCase } from '../../src/phantom/measureCase.ts';
import { DIFFICULTIES, FAMILIES, isMeningeal, type Region } from '../../src/protocol/protocol.ts';
import { difficultyPolicySchema } from '../../src/schemas/difficultyPolicy.ts';
import { findingsPolicySchema } from '../../src/schemas/findingsPolicy.ts';
import { findFindings } from '../../src/scoring/findings/findFindings.ts';
import type { ReferenceLayer } from '../../src/scoring/findings/finding.ts';
import { resampleLabels } from '../../src/scoring/findings/resample.ts';
import { fastestKernels } from '../../src/scoring/kernels/fastestKernels.ts';

const bank = await readBank(new URL('../../content', import.meta.url).pathname);

const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
const policy = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));
const difficultyPolicy = difficultyPolicySchema.parse(difficultyFile);
/** Each takes some ten seconds to make. */
const SEEDS = [11, 12];

const rows: string[] = [];
let met = 0;

const count = (mask: ArrayLike<number>) => {
	let sum = 0;
	for (let n = 0; n < mask.length; n++) if (mask[n] !== 0) sum++;
	return sum;
};

describe.each(FAMILIES)('drawn cases: %s', (family) => {
	it.each(DIFFICULTIES.flatMap((difficulty) => SEEDS.map((seed) => [difficulty, seed] as const)))(
		'%s, seed %i: gold keeps the rules, drawn as it is breaks none, and its difficulty is measured',
		{ timeout: 300_000 },
		(difficulty, seed) => {
			const recipe = drawRecipe(bank, family, difficulty, seed);
			const masks = new Map<Region, Volume>();
			const layers: ReferenceLayer[] = [];
			const parts = gatherParts();
			for (const each of makeCase(recipe, anatomy)) {
				parts.add(each);
				const { grid, data } = each.volume;
				if (each.kind === 'series') expect(count(data)).toBeGreaterThan(data.length / 20);
				if (each.kind === 'reference') masks.set(each.region, each.volume);
				if (each.kind === 'layer') {
					layers.push({ ...layerEntry(each.layer), grid, labels: data as Uint8Array });
				}
			}
			const of = (region: Region) => masks.get(region)!;
			/** Voxels of one mask that lie in another, on the grid of the first. */
			const within = (inner: Volume, outer: { grid: Volume['grid']; data: Volume['data'] }) => {
				const there = resampleLabels(outer.data as Uint8Array, outer.grid, inner.grid);
				return count(inner.data) === 0
					? 1
					: count(there.map((value, n) => value && Number(inner.data[n] !== 0))) / count(inner.data);
			};
			/** Share of the second mask that is in the first too, on the grid of the first. */
			const shared = (first: Volume, second: Volume) => {
				const there = resampleLabels(second.data as Uint8Array, second.grid, first.grid);
				return count(there.map((value, n) => value && Number(first.data[n] !== 0))) / count(there);
			};
			const csf = layers.find(({ kind }) => kind === 'csf')!;
			const outer = of(isMeningeal(family) ? 'ED' : 'WT');
			expect(within(outer, { grid: csf.grid, data: csf.labels })).toBeLessThan(0.03);
			if (family === 'glioma') {
				// The two lie on grids of their own, 4 mm thick: their ends do not meet in one slice.
				expect(within(of('TB'), of('WT'))).toBeGreaterThan(0.9);
				expect(count(of('ET').data.map((value, n) => value && of('NE').data[n]!) as Uint8Array)).toBe(0);
			}
			// Of the body, as the rule counts it (R5-2a): of a thin rim of oedema its ends alone are more.
			if (isMeningeal(family)) expect(shared(of('ED'), of('TB'))).toBeLessThan(0.05);
			if (family === 'metastasis' || family === 'pcnsl') {
				const { labels } = layers.find(({ kind }) => kind === 'lesions')!;
				expect(count(labels)).toBe(count(of('EN').data));
				expect(new Set(labels).size - 1).toBe(1 + (recipe.tumour.more?.length ?? 0));
			}
			const regions = [...masks].map(([region, { grid, data }]) => {
				const reference = data as Uint8Array;
				return { region, grid, reference, prediction: reference.slice() };
			});
			const { list } = findFindings({ family, regions, layers, log: [], files: null }, policy, fastestKernels);
			expect(list.map(({ code, region, magnitude }) => `${code} ${region} ${magnitude.value.toFixed(2)}`)).toEqual([]);

			const measured = gradeDifficulty(measureCase(parts, recipe)!, difficultyPolicy);
			const points = Object.entries(measured.points).map(([name, most]) => `${name} ${most}`);
			rows.push(
				`| ${family} | ${difficulty} | ${seed} | ${measured.difficulty} | ${measured.score} | ${points.join(', ')} |`,
			);
			if (measured.difficulty === difficulty) met++;
			// What was asked for as easy is never hard, and the other way round.
			expect(Math.abs(DIFFICULTIES.indexOf(measured.difficulty) - DIFFICULTIES.indexOf(difficulty))).toBeLessThan(2);
		},
	);
});

it('drawn cases are mostly as hard as they were asked for', () => {
	expect(met).toBeGreaterThanOrEqual(0.8 * FAMILIES.length * DIFFICULTIES.length * SEEDS.length);
});

afterAll(() => console.log(['| family | asked | seed | measured | points | of |', ...rows].join('\n')));
