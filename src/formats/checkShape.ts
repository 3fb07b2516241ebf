import type { Dims } from '../grid/grid.ts';
import { formatIssue } from './formatIssue.ts';
import type { GunzipOptions } from './inflate.ts';
import type { Issue } from './issue.ts';
import { MAX_DIM } from './niftiWrite.ts';

/** Limits of reading. Progress is that of inflating. */
export interface ReadLimits extends GunzipOptions {
	/** Most voxels; default 512³. */
	readonly maxVoxels?: number;
}

const MB = 1024 * 1024;

/** Most bytes that may come out of a file. */
export function maxBytesOf({ maxBytes }: ReadLimits): number {
	return maxBytes ?? 1024 * MB;
}

/**
 * Faults of a volume's lengths: i, j, k, then time points and components. `dims` are the first three, 1 × 1 × 1 where
 * they make no sense; `voxels` counts those of all time points, 0 where the sizes are not to be believed or go beyond
 * the limits: then nothing of their size may be allocated.
 */
export function checkShape(
	lengths: readonly number[],
	bytesPerVoxel: number,
	path: string,
	options: ReadLimits,
): { issues: Issue[]; dims: Dims; voxels: number } {
	const issues: Issue[] = [];
	const maxBytes = maxBytesOf(options);
	const shown = lengths.join(' × ');
	if (lengths.length === 0 || !lengths.every((n) => Number.isInteger(n) && n >= 1))
		return { issues: [formatIssue('nifti.dims', path, { dims: shown })], dims: [1, 1, 1], voxels: 0 };
	const [i = 1, j = 1, k = 1, ...rest] = lengths;
	const count = rest.reduce((product, n) => product * n, 1);
	if (lengths.length < 3) issues.push(formatIssue('nifti.twoDimensional', path, { dims: shown }));
	if (count > 1) issues.push(formatIssue('nifti.timePoints', path, { count }));
	const fits = (voxels: number) => voxels <= (options.maxVoxels ?? 512 ** 3) && voxels * bytesPerVoxel <= maxBytes;
	if (!fits(i * j * k) || Math.max(i, j, k) > MAX_DIM) {
		issues.push(formatIssue('nifti.tooLarge', path, { dims: shown, limitMb: Math.floor(maxBytes / MB) }));
		return { issues, dims: [1, 1, 1], voxels: 0 };
	}
	return { issues, dims: [i, j, k], voxels: fits(i * j * k * count) ? i * j * k * count : 0 };
}
