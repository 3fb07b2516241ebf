import type { Result } from './issue.ts';
import { dataFileOf, readNrrdArray } from './nrrdArray.ts';
import { headerTexts, isNrrd, readNrrdHeader } from './nrrdHeader.ts';
import type { ReadVolumeOptions } from './readVolume.ts';
import type { ReadVolume } from './volume.ts';

/**
 * Reads one volume from an NRRD file: raw, gzip, text or hex, voxels behind the header or in the file it names
 * (`options.companions`). The affine is turned from the file's space to RAS; voxels stay in the order of the file.
 * Limits as of `readNifti`. Every fault of the header at once. Never throws on data.
 * Source: teem.sourceforge.net/nrrd/format.html.
 */
export function readNrrd(file: Uint8Array, path: string, options: ReadVolumeOptions): Result<ReadVolume> {
	const read = readNrrdArray(file, path, options, false);
	if (!read.ok) return read;
	const { header, grid, data, datatype, orientation, warnings } = read.value;
	return { ok: true, value: { grid, data, datatype, orientation, texts: headerTexts(header), warnings } };
}

/** Names of the files beside this one that hold its voxels; none where they follow the header or cannot be read. */
export function nrrdDataFiles(file: Uint8Array, path: string): readonly string[] {
	if (!isNrrd(file)) return [];
	const header = readNrrdHeader(file, path);
	const dataFile = header.ok ? dataFileOf(header.value) : undefined;
	return dataFile?.plain ? [dataFile.name] : [];
}
