import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Volume } from '../../../src/formats/volume.ts';
import { layerEntry } from '../../../src/phantom/acquire.ts';
import { unpackAnatomy } from '../../../src/phantom/anatomy.ts';
import { layersOf, makeCase, regionsOf } from '../../../src/phantom/makeCase.ts';
import { caseRecipeSchema } from '../../../src/schemas/caseRecipe.ts';
import { findingsPolicySchema } from '../../../src/schemas/findingsPolicy.ts';
import { findFindings } from '../../../src/scoring/findings/findFindings.ts';
import { fastestKernels } from '../../../src/scoring/kernels/fastestKernels.ts';

const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
const policy = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));
const written = caseRecipeSchema.parse(parse(readFileSync('content/cases/ring-03/case.yaml', 'utf8')));
/** All sequences on one grid of larger voxels. */
const stack = { ...written.sequences.FLAIR, matrix: [128, 128] as [number, number], pixelMm: 1.875 };
const recipe = {
	...written,
	sequences: { FLAIR: stack, T2: stack, T1: stack, T1C: stack, DWI: { ...stack, bValue: 1000 } },
};

const made: Record<string, Volume> = {};
const of = (name: string) => made[name]!;
/** Whether the same place on the other side is in the whole tumour and this one is not: healthy brain. */
const across = (n: number) => {
	const [nx] = of('WT').grid.dims;
	return of('WT').data[n] === 0 && of('WT').data[n - (n % nx) + nx - 1 - (n % nx)] === 1 && of('FLAIR').data[n]! > 200;
};
const mean = (image: string, test: (n: number) => boolean) => {
	const values = [...of(image).data].filter((_, n) => test(n));
	return values.reduce((sum, value) => sum + value, 0) / values.length;
};

beforeAll(() => {
	for (const each of makeCase(recipe, anatomy))
		made[each.kind === 'series' ? each.sequence : each.kind === 'reference' ? each.region : each.layer] = each.volume;
}, 240_000);

describe('a glioma that does not enhance', { timeout: 60_000 }, () => {
	it('has a whole tumour and an empty enhancing region, and no other', () => {
		expect(regionsOf(recipe)).toEqual(['WT', 'ET']);
		expect(layersOf(recipe)).toEqual(['csf', 'notEnhancing', 'uncertainWT']);
		expect(Object.keys(made)).toHaveLength(11);
		expect(of('ET').data.some((value) => value !== 0)).toBe(false);
		expect(of('WT').data.filter((value) => value !== 0).length * 0.0140625).toBeGreaterThan(25);
	});

	it('is bright on FLAIR and no brighter after contrast medium than brain', () => {
		const inside = (n: number) => of('WT').data[n] === 1;
		const sure = (n: number) => inside(n) && of('uncertainWT').data[n] !== 1;
		expect(mean('FLAIR', sure)).toBeGreaterThan(1.4 * mean('FLAIR', across));
		expect(mean('T1C', inside)).toBeLessThan(300);
		expect(mean('T1C', inside) / mean('T1', inside)).toBeLessThan(1.12);
	});

	it('fades: the uncertain margin lies between tumour and brain in signal', () => {
		const margin = (n: number) => of('uncertainWT').data[n] === 1;
		const sure = (n: number) => of('WT').data[n] === 1 && !margin(n);
		const ml = of('uncertainWT').data.filter((value) => value === 1).length * 0.0140625;
		expect(ml).toBeGreaterThan(5);
		expect(mean('FLAIR', margin)).toBeLessThan(0.95 * mean('FLAIR', sure));
		expect(mean('FLAIR', margin)).toBeGreaterThan(1.05 * 300);
	});

	it('drawn as the reference has it has no finding, and anything drawn as enhancing has', () => {
		const layers = layersOf(recipe).map((layer) => {
			const { grid, data } = of(layer);
			return { ...layerEntry(layer), grid, labels: data as Uint8Array };
		});
		const findings = (et: Uint8Array) => {
			const regions = regionsOf(recipe).map((region) => {
				const { grid, data } = of(region);
				const reference = data as Uint8Array;
				return { region, grid, reference, prediction: region === 'ET' ? et : reference.slice() };
			});
			return findFindings({ family: 'glioma', regions, layers, log: [], files: null }, policy, fastestKernels).list;
		};
		expect(findings(of('ET').data.slice() as Uint8Array)).toEqual([]);
		expect(findings(of('WT').data.slice() as Uint8Array).map(({ region }) => region)).toContain('ET');
	});
});
