import { cleanCopy as copyOf } from '../formats/cleanCopy.ts';
import { identifyingTexts } from '../formats/identifying.ts';
import type { Issue, Result } from '../formats/issue.ts';
import { readVolume } from '../formats/readVolume.ts';
import { sniffFile } from '../formats/sniff.ts';
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
	/** Whether it can be kept as it is; else a clean copy is: of another format, or with texts that may identify a person. */
	readonly plain: boolean;
}

/** Reads a file whole, so that a broken one is found before anything is drawn on it. */
export async function inspectFile(name: string, file: Blob, beside: FilesBeside): Promise<Result<InspectedFile>> {
	const { read, bytes, parts } = await readFile(name, file, beside);
	if (!read.ok) return read;
	const { grid, orientation, data, warnings, texts } = read.value;
	const sniffed = sniffFile(bytes, name);
	const plain = sniffed.ok && sniffed.value.format === 'nifti' && identifyingTexts(texts).length === 0;
	const labels = countLabels(data);
	return {
		ok: true,
		value: {
			name,
			bytes: file.size,
			grid,
			orientation,
			labels,
			voxels: voxelFacts(read.value),
			warnings,
			parts,
			plain,
		},
	};
}

/** The same file as it is kept where it is not `plain`: NIfTI without any text. */
export async function cleanCopy(name: string, file: Blob, beside: FilesBeside): Promise<Result<Blob>> {
	const { read } = await readFile(name, file, beside);
	return read.ok ? { ok: true, value: new Blob([copyOf(read.value)]) } : read;
}

async function readFile(
	name: string,
	file: Blob,
	beside: FilesBeside,
): Promise<{ read: Result<ReadVolume>; bytes: Uint8Array; parts: string[] }> {
	const { bytes, companions } = await withCompanions(name, file, beside);
	return { read: readVolume(bytes, name, { companions }), bytes, parts: [...companions.keys()] };
}
