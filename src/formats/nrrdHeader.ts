import { strFromU8 } from 'fflate';
import { formatIssue } from './formatIssue.ts';
import type { Result } from './issue.ts';
import type { HeaderText } from './volume.ts';

/** The text before the voxels of an NRRD file, split into its lines: nothing is checked yet. */
export interface NrrdHeader {
	/** Fields of the format by name, in lower case without spaces, such as `spaceorigin`. */
	readonly fields: ReadonlyMap<string, string>;
	/** What programs keep for themselves (`key:=value`), escapes undone. */
	readonly pairs: ReadonlyMap<string, string>;
	/** Lines that say something to people: `content`, comments, fields that the format does not know. */
	readonly remarks: readonly HeaderText[];
	/** Byte behind the empty line that ends the header, or the file's length where there is none. */
	readonly end: number;
}

/** Slicer writes about 1 kB for each segment. */
const MAX_HEADER = 1024 * 1024;

/** Fields as the format lists them; the writer may leave out the spaces. */
const FIELDS = new Set(
	(
		'dimension type blocksize encoding endian content min max oldmin oldmax datafile lineskip byteskip number ' +
		'sampleunits sizes spacings thicknesses axismins axismaxs centers centerings labels units kinds space ' +
		'spacedimension spaceunits spaceorigin spacedirections measurementframe'
	).split(' '),
);

/** Lines that Teem writes at the head of every file. */
const BOILERPLATE =
	/^(?:Complete NRRD file format specification at:|http:\/\/teem\.sourceforge\.net\/nrrd\/format\.html)$/;

/** Whether the bytes start as an NRRD file does, of any version. */
export function isNrrd(bytes: Uint8Array): boolean {
	return String.fromCharCode(...bytes.subarray(0, 7)) === 'NRRD000';
}

/**
 * Reads the header of an NRRD file, with or without voxels behind it, lines ending in LF or CRLF. At most 1 MB of it is
 * looked at. Where a field or key is there twice, the first counts. Never throws.
 * Source: teem.sourceforge.net/nrrd/format.html.
 */
export function readNrrdHeader(bytes: Uint8Array, path: string): Result<NrrdHeader> {
	const { textEnd, end } = headerEnd(bytes);
	if (textEnd > MAX_HEADER)
		return { ok: false, issues: [formatIssue('nrrd.headerTooLong', path, { limitKb: MAX_HEADER / 1024 })] };
	const fields = new Map<string, string>();
	const pairs = new Map<string, string>();
	const remarks: HeaderText[] = [];
	const lines = strFromU8(bytes.subarray(0, textEnd)).split(/\r?\n/);
	for (const line of lines.slice(1)) {
		if (line.startsWith('#')) {
			const text = line.slice(1).trim();
			if (text && !BOILERPLATE.test(text)) remarks.push({ field: '#', text });
			continue;
		}
		const colon = line.indexOf(':');
		const name = line.slice(0, colon).toLowerCase().replaceAll(' ', '');
		const assign = line.indexOf(':=');
		if (colon > 0 && colon !== assign && FIELDS.has(name)) {
			const value = line.slice(colon + 1).trim();
			if (!fields.has(name)) fields.set(name, value);
			if (name === 'content' && value) remarks.push({ field: 'content', text: value });
			// The lines below are names of files.
			if (name === 'datafile' && /^LIST\b/i.test(value)) break;
		} else if (assign > 0) {
			const key = unescaped(line.slice(0, assign));
			if (!pairs.has(key)) pairs.set(key, unescaped(line.slice(assign + 2)));
		} else if (line.trim() !== '') {
			remarks.push({ field: line.slice(0, Math.max(0, colon)).trim(), text: line.slice(colon + 1).trim() });
		}
	}
	return { ok: true, value: { fields, pairs, remarks, end } };
}

/** Free text of a header, the pairs that `isKnown` names left out. */
export function headerTexts({ remarks, pairs }: NrrdHeader, isKnown: (key: string) => boolean): HeaderText[] {
	const others = [...pairs].filter(([key, text]) => text !== '' && !isKnown(key));
	return [...remarks, ...others.map(([field, text]) => ({ field, text }))];
}

/** Where the text ends and where the voxels start; a header may be a file of its own, without the empty line. */
function headerEnd(bytes: Uint8Array): { textEnd: number; end: number } {
	const limit = Math.min(bytes.length, MAX_HEADER + 1);
	for (let at = 1; at < limit; at++) {
		if (bytes[at] !== 0x0a) continue;
		if (bytes[at - 1] === 0x0a) return { textEnd: at - 1, end: at + 1 };
		if (bytes[at - 1] === 0x0d && bytes[at - 2] === 0x0a) return { textEnd: at - 2, end: at + 1 };
	}
	return { textEnd: limit, end: bytes.length };
}

/** `\n` is a new line, `\\` a backslash. */
function unescaped(text: string): string {
	return text.replace(/\\([n\\])/g, (_, sign) => (sign === 'n' ? '\n' : '\\'));
}
