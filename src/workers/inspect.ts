import type { Issue, Result } from '../formats/issue.ts';
import { readVolume } from '../formats/readVolume.ts';
import type { Grid } from '../grid/grid.ts';
import { countLabels, type LabelCounts } from '../importers/labelScheme.ts';
import { type VoxelFacts, voxelFacts } from '../importers/seriesFacts.ts';

/** What a file from disk turned out to be. */
export interface InspectedFile {
	readonly name: string;
	readonly bytes: number;
	readonly grid: Grid;
	/** Values and their voxel counts, where there are few enough for a mask; undefined for an image. */
	readonly labels: LabelCounts | undefined;
	/** What acceptance asks of the voxels. */
	readonly voxels: VoxelFacts;
	readonly warnings: readonly Issue[];
}

/** Reads a file whole, so that a broken one is found before anything is drawn on it. */
export async function inspectFile(name: string, file: Blob): Promise<Result<InspectedFile>> {
	const read = readVolume(await file.arrayBuffer(), name);
	if (!read.ok) return read;
	const { grid, data, warnings } = read.value;
	const value = { name, bytes: file.size, grid, labels: countLabels(data), voxels: voxelFacts(read.value), warnings };
	return { ok: true, value };
}
