import type { ReadLimits } from './checkShape.ts';
import { identifyingWarnings } from './identifying.ts';
import type { Result } from './issue.ts';
import { metaImageDataFiles, readMetaImage } from './metaImage.ts';
import { readMgh } from './mgh.ts';
import { pairNames, readNifti } from './nifti.ts';
import { nrrdDataFiles, readNrrd } from './nrrd.ts';
import { type Sniffed, sniffFile } from './sniff.ts';
import type { ReadVolume } from './volume.ts';

/** Limits of reading, and the other files that a volume is made of. */
export interface ReadVolumeOptions extends ReadLimits {
	/** Contents of files beside this one, by name: voxels that lie apart from their header (`companionNames`). */
	readonly companions?: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads one volume of any format we know, told by its bytes and not by its name. Voxel (i, j, k) is element
 * `i + dims[0] * (j + dims[1] * k)`: no reorientation, no resampling, scaling baked in. Memory stays bounded as
 * `readNifti` says. Texts of the header that may identify a person give a warning, which does not repeat them.
 * `path` names the file in issues. Never throws on data.
 */
export function readVolume(
	file: ArrayBuffer | Uint8Array,
	path: string,
	options: ReadVolumeOptions = {},
): Result<ReadVolume> {
	const bytes = file instanceof Uint8Array ? file : new Uint8Array(file);
	const sniffed = sniffFile(bytes, path);
	if (!sniffed.ok) return sniffed;
	const read = readAs(sniffed.value, bytes, path, options);
	if (!read.ok) return read;
	const warnings = [...read.value.warnings, ...identifyingWarnings(read.value.texts, path)];
	return { ok: true, value: { ...read.value, warnings } };
}

function readAs(
	{ format, head }: Sniffed,
	bytes: Uint8Array,
	path: string,
	options: ReadVolumeOptions,
): Result<ReadVolume> {
	switch (format) {
		case 'nifti':
		case 'niftiPair':
			return readNifti(bytes, path, options);
		case 'mgh':
			return readMgh(bytes, head, path, options);
		case 'metaImage':
			return readMetaImage(bytes, path, options);
		case 'nrrd':
			return readNrrd(bytes, path, options);
	}
}

/**
 * Names of the files beside this one that hold its voxels, in the order in which they are looked for: one of them is
 * needed. None for most files, for a broken one, and where the voxels lie in another folder. Gives plain names only.
 */
export function companionNames(file: Uint8Array, path: string): readonly string[] {
	const sniffed = sniffFile(file, path);
	if (!sniffed.ok) return [];
	switch (sniffed.value.format) {
		case 'niftiPair':
			return pairNames(path);
		case 'metaImage':
			return metaImageDataFiles(file, path);
		case 'nrrd':
			return nrrdDataFiles(file, path);
		default:
			return [];
	}
}
