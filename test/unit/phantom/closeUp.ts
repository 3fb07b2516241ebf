import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import type { Volume } from '../../../src/formats/volume.ts';
import { ijkToXyz, voxelVolumeMl } from '../../../src/grid/grid.ts';
import { acquire, adcMap, goldLayer, goldMask, layerEntry, measurable } from '../../../src/phantom/acquire.ts';
import { unpackAnatomy } from '../../../src/phantom/anatomy.ts';
import { makeHead } from '../../../src/phantom/head.ts';
import { layersOf, regionsOf } from '../../../src/phantom/makeCase.ts';
import { TISSUE_INDEX } from '../../../src/phantom/mixture.ts';
import { WHOLE } from '../../../src/phantom/shares.ts';
import { letSpread } from '../../../src/phantom/spread.ts';
import { stackGrid } from '../../../src/phantom/stackGrid.ts';
import { makeTissueMap } from '../../../src/phantom/tissueMap.ts';
import type { TissueName } from '../../../src/phantom/tissues.ts';
import { makeTumour, placedTumour } from '../../../src/phantom/tumour.ts';
import type { Region, Sequence } from '../../../src/protocol/protocol.ts';
import { type CaseRecipe, caseRecipeSchema, type Stack } from '../../../src/schemas/caseRecipe.ts';
import { findingsPolicySchema } from '../../../src/schemas/findingsPolicy.ts';
import { findFindings } from '../../../src/scoring/findings/findFindings.ts';
import { fastestKernels } from '../../../src/scoring/kernels/fastestKernels.ts';
import { statistics } from './statistics.ts';

const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
const policy = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));

/** The recipe of a built-in case. */
export function builtIn(id: string): CaseRecipe {
	return caseRecipeSchema.parse(parse(readFileSync(`content/cases/${id}/case.yaml`, 'utf8')));
}

/**
 * The surroundings of a case's first lesion, every sequence on one grid of small voxels without shading: what each tissue
 * looks like, and its gold.
 */
export function closeUp(written: CaseRecipe) {
	const head = makeHead(written, anatomy);
	const placed = placedTumour(written, head.surfaceMm);
	const stack: Stack = {
		matrix: [42, 42],
		slices: 42,
		pixelMm: 1.8,
		sliceMm: 1.8,
		gapMm: 0,
		tiltDeg: 0,
		centreMm: placed.tumour.centreMm,
		stored: 'RAS',
		snr: 40,
		shading: 0,
	};
	const sequences = { FLAIR: stack, T2: stack, T1: stack, T1C: stack, DWI: { ...stack, bValue: 1000 } };
	const recipe = { ...placed, sequences };
	const tumour = makeTumour(recipe);
	const map = letSpread(makeTissueMap(recipe, head, tumour), recipe, tumour);
	const from = measurable(map, recipe);
	const grid = stackGrid(stack);
	const { box, starts, tissue, share } = map.shares;
	const [nx, ny] = grid.dims;

	/** Share of a tissue at the middle of each voxel. */
	const shareOf = (name: TissueName) =>
		Float64Array.from({ length: nx * ny * grid.dims[2] }, (_, n) => {
			const place = ijkToXyz(grid, [n % nx, Math.floor(n / nx) % ny, Math.floor(n / (nx * ny))]);
			const [i, j, k] = place.map((mm, axis) => Math.round(mm - box.originMm[axis]!)) as [number, number, number];
			const voxel = i + box.dims[0] * (j + box.dims[1] * k);
			for (let m = starts[voxel]!; m < starts[voxel + 1]!; m++)
				if (tissue[m] === TISSUE_INDEX[name]) return share[m]! / WHOLE;
			return 0;
		});
	const images = new Map<Sequence, Volume>();
	const image = (sequence: Sequence): Volume => {
		const made =
			images.get(sequence) ??
			(sequence === 'ADC' ? adcMap(from, recipe, image('DWI')) : acquire(from, recipe, sequence));
		images.set(sequence, made);
		return made;
	};
	const gold = (region: Region) => goldMask(map, recipe, region).data;
	const layer = (name: Parameters<typeof goldLayer>[2]) => goldLayer(map, recipe, name, tumour.nearest).data;
	return {
		voxelMl: voxelVolumeMl(grid),
		shareOf,
		gold,
		layer,
		/** Mean of a sequence where a test holds, over white matter's; of ADC in 10⁻³ mm²/s. */
		mean: (sequence: Sequence, test: (n: number) => boolean) =>
			statistics(image(sequence), test).mean / (sequence === 'ADC' ? 1000 : 300),
		/** Standard deviation of a sequence within a tissue, over white matter's mean. */
		spread: (sequence: Sequence, part: TissueName) => {
			const share = shareOf(part);
			return statistics(image(sequence), (n) => share[n]! > 0.95).deviation / 300;
		},
		/** Codes and regions of what is found where each region is drawn as `drawn` has it, else as its gold. */
		findings: (drawn: Partial<Record<Region, Uint8Array>> = {}) => {
			const layers = layersOf(recipe).map((name) => ({ ...layerEntry(name), grid, labels: layer(name) }));
			const regions = regionsOf(recipe).map((region) => {
				const reference = gold(region);
				return { region, grid, reference, prediction: drawn[region] ?? reference.slice() };
			});
			const { family } = recipe;
			const { list } = findFindings({ family, regions, layers, log: [], files: null }, policy, fastestKernels);
			return list.map(({ code, region }) => `${code} ${region}`);
		},
	};
}
