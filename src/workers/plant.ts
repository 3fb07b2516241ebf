import type { Result } from '../formats/issue.ts';
import { type Grid, sameGrid } from '../grid/grid.ts';
import { plantedInput, planterFor } from '../phantom/plant/plant.ts';
import { patientOf } from '../protocol/maskName.ts';
import { FAMILY_REGIONS, REGION_SEQUENCE, type Region, type Sequence } from '../protocol/protocol.ts';
import type { RepairTask } from '../schemas/attempt.ts';
import { findFindings } from '../scoring/findings/findFindings.ts';
import type { FindingCode } from '../scoring/findings/finding.ts';
import { fastestKernels } from '../scoring/kernels/fastestKernels.ts';
import type { CaseSource } from './caseSource.ts';
import { findingsPolicy } from './policies.ts';
import { readLayers, readReferences } from './readReference.ts';

/** The drawing of one region that is to be repaired. */
export interface PlantedRegion {
	readonly region: Region;
	/** One byte a voxel, as it stands at the start. */
	readonly data: Uint8Array;
	/** Elements that the error drew, and those that it left out. */
	readonly drawn: Uint32Array;
	readonly leftOut: Uint32Array;
}

/** A drawing with one error in it. */
export interface Planted {
	/** Rules that the error breaks. */
	readonly rules: readonly string[];
	readonly masks: readonly PlantedRegion[];
	/** What is found wrong in it. */
	readonly found: readonly { readonly code: FindingCode; readonly region: Region }[];
}

/**
 * Draws a case with an error of one type in its voxels. Null where the case cannot carry it, or where it would lie in a
 * file or in a log instead.
 *
 * @param grids grid of each sequence that is drawn on, as `loadSeries` gave them
 */
export async function plantError(
	source: CaseSource,
	{ error, seed }: Pick<RepairTask, 'error' | 'seed'>,
	grids: ReadonlyMap<Sequence, Grid>,
	signal: AbortSignal,
): Promise<Result<Planted | null>> {
	const { id, family, patient } = source.manifest;
	const references = await readReferences(source, FAMILY_REGIONS[family], signal);
	if (!references.ok) return references;
	const layers = await readLayers(source, signal);
	if (!layers.ok) return layers;
	const regions = [...references.value].map(([region, { grid, data }]) => ({ region, grid, reference: data }));
	const fits = ({ region, grid }: { readonly region: Region; readonly grid: Grid }) => {
		const own = grids.get(REGION_SEQUENCE[region]);
		return own !== undefined && sameGrid(own, grid);
	};
	if (regions.length === 0 || !regions.every(fits)) return { ok: true, value: null };
	const bench = {
		family,
		regions,
		layers: layers.value,
		series: grids,
		patient: patient ?? null,
		fileNumber: patient ?? patientOf(id),
	};
	const drawing = planterFor(bench, findingsPolicy)([error], seed);
	const [truth] = drawing.truths;
	// Errors of names, grids and logs change no voxel of the drawing.
	if (!truth || truth.changed.length === 0) return { ok: true, value: null };
	const { list } = findFindings(plantedInput(bench, drawing), findingsPolicy, fastestKernels);
	return {
		ok: true,
		value: {
			rules: truth.rules,
			masks: drawing.masks.map(({ region, data }) => {
				const changed = truth.changed.find((each) => each.region === region);
				return { region, data, drawn: changed?.drawn ?? NONE, leftOut: changed?.leftOut ?? NONE };
			}),
			found: list.map(({ code, region }) => ({ code, region })),
		},
	};
}

const NONE = new Uint32Array(0);
