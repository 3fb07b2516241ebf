import { gzip } from './deflate.ts';
import { writeNifti } from './niftiWrite.ts';
import type { ReadVolume } from './volume.ts';

/** The fastest: of real images it saves as much as the default but for 2 %, in under half the time. */
const LEVEL = 1;

/**
 * A volume as it is kept: single-file NIfTI in gzip, written anew of its grid and voxels, so that nothing else of the
 * file it came from is in it: no text of its header, none before or behind its voxels. Voxels come back the same and in
 * their type, affines within float32 rounding, an unknown orientation as unknown.
 */
export function cleanCopy({ grid, data, orientation }: ReadVolume): Uint8Array<ArrayBuffer> {
	return gzip(writeNifti({ grid, data }, { orientation }), LEVEL);
}
