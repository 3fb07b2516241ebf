import { type FormatIssueCode, formatIssue } from './formatIssue.ts';
import { gunzip, gunzipStart, isGzip } from './inflate.ts';
import type { Issue, Result } from './issue.ts';

/** Formats of a volume that are read. `niftiPair`: a header whose voxels lie in another file. */
type VolumeFormat = 'nifti' | 'niftiPair' | 'mgh' | 'metaImage' | 'nrrd';

/** What a file is by its first bytes. */
export interface Sniffed {
	readonly format: VolumeFormat;
	/** The first 544 bytes, inflated, or fewer where the file is shorter. */
	readonly head: Uint8Array;
}

const HEAD_BYTES = 544;
const MB = 1024 * 1024;

/** What a file is that is not read. */
const SIGNATURES: readonly (readonly [at: number, bytes: string, code: ForeignCode])[] = [
	[128, 'DICM', 'file.dicom'],
	[0, '# === DATA DESCRIPTION FILE', 'file.parRec'],
	[0, 'CDF\x01', 'file.minc'],
	[0, 'CDF\x02', 'file.minc'],
	[0, '\x89HDF\r\n', 'file.minc'],
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
 * Tells what a file is by its bytes, inflated where they are gzip; its name is asked only where bytes cannot tell.
 * A file that is not read gives an issue with what to do about it. At most 35 MB are inflated to find out.
 */
export function sniffFile(bytes: Uint8Array, path: string): Result<Sniffed> {
	const packed = isGzip(bytes);
	const head = packed ? gunzipStart(bytes, HEAD_BYTES) : bytes.subarray(0, HEAD_BYTES);
	if (packed && head.length < HEAD_BYTES) {
		// Too little came out: where the gzip itself is at fault, that is what to say.
		const whole = gunzip(bytes, path, { maxBytes: MB });
		if (!whole.ok) return whole;
	}
	const format = formatOf(head, path);
	return typeof format === 'string' ? { ok: true, value: { format, head } } : { ok: false, issues: [format] };
}

function formatOf(head: Uint8Array, path: string): VolumeFormat | Issue {
	if (head.length === 0) return formatIssue('file.empty', path, {});
	const known = SIGNATURES.find(([at, text]) => startsWith(head, at, text));
	if (known) return { code: known[2], path, params: {} };
	if (startsWith(head, 0, 'NRRD000')) return 'nrrd';
	if (isMetaImage(head)) return 'metaImage';
	if (isMgh(head)) return 'mgh';
	const size = headerSize(head);
	if (size > 0 && head.length >= size) {
		const magic = String.fromCharCode(...head.subarray(size === 348 ? 344 : 4, size === 348 ? 348 : 8));
		if (magic === (size === 348 ? 'ni1\0' : 'ni2\0')) return 'niftiPair';
		if (magic === (size === 348 ? 'n+1\0' : 'n+2\0')) return 'nifti';
		return formatIssue(magic === '\0\0\0\0' && size === 348 ? 'file.analyze' : 'nifti.magic', path, {});
	}
	if (/\.(?:img|raw|zraw)(?:\.gz)?$/i.test(path)) return formatIssue('file.voxelsOnly', path, {});
	if (/\.rec$/i.test(path)) return formatIssue('file.parRec', path, {});
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

/** MetaImage has no magic either: `Key = Value` lines, the number of axes among the first. */
function isMetaImage(head: Uint8Array): boolean {
	const text = String.fromCharCode(...head);
	return /^(?:ObjectType|NDims)[ \t]*=/.test(text) || /^\w+[ \t]*=.*\nNDims[ \t]*=/s.test(text);
}

/** FreeSurfer's MGH has no magic: version 1, four positive sizes and a low number for the type, all big endian. */
function isMgh(head: Uint8Array): boolean {
	if (head.length < 284) return false;
	const int = (at: number) => (head[at]! << 24) | (head[at + 1]! << 16) | (head[at + 2]! << 8) | head[at + 3]!;
	const sizes = [4, 8, 12, 16].map(int);
	return int(0) === 1 && sizes.every((n) => n > 0 && n < 2 ** 24) && int(20) >= 0 && int(20) < 16;
}

function startsWith(head: Uint8Array, at: number, text: string): boolean {
	for (let n = 0; n < text.length; n++) if (head[at + n] !== text.charCodeAt(n)) return false;
	return true;
}
