import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { intensityQuantiles, tissueLevel } from '../../src/formats/intensityQuantiles.ts';
import type { Volume } from '../../src/formats/volume.ts';
import { cutFluid, cutRegion, viewGrid } from '../../src/mask/liveCut.ts';
import { RegionMask } from '../../src/mask/regionMask.ts';
import { FAMILY_REGIONS, type Region, type Sequence } from '../../src/protocol/protocol.ts';
import { caseRecipeSchema } from '../../src/schemas/caseRecipe.ts';
import { findingsPolicySchema } from '../../src/schemas/findingsPolicy.ts';
import { checkLive } from '../../src/scoring/live/checkLive.ts';
import type { LiveInput } from '../../src/scoring/live/live.ts';
import { openMadeCase } from './madeCase.ts';

const { limits } = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));

const recipeOf = (id: string) => caseRecipeSchema.parse(parse(readFileSync(`content/cases/${id}/case.yaml`, 'utf8')));
/** Nothing is drawn in a set for triage. */
const CASES = readdirSync('content/cases').filter((id) => recipeOf(id).use !== 'triage');

/** Volumes of ventricle drawn that are not told: 0.5 ml by the policy. */
const LEAST_ML = 1;

it.each(CASES)(
	'%s: the reference, drawn with care, leaves nothing open; drawn into fluid it does',
	{ timeout: 300_000 },
	(id) => {
		const recipe = recipeOf(id);
		const { manifest, volume } = openMadeCase(id);
		const series = new Map<Sequence, Volume>(manifest.series.map((file) => [file.sequence, volume(file)]));
		if (manifest.reference?.kind !== 'perRegion') throw new Error(`got no masks by region in ${id}, expected them`);
		const masks = new Map<Region, RegionMask>(
			manifest.reference.masks.map((file) => [file.region, maskOf(volume(file))]),
		);
		const fluid = volume(manifest.layers!.find(({ kind }) => kind === 'csf')!);
		const image = (sequence: Sequence) => {
			const { grid, data } = series.get(sequence)!;
			return { grid, data, tissue: tissueLevel(intensityQuantiles(data)) };
		};
		const [flair, t2] = [image('FLAIR'), image('T2')];
		const grids = new Map([...series].map(([sequence, { grid }]) => [sequence, viewGrid(grid)]));
		const open = () => {
			const regions = [...masks].flatMap(([region, mask]) => cutRegion(region, mask) ?? []);
			const outer = regions.find(({ region }) => region === 'WT' || region === 'ED')!;
			const input: LiveInput = {
				family: recipe.family,
				regions,
				grids,
				looked: new Map(
					[...grids].map(([sequence, { dims }]) => [sequence, new Set(Array.from({ length: dims[2] }, (_, n) => n))]),
				),
				windowed: new Set(['FLAIR']),
				margin: 'blurred',
				lesions: 1 + (recipe.tumour.more?.length ?? 0),
				importedFrom: new Map(),
				proposals: new Set(),
				noneSeen: new Set(FAMILY_REGIONS[recipe.family].filter((region) => masks.get(region)?.total === 0)),
				fluid: cutFluid(outer, flair, t2),
			};
			return checkLive(input, limits).filter(({ status }) => status === 'attention');
		};
		expect(open()).toEqual([]);

		const outer = (masks.get('WT') ?? masks.get('ED'))!;
		const leak = fluidWithin(outer, fluid.data, 10);
		outer.flip(leak);
		const ml = leak.length * (outer.volumeMl / outer.total);
		const found = open().find(({ code }) => code === 'csf');
		if (ml < LEAST_ML) return;
		expect(found).toMatchObject({ region: masks.has('WT') ? 'WT' : 'ED', where: { sequence: 'FLAIR' } });
		expect(found!.params.ml as number).toBeGreaterThan(ml * 0.3);
		expect(found!.params.ml as number).toBeLessThan(ml * 1.2);
	},
);

function maskOf({ grid, data }: Volume): RegionMask {
	const mask = new RegionMask(grid);
	for (let n = 0; n < data.length; n++) if (data[n] !== 0) mask.set(n, mask.sliceOf(n), 1);
	return mask;
}

/** Ventricles and sulci that are not drawn, within a distance of what is in the same slice. */
function fluidWithin(mask: RegionMask, fluid: ArrayLike<number>, mm: number): Uint32Array {
	const [nx, ny, slices] = mask.view.dims;
	const steps = Math.round(mm / mask.view.spacingMm[0]);
	const found: number[] = [];
	for (let slice = 0; slice < slices; slice++) {
		if (mask.sliceCounts[slice] === 0) continue;
		const near = new Set<number>();
		for (let y = 0; y < ny; y++)
			for (let x = 0; x < nx; x++) {
				if (mask.data[mask.index(x, y, slice)] === 0) continue;
				for (let dy = -steps; dy <= steps; dy++)
					for (let dx = -steps; dx <= steps; dx++) {
						const [u, v] = [x + dx, y + dy];
						if (dx * dx + dy * dy > steps * steps || u < 0 || v < 0 || u >= nx || v >= ny) continue;
						near.add(mask.index(u, v, slice));
					}
			}
		for (const element of near) if (fluid[element] !== 0 && mask.data[element] === 0) found.push(element);
	}
	return Uint32Array.from(found);
}
