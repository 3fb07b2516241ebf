import { gzip } from './deflate.ts';
import { writeNifti } from './niftiWrite.ts';
import type { ReadVolume } from './volume.ts';

/**
 * A volume as it is kept: single-file NIfTI in gzip, written anew of its grid and voxels, so that no text of the header
 * it came with is in it. Voxels come back the same, affines within float32 rounding, an unknown orientation as unknown.
 */
export function cleanCopy({ grid, data, orientation }: ReadVolume): Uint8Array<ArrayBuffer> {
	return gzip(writeNifti({ grid, data }, { orientation }));
}

/** What a clean copy of a file is called: its own name with `.nii.gz` for its ending. */
export function cleanCopyName(name: string): string {
	return `${name.replace(/(?:\.(?:nii|hdr|img|mgh|mgz|mha|mhd|nrrd|nhdr))?(?:\.gz)?$/i, '')}.nii.gz`;
}
