import type { Result } from './issue.ts';
import { type ReadNiftiOptions, readNifti } from './nifti.ts';
import type { ReadVolume } from './volume.ts';

/** Limits of reading, and the other files that a volume is made of. */
export interface ReadVolumeOptions extends ReadNiftiOptions {
	/** Contents of files beside this one, by name: voxels that lie apart from their header (`companionNames`). */
	readonly companions?: ReadonlyMap<string, Uint8Array>;
}

/**
 * Reads one volume of any format we know, told by its bytes and not by its name. Voxel (i, j, k) is element
 * `i + dims[0] * (j + dims[1] * k)`: no reorientation, no resampling, scaling baked in. Memory stays bounded as
 * `readNifti` says. `path` names the file in issues. Never throws on data.
 */
export function readVolume(
	file: ArrayBuffer | Uint8Array,
	path: string,
	options: ReadVolumeOptions = {},
): Result<ReadVolume> {
	const read = readNifti(file, path, options);
	if (!read.ok) return read;
	const { grid, data, datatype, orientation, description, warnings } = read.value;
	return {
		ok: true,
		value: {
			grid,
			data,
			datatype,
			orientation: orientation === 'none' ? 'none' : 'known',
			texts: description ? [{ field: 'descrip', text: description }] : [],
			warnings,
		},
	};
}

/** Names of the files beside this one that hold its voxels, in the order in which they are looked for; none for most. */
export function companionNames(_file: Uint8Array, _path: string): readonly string[] {
	return [];
}
