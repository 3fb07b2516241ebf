import type { Issue, Result } from '../formats/issue.ts';
import { type ReadVolumeOptions, readVolume } from '../formats/readVolume.ts';
import type { HeaderText, VoxelData } from '../formats/volume.ts';
import type { Grid } from '../grid/grid.ts';
import { importIssue } from './importIssue.ts';
import { countLabels, labelIssues } from './labelScheme.ts';

/** A mask whose labels are whole numbers from 0 to 255. */
export interface LabelMap {
	readonly data: Uint8Array;
	readonly grid: Grid;
	/** Never shown or stored unasked. */
	readonly texts: readonly HeaderText[];
	/** What a reader should know though the mask could be read. */
	readonly warnings: readonly Issue[];
}

const MOST = 255;

/**
 * Reads a mask of any labels from a file of any format: floats pass where all are whole. An image, fractions, labels below 0 or above
 * 255 and values that are no numbers are issues, all at once. `path` names the file in issues. Bounded as `readVolume`.
 */
export function readLabelMap(
	file: ArrayBuffer | Uint8Array,
	path: string,
	options: ReadVolumeOptions = {},
): Result<LabelMap> {
	const read = readVolume(file, path, options);
	if (!read.ok) return read;
	const { data, grid, texts, warnings } = read.value;
	const counts = countLabels(data);
	const issues = labelIssues(counts, undefined, path);
	const notNumbers = warnings.find(({ code }) => code === 'nifti.nonFinite');
	if (notNumbers) issues.push(importIssue('labels.notNumbers', path, { count: notNumbers.params.count ?? 0 }));
	const outside = (counts ?? []).filter(({ value }) => value < 0 || value > MOST);
	if (outside.length > 0) {
		const values = outside.map(({ value }) => value).join(', ');
		issues.push(importIssue('labels.range', path, { values, most: MOST }));
	}
	if (issues.length > 0) return { ok: false, issues };
	return { ok: true, value: { data: asBytes(data), grid, texts, warnings } };
}

function asBytes(data: VoxelData): Uint8Array {
	if (data instanceof Uint8Array) return data;
	const bytes = new Uint8Array(data.length);
	for (let n = 0; n < data.length; n++) bytes[n] = data[n]!;
	return bytes;
}
