import { gzip } from '../formats/deflate.ts';
import { type DicomSegUid, writeDicomSeg } from '../formats/dicomSegWrite.ts';
import { writeNifti } from '../formats/niftiWrite.ts';
import { writeSegNrrd } from '../formats/segNrrdWrite.ts';
import { type Grid, sameGrid } from '../grid/grid.ts';
import { jointMaskName, maskName } from '../protocol/maskName.ts';
import type { Region } from '../protocol/protocol.ts';

/** A region to be written, on the grid of its sequence. */
export interface ExportMask {
	readonly region: Region;
	readonly grid: Grid;
	/** One byte a voxel, 1 inside. */
	readonly data: Uint8Array;
	/** Red, green and blue, each 0 to 1. */
	readonly colour: readonly [number, number, number];
}

/** What masks can be written as: one NIfTI a region, or all regions of a grid in one file that keeps their overlaps. */
export const EXPORT_FORMATS = ['nifti', 'segNrrd', 'dicomSeg'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A file to hand to the reader. */
export interface ExportedFile {
	readonly name: string;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Who the masks are of, and what makes the file's identifiers unlike any other's. */
export interface ExportAbout {
	/** The patient's number, as it stands in the names (§3.2). */
	readonly patient: string;
	/** A random number below 2¹²² in decimal digits: it and those that follow become the identifiers of DICOM. */
	readonly random: string;
	/** Moment of writing, ISO 8601. */
	readonly at: string;
}

const SHARED: readonly DicomSegUid[] = ['study', 'frameOfReference'];
const OWN: readonly DicomSegUid[] = ['series', 'instance', 'dimensions'];

/** Writes masks as files named by the rule. A segmentation file has one grid: regions on different grids give several. */
export function exportMasks(
	masks: readonly ExportMask[],
	format: ExportFormat,
	{ patient, random, at }: ExportAbout,
): readonly ExportedFile[] {
	if (format === 'nifti')
		return masks.map(({ region, grid, data }) => ({
			name: maskName(patient, region),
			bytes: gzip(writeNifti({ grid, data })),
		}));
	const groups: ExportMask[][] = [];
	for (const mask of masks) {
		const group = groups.find(([first]) => sameGrid(first!.grid, mask.grid));
		if (group) group.push(mask);
		else groups.push([mask]);
	}
	return groups.map((group, n) => {
		const { grid } = group[0]!;
		const named = group.map(({ region, data, colour }) => ({ name: region, mask: data, colour }));
		const regions = group.map(({ region }) => region);
		if (format === 'segNrrd')
			return { name: jointMaskName(patient, regions, 'seg.nrrd'), bytes: writeSegNrrd(grid, named) };
		// One study and one patient space for all files, the rest of its own for each.
		const uid = (part: DicomSegUid) => {
			const shared = SHARED.indexOf(part);
			return `2.25.${BigInt(random) + BigInt(shared >= 0 ? shared : SHARED.length + n * OWN.length + OWN.indexOf(part))}`;
		};
		const about = { patient, seriesDescription: regions.join(' '), date: at.slice(0, 10).replaceAll('-', ''), uid };
		return { name: jointMaskName(patient, regions, 'dcm'), bytes: writeDicomSeg(grid, named, about) };
	});
}
