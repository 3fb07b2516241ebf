import { type ContentBox, contentBox } from '../formats/contentBox.ts';
import { intensityQuantiles, type Quantiles, valueAt } from '../formats/intensityQuantiles.ts';
import type { Issue, Result } from '../formats/issue.ts';
import { readNifti } from '../formats/nifti.ts';
import { writeNifti } from '../formats/niftiWrite.ts';
import type { VoxelData } from '../formats/volume.ts';
import { type Grid, sameGrid, voxelCount } from '../grid/grid.ts';
import { rasView } from '../grid/rasView.ts';
import { REGION_SEQUENCE, type Region, type Sequence } from '../protocol/protocol.ts';
import { referenceFiles } from '../schemas/caseManifest.ts';
import type { Files, ToolAction } from '../scoring/findings/finding.ts';
import { fastestKernels } from '../scoring/kernels/fastestKernels.ts';
import { scoreCase } from '../scoring/scoreCase.ts';
import type { RegionMasks } from '../scoring/scoreRegion.ts';
import type { ScoreReport } from '../scoring/scoreReport.ts';
import type { Call } from './bridge.ts';
import { type CaseSource, readCaseFile } from './caseSource.ts';
import { findingsPolicy, marksPolicy } from './policies.ts';
import { readLayers, readReferences } from './readReference.ts';

/** A series ready for the viewer; `data` is a view into `nifti`. */
export interface LoadedSeries {
	readonly sequence: Sequence;
	readonly grid: Grid;
	readonly nifti: ArrayBuffer;
	readonly data: VoxelData;
	/** Of the intensities, for windows by percentiles. */
	readonly quantiles: Quantiles;
	/** What the head takes up in the slice plane, voxel positions of the RAS view: the panel opens on it. */
	readonly content: ContentBox;
	readonly warnings: readonly Issue[];
}

/** A prediction to score: one byte a voxel on the grid of the region's sequence. */
export interface Prediction {
	readonly region: Region;
	readonly data: Uint8Array;
}

/** The file that a region's mask came from, and the sequence on whose grid it lay. */
interface FileSource {
	readonly region: Region;
	/** Null where its name was not kept, as it did not follow the rule. */
	readonly file: string | null;
	readonly sequence: Sequence;
}

/** How masks came about. */
export interface Making {
	/** What was done with which tool, in order. */
	readonly log: readonly ToolAction[];
	/** Where masks that were not drawn here came from. */
	readonly files: readonly FileSource[];
}

/** A score, and the reference masks to show beside it. */
export interface Scored {
	readonly report: ScoreReport<Region>;
	readonly references: ReadonlyMap<Region, Uint8Array>;
}

/** Reads one series of a case and prepares it for display: slope 1, its quantiles. */
export async function loadSeries(
	source: CaseSource,
	sequence: Sequence,
	signal: AbortSignal,
): Promise<Result<LoadedSeries>> {
	const file = source.manifest.series.find((series) => series.sequence === sequence);
	if (!file) throw new Error(`got the sequence ${sequence}, expected one of the case`);
	const read = readNifti(await readCaseFile(source, file, signal), file.file);
	if (!read.ok) return read;
	const { grid, data, warnings } = read.value;
	const quantiles = intensityQuantiles(data);
	const nifti = writeNifti({ grid, data }).buffer;
	setDisplayRange(nifti, valueAt(quantiles, 0), valueAt(quantiles, 100));
	const Voxels = data.constructor as new (buffer: ArrayBuffer, offset: number, length: number) => VoxelData;
	return {
		ok: true,
		value: {
			sequence,
			grid,
			nifti,
			data: new Voxels(nifti, HEADER_BYTES, data.length),
			quantiles,
			content: contentBox(data, rasView(grid), valueAt(quantiles, 5)),
			warnings,
		},
	};
}

/**
 * Scores the predictions of a case against its reference. Regions without a usable reference are listed with the reason.
 *
 * @param grids grid of each sequence the case has, as `loadSeries` gave them
 * @param making how the predictions came about
 */
export async function score(
	source: CaseSource,
	regions: readonly Region[],
	grids: ReadonlyMap<Sequence, Grid>,
	predictions: readonly Prediction[],
	{ log, files }: Making,
	{ signal, onProgress }: Call,
): Promise<Result<Scored>> {
	const read = await readReferences(source, regions, signal);
	const layers = await readLayers(source, signal);
	if (!read.ok) return read;
	if (!layers.ok) return layers;
	const unscored: { region: Region; reason: 'noReference' | 'gridDiffers' | 'sequenceMissing' }[] = [];
	const scored: RegionMasks<Region>[] = [];
	const references = new Map<Region, Uint8Array>();
	for (const region of regions) {
		const grid = grids.get(REGION_SEQUENCE[region]);
		const reference = read.value.get(region);
		if (!grid) unscored.push({ region, reason: 'sequenceMissing' });
		else if (!reference) unscored.push({ region, reason: 'noReference' });
		else if (!sameGrid(reference.grid, grid)) unscored.push({ region, reason: 'gridDiffers' });
		else {
			const prediction = predictions.find((p) => p.region === region)?.data ?? new Uint8Array(voxelCount(grid.dims));
			references.set(region, reference.data);
			scored.push({
				region,
				grid,
				reference: reference.data,
				prediction,
			});
		}
	}
	const report = scoreCase(
		{
			caseId: source.manifest.id,
			family: source.manifest.family,
			regions: scored,
			unscored,
			layers: layers.value,
			log,
			files: filesOf(files, grids, source.manifest.patient),
		},
		{
			definition: 'surfel',
			kernels: fastestKernels,
			findingsPolicy,
			marksPolicy,
			...(onProgress && { onProgress }),
		},
	);
	return { ok: true, value: { report, references } };
}

/** What the checks of files need; null where everything was drawn here, and so on its own series. */
function filesOf(
	files: readonly FileSource[],
	grids: ReadonlyMap<Sequence, Grid>,
	patient: string | undefined,
): Files | null {
	if (files.length === 0) return null;
	const masks = files.flatMap(({ region, file, sequence }) => {
		const grid = grids.get(sequence);
		return grid ? [{ region, name: file, grid }] : [];
	});
	return { masks, series: grids, patient: patient ?? null };
}

/** Reads the reference's files once, which keeps them: a score then needs no network. */
export async function keepReference(source: CaseSource, signal: AbortSignal): Promise<void> {
	for (const file of referenceFiles(source.manifest)) await readCaseFile(source, file, signal);
}

const HEADER_BYTES = 352;

/** Writes a window into the header (cal_max at byte 124, cal_min at 128), which saves the viewer a search of its own. */
function setDisplayRange(nifti: ArrayBuffer, low: number, high: number): void {
	const header = new DataView(nifti);
	header.setFloat32(124, high, true);
	header.setFloat32(128, low, true);
}
