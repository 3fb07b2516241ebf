import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Volume } from '../../../src/formats/volume.ts';
import { ijkToXyz } from '../../../src/grid/grid.ts';
import {
	acquire,
	adcMap,
	goldLayer,
	goldMask,
	layerEntry,
	type Measurable,
	measurable,
} from '../../../src/phantom/acquire.ts';
import { unpackAnatomy } from '../../../src/phantom/anatomy.ts';
import { distanceFrom } from '../../../src/phantom/distanceFrom.ts';
import { makeHead } from '../../../src/phantom/head.ts';
import { layersOf } from '../../../src/phantom/makeCase.ts';
import { TISSUE_INDEX as T } from '../../../src/phantom/mixture.ts';
import { WHOLE } from '../../../src/phantom/shares.ts';
import { letSpread } from '../../../src/phantom/spread.ts';
import { makeTissueMap } from '../../../src/phantom/tissueMap.ts';
import { TISSUE_NAMES } from '../../../src/phantom/tissues.ts';
import { makeTumour } from '../../../src/phantom/tumour.ts';
import { caseRecipeSchema } from '../../../src/schemas/caseRecipe.ts';
import { findingsPolicySchema } from '../../../src/schemas/findingsPolicy.ts';
import { findFindings } from '../../../src/scoring/findings/findFindings.ts';
import { fastestKernels } from '../../../src/scoring/kernels/fastestKernels.ts';
import { statistics } from './statistics.ts';

const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
const policy = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));
const written = caseRecipeSchema.parse(parse(readFileSync('content/cases/lym-01/case.yaml', 'utf8')));
/** The built-in case, every sequence on the grid of its diffusion imaging. */
const { DWI } = written.sequences;
const { bValue: _, ...stack } = DWI;
const recipe = { ...written, sequences: { FLAIR: stack, T2: stack, T1: stack, T1C: stack, DWI } };
const tumour = makeTumour(recipe);

let from: Measurable;
let body: Volume & { readonly data: Uint8Array };
let oedema: readonly boolean[];
let grey: readonly boolean[];

beforeAll(() => {
	const map = letSpread(makeTissueMap(recipe, makeHead(recipe, anatomy), tumour), recipe, tumour);
	from = measurable(map, recipe);
	body = goldMask(map, recipe, 'EN');
	oedema = [...goldMask(map, recipe, 'WT').data].map((value, n) => value === 1 && body.data[n] === 0);
	const { box, starts, tissue, share } = map.shares;
	const [nx, ny] = body.grid.dims;
	grey = [...body.data].map((_, n) => {
		const place = ijkToXyz(body.grid, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]);
		const at = place.map((mm, axis) => Math.round(mm - box.originMm[axis]!)) as [number, number, number];
		if (at.some((i, axis) => i < 0 || i >= box.dims[axis]!)) return false;
		const voxel = at[0] + box.dims[0] * (at[1] + box.dims[1] * at[2]);
		let sum = 0;
		for (let m = starts[voxel]!; m < starts[voxel + 1]!; m++)
			if (tissue[m] === T.grey || tissue[m] === T.deepGrey) sum += share[m]!;
		return sum >= 0.95 * WHOLE;
	});
}, 240_000);

const inBody = (n: number) => body.data[n] === 1;

describe('a lymphoma', { timeout: 240_000 }, () => {
	it('has lesions that make up its region, beside the ventricles or in deep white matter', () => {
		const { data } = goldLayer(from.map, recipe, 'lesions', tumour.nearest);
		const sizes = [1, 2, 3, 4].map((lesion) => data.filter((value) => value === lesion).length);
		expect(Math.min(...sizes)).toBeGreaterThan(20);
		expect(Math.max(...sizes)).toBe(sizes[0]);
		expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(body.data.filter((value) => value === 1).length);
		const chamberMm = distanceFrom(from.map.shares, TISSUE_NAMES, ['ventricle']);
		const [nx, ny] = body.grid.dims;
		const nearest = [1, 2, 3, 4].map((lesion) => {
			let least = Number.POSITIVE_INFINITY;
			for (let n = 0; n < data.length; n++) {
				if (data[n] !== lesion) continue;
				const ijk = [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))] as const;
				least = Math.min(least, chamberMm(...ijkToXyz(body.grid, ijk)));
			}
			return least;
		});
		expect(nearest[0]).toBeLessThan(3);
		expect(Math.max(...nearest)).toBeLessThan(15);
	});

	it('enhances evenly, without a dead middle', () => {
		const { mean, deviation } = statistics(acquire(from, recipe, 'T1C'), inBody);
		expect(mean).toBeGreaterThan(1.35 * 300);
		expect(deviation / mean).toBeLessThan(0.16);
		for (const name of ['necrosis', 'blood'] as const) expect(from.map.shares.planes[T[name]]).toBeUndefined();
	});

	it('holds water back: ADC below that of grey matter and within the range of patients, bright on DWI', () => {
		const dwi = acquire(from, recipe, 'DWI');
		const adc = adcMap(from, recipe, dwi);
		const [own, cortex] = [statistics(adc, inBody), statistics(adc, (n) => grey[n]!)];
		expect(own.mean).toBeLessThan(0.9 * cortex.mean);
		// 0.630 ± 0.155 · 10⁻³ mm²/s in ten patients. Source: Toh et al. 2008, DOI 10.3174/ajnr.A0872.
		expect(Math.abs(own.mean - 630)).toBeLessThan(155);
		expect(statistics(dwi, inBody).mean).toBeGreaterThan(1.1 * statistics(dwi, (n) => grey[n]!).mean);
		console.log(
			own,
			cortex,
			statistics(dwi, inBody),
			statistics(dwi, (n) => grey[n]!),
		);
	});

	it('is darker than its oedema on T2 and FLAIR', () => {
		for (const sequence of ['T2', 'FLAIR'] as const) {
			const image = acquire(from, recipe, sequence);
			expect(statistics(image, inBody).mean).toBeLessThan(0.85 * statistics(image, (n) => oedema[n]!).mean);
		}
	});

	it('drawn as the reference has it has no finding', () => {
		const layers = layersOf(recipe).map((layer) => {
			const { grid, data } = goldLayer(from.map, recipe, layer, tumour.nearest);
			return { ...layerEntry(layer), grid, labels: data };
		});
		const regions = (['WT', 'EN'] as const).map((region) => {
			const { grid, data } = goldMask(from.map, recipe, region);
			return { region, grid, reference: data, prediction: data.slice() };
		});
		const { list } = findFindings({ family: 'pcnsl', regions, layers, log: [], files: null }, policy, fastestKernels);
		expect(list).toEqual([]);
	});
});
