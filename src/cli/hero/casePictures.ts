import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { intensityQuantiles, valueAt } from '../../formats/intensityQuantiles.ts';
import { readNifti } from '../../formats/nifti.ts';
import type { Volume, VoxelData } from '../../formats/volume.ts';
import { rasView } from '../../grid/rasView.ts';
import { type Outline, traceOutlines } from '../../mask/contour.ts';
import { readSlice, type SlicePlane } from '../../mask/slicePlane.ts';
import { REGION_SEQUENCE, type Region, type Sequence } from '../../protocol/protocol.ts';
import { type CaseManifest, caseManifestSchema } from '../../schemas/caseManifest.ts';
import { StepError } from '../launcher/args.mjs';

/** Percentiles of the intensities that are shown black and white. */
export interface GreyRange {
	readonly black: number;
	readonly white: number;
}

/** One axial slice of a sequence in greys, with the outlines of its regions in voxel positions of that slice. */
export interface CasePicture {
	readonly plane: SlicePlane;
	readonly outlines: ReadonlyMap<Region, readonly Outline[]>;
}

/** Manifest of a case that `npm run cases` has made; a StepError says so where it has not. */
export function readPreparedCase(folder: string): CaseManifest {
	const file = join(folder, 'case.json');
	if (!existsSync(file))
		throw new StepError(`There is no prepared case in ${folder}. Make it with "npm run cases", then run this again.`);
	return caseManifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * The axial slice of a sequence with the largest single outline of the given regions: islands count for nothing, since
 * a picture with one clear outline is wanted. The regions have to be drawn on that sequence, so that mask and image
 * share one grid.
 */
export function pictureOf(
	folder: string,
	manifest: CaseManifest,
	sequence: Sequence,
	regions: readonly Region[],
	range: GreyRange,
): CasePicture {
	const image = readVolume(folder, manifest.series.find((series) => series.sequence === sequence)?.file, sequence);
	const view = rasView(image.grid);
	const masks = regions.map((region) => readMask(folder, manifest, region));
	const slices = Array.from({ length: view.dims[2] }, (_, slice) =>
		masks.map((mask) => traceOutlines(readSlice(mask, view, view, slice))),
	);
	const sizes = slices.map((drawn) => Math.max(0, ...drawn.flat().map(areaOf)));
	const slice = sizes.indexOf(Math.max(...sizes));
	return {
		plane: readSlice(inGreys(image.data, range), view, view, slice),
		outlines: new Map(regions.map((region, n) => [region, slices[slice]![n]!])),
	};
}

function readMask(folder: string, manifest: CaseManifest, region: Region): Uint8Array {
	const masks = manifest.reference?.kind === 'perRegion' ? manifest.reference.masks : [];
	const file = masks.find((mask) => mask.region === region)?.file;
	return Uint8Array.from(readVolume(folder, file, `${region} on ${REGION_SEQUENCE[region]}`).data);
}

function readVolume(folder: string, file: string | undefined, wanted: string): Volume {
	if (file === undefined) throw new StepError(`The case in ${folder} has no ${wanted}.`);
	const read = readNifti(readFileSync(join(folder, file)), file);
	if (!read.ok) throw new StepError(`${file} cannot be read: ${read.issues.map(({ code }) => code).join(', ')}.`);
	return read.value;
}

/** Area within a closed outline in voxels. */
function areaOf(outline: Outline): number {
	let twice = 0;
	for (let n = 0; n < outline.length; n += 2) {
		const next = (n + 2) % outline.length;
		twice += outline[n]! * outline[next + 1]! - outline[next]! * outline[n + 1]!;
	}
	return Math.abs(twice) / 2;
}

/** Intensities as 256 greys, background and what lies beyond the range at its ends. */
export function inGreys(data: VoxelData, range: GreyRange): Uint8Array {
	const quantiles = intensityQuantiles(data);
	const [black, white] = [valueAt(quantiles, range.black), valueAt(quantiles, range.white)];
	return Uint8Array.from(data, (v) => Math.round(Math.min(1, Math.max(0, (v - black) / (white - black))) * 255));
}
