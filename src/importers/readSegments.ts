import { isDicom } from '../formats/dicomFile.ts';
import { readDicomSeg } from '../formats/dicomSeg.ts';
import type { Result } from '../formats/issue.ts';
import type { ReadVolumeOptions } from '../formats/readVolume.ts';
import type { Segmentation } from '../formats/segmentation.ts';
import { isSegNrrd, readSegNrrd } from '../formats/segNrrd.ts';
import type { LabelCounts } from './labelScheme.ts';
import { readLabelMap } from './readLabelMap.ts';

/** The regions of a mask file of any format. */
export interface ReadSegments extends Segmentation {
	/** Values and their voxels, where the file is a label map: its numbers then need a label scheme to mean anything. */
	readonly labels?: LabelCounts;
}

/**
 * Reads a mask file as segments, told by its bytes: a segmentation of 3D Slicer or DICOM with its names, any other volume as
 * a label map with one segment for each value, called by it. An empty label map has no segments. `path` names the file
 * in issues. Limits as of `readVolume`. Never throws on data.
 */
export function readSegments(file: Uint8Array, path: string, options: ReadVolumeOptions = {}): Result<ReadSegments> {
	if (isSegNrrd(file)) return readSegNrrd(file, path, options);
	if (isDicom(file)) return readDicomSeg(file, path, options);
	const read = readLabelMap(file, path, options);
	if (!read.ok) return read;
	const { data, grid, labels, texts, warnings } = read.value;
	const segments = labels.map(({ value }) => ({ name: String(value), layer: 0, value }));
	return { ok: true, value: { grid, layers: [data], segments, labels, texts, warnings } };
}
