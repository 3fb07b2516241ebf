import { maxBytesOf, type ReadLimits } from './checkShape.ts';
import { formatIssue } from './formatIssue.ts';
import { gunzip } from './inflate.ts';
import type { Result } from './issue.ts';

/** Bytes behind the voxels that are let pass with a warning. */
const SLACK = 1024 * 1024;

/**
 * A file as long as its header says (`end` bytes) or longer, inflated where it is `packed` with gzip: then at most a
 * megabyte longer. A shorter one is an issue.
 */
export function wholeFile(
	bytes: Uint8Array,
	packed: boolean,
	end: number,
	path: string,
	options: ReadLimits,
): Result<Uint8Array> {
	const maxBytes = Math.min(maxBytesOf(options), end + SLACK);
	const whole = packed ? gunzip(bytes, path, { ...options, maxBytes }) : { ok: true as const, value: bytes };
	if (!whole.ok || whole.value.length >= end) return whole;
	const params = { expectedBytes: end, bytes: whole.value.length };
	return { ok: false, issues: [formatIssue('nifti.truncated', path, params)] };
}
