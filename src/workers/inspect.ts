import { cleanCopy as copyOf } from '../formats/cleanCopy.ts';
import type { Issue, Result } from '../formats/issue.ts';
import { readVolume } from '../formats/readVolume.ts';
import type { ReadVolume } from '../formats/volume.ts';
import type { Grid } from '../grid/grid.ts';
import { countLabels, type LabelCounts } from '../importers/labelScheme.ts';
import { type VoxelFacts, voxelFacts } from '../importers/seriesFacts.ts';
import { type FilesBeside, withCompanions } from './companions.ts';

/** What a file from disk turned out to be. */
export interface InspectedFile {
	readonly name: string;
	readonly bytes: number;
	readonly grid: Grid;
	readonly orientation: ReadVolume['orientation'];
	/** Values and their voxel counts, where there are few enough for a mask; undefined for an image. */
	readonly labels: LabelCounts | undefined;
	/** What acceptance asks of the voxels. */
	readonly voxels: VoxelFacts;
	readonly warnings: readonly Issue[];
	/** Names of the files beside it that it was read from as well. */
	readonly parts: readonly string[];
}

/** Reads a file whole, so that a broken one is found before anything is drawn on it. */
export async function inspectFile(name: string, file: Blob, beside: FilesBeside): Promise<Result<InspectedFile>> {
	const { read, parts } = await readFile(name, file, beside);
	if (!read.ok) return read;
	const { grid, orientation, data, warnings } = read.value;
	const labels = countLabels(data);
	const voxels = voxelFacts(read.value);
	return { ok: true, value: { name, bytes: file.size, grid, orientation, labels, voxels, warnings, parts } };
}

/** The same file as it is kept: NIfTI without any text, whatever it was. */
export async function cleanCopy(name: string, file: Blob, beside: FilesBeside): Promise<Result<Blob>> {
	const { read } = await readFile(name, file, beside);
	return read.ok ? { ok: true, value: new Blob([copyOf(read.value)]) } : read;
}

async function readFile(
	name: string,
	file: Blob,
	beside: FilesBeside,
): Promise<{ read: Result<ReadVolume>; parts: string[] }> {
	const { bytes, companions } = await withCompanions(name, file, beside);
	return { read: readVolume(bytes, name, { companions }), parts: [...companions.keys()] };
}
