import type { Issue, Result } from '../formats/issue.ts';
import { readNifti } from '../formats/nifti.ts';
import type { Grid } from '../grid/grid.ts';
import { countLabels, type LabelCounts } from '../importers/labelScheme.ts';

/** What a file from disk turned out to be. */
export interface InspectedFile {
	readonly name: string;
	readonly bytes: number;
	readonly grid: Grid;
	/** Values and their voxel counts, where there are few enough for a mask; undefined for an image. */
	readonly labels: LabelCounts | undefined;
	readonly warnings: readonly Issue[];
}

/** Reads a file whole, so that a broken one is found before anything is drawn on it. */
export async function inspectFile(name: string, file: Blob): Promise<Result<InspectedFile>> {
	const read = readNifti(await file.arrayBuffer(), name);
	if (!read.ok) return read;
	const { grid, data, warnings } = read.value;
	return { ok: true, value: { name, bytes: file.size, grid, labels: countLabels(data), warnings } };
}
