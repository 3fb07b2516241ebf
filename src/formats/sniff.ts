import { type FormatIssueCode, formatIssue } from './formatIssue.ts';
import type { Issue } from './issue.ts';

/** What a file is that is not NIfTI, by its first (inflated) bytes; MGZ is MGH in gzip. */
const SIGNATURES: readonly (readonly [at: number, bytes: string, code: ForeignCode])[] = [
	[128, 'DICM', 'file.dicom'],
	[0, 'NRRD000', 'file.nrrd'],
	[0, 'ObjectType', 'file.metaImage'],
	[0, 'NDims', 'file.metaImage'],
	[0, 'PK\x03\x04', 'file.archive'],
	[0, '7z\xbc\xaf', 'file.archive'],
	[0, 'Rar!', 'file.archive'],
	[0, 'BZh', 'file.archive'],
	[0, '\xfd7zXZ', 'file.archive'],
	[257, 'ustar', 'file.archive'],
	[0, '\x89PNG', 'file.picture'],
	[0, '\xff\xd8\xff', 'file.picture'],
	[0, 'GIF8', 'file.picture'],
	[0, 'BM', 'file.picture'],
];

type ForeignCode = Extract<FormatIssueCode, `file.${string}`>;

/**
 * Names a file that is not a single-file NIfTI, with what to do about it; undefined where the bytes could be one.
 * `head` holds the first bytes after inflating (544 are enough), `path` its name, asked only where bytes cannot tell.
 */
export function foreignFile(head: Uint8Array, path: string): Issue | undefined {
	if (head.length === 0) return formatIssue('file.empty', path, {});
	const known = SIGNATURES.find(([at, text]) => startsWith(head, at, text));
	if (known) return { code: known[2], path, params: {} };
	if (isMgh(head)) return formatIssue('file.mgh', path, {});
	const size = headerSize(head);
	if (size > 0 && head.length >= size) {
		const magic = String.fromCharCode(...head.subarray(size === 348 ? 344 : 4, size === 348 ? 348 : 8));
		if (magic === 'ni1\0' || magic === 'ni2\0') return formatIssue('file.niftiPair', path, {});
		if (magic === (size === 348 ? 'n+1\0' : 'n+2\0')) return undefined;
		return formatIssue(magic === '\0\0\0\0' && size === 348 ? 'file.analyze' : 'nifti.magic', path, {});
	}
	if (/\.img(\.gz)?$/i.test(path)) return formatIssue('file.niftiPair', path, {});
	if (head.length < 348) return formatIssue('file.tooShort', path, { bytes: head.length });
	return formatIssue('file.unknown', path, {});
}

/** 348 (NIfTI-1, Analyze) or 540 (NIfTI-2) where the first four bytes say so in either byte order, else 0. */
export function headerSize(head: Uint8Array): 348 | 540 | 0 {
	const size = [...head.subarray(0, 4)];
	for (const value of [348, 540] as const) {
		const bytes = [value & 255, value >> 8, 0, 0];
		if (bytes.every((b, n) => b === size[n]) || bytes.every((b, n) => b === size[3 - n])) return value;
	}
	return 0;
}

/** FreeSurfer's MGH has no magic: version 1, four positive sizes and a known type, all big endian. */
function isMgh(head: Uint8Array): boolean {
	if (head.length < 284) return false;
	const int = (at: number) => (head[at]! << 24) | (head[at + 1]! << 16) | (head[at + 2]! << 8) | head[at + 3]!;
	const sizes = [4, 8, 12, 16].map(int);
	return int(0) === 1 && sizes.every((n) => n > 0 && n < 65_536) && [0, 1, 3, 4].includes(int(20));
}

function startsWith(head: Uint8Array, at: number, text: string): boolean {
	for (let n = 0; n < text.length; n++) if (head[at + n] !== text.charCodeAt(n)) return false;
	return true;
}
