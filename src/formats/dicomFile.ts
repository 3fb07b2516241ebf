import { DataSet, type Encoding } from './dicomDataSet.ts';
import { formatIssue } from './formatIssue.ts';
import type { Issue, Result } from './issue.ts';

/** A DICOM file with its elements found, pixels untouched. */
export interface DicomFile {
	/** Names the file in issues. */
	readonly path: string;
	readonly bytes: Uint8Array;
	readonly encoding: Encoding;
	/** How pixels are packed; other packings than these are `unreadable`, named in `syntaxName`. */
	readonly packing: 'native' | 'rle' | 'unreadable';
	readonly syntaxName: string;
	/** UID of the kind of object; empty where the file does not say. */
	readonly sopClass: string;
	readonly data: DataSet;
}

/** What a DICOM file is, as far as we can read it. */
export type DicomKind = 'segmentation' | 'image';

const PREAMBLE = 128;
const META: Encoding = { explicit: true, littleEndian: true };
const DEFLATED = '1.2.840.10008.1.2.1.99';

/** Transfer syntaxes. Source: DICOM PS3.6 annex A. */
const SYNTAX_NAMES: readonly (readonly [prefix: string, name: string])[] = [
	[DEFLATED, 'Deflated'],
	['1.2.840.10008.1.2.4.9', 'JPEG 2000'],
	['1.2.840.10008.1.2.4.8', 'JPEG-LS'],
	['1.2.840.10008.1.2.4.20', 'HTJ2K'],
	['1.2.840.10008.1.2.4.10', 'MPEG'],
	['1.2.840.10008.1.2.4', 'JPEG'],
];

const SEGMENTATION = ['1.2.840.10008.5.1.4.1.1.66.4', '1.2.840.10008.5.1.4.1.1.66.7'];

/** Kinds of objects that turn up beside images, by the start of their UID. Source: DICOM PS3.6 annex A. */
const SOP_CLASS_NAMES: readonly (readonly [prefix: string, name: string])[] = [
	['1.2.840.10008.1.3.10', 'DICOMDIR'],
	['1.2.840.10008.5.1.4.1.1.481.3', 'RT Structure Set'],
	['1.2.840.10008.5.1.4.1.1.481', 'Radiotherapy'],
	['1.2.840.10008.5.1.4.1.1.88.59', 'Key Object Selection'],
	['1.2.840.10008.5.1.4.1.1.88', 'Structured Report'],
	['1.2.840.10008.5.1.4.1.1.11', 'Presentation State'],
	['1.2.840.10008.5.1.4.1.1.104', 'Encapsulated Document'],
	['1.2.840.10008.5.1.4.1.1.66.5', 'Surface Segmentation'],
	['1.2.840.10008.5.1.4.1.1.66', 'Registration or Raw Data'],
	['1.2.840.10008.5.1.4.1.1.4.2', 'MR Spectroscopy'],
	['1.2.840.10008.5.1.4.1.1.30', 'Parametric Map'],
	['1.2.840.10008.5.1.4.1.1.9', 'Waveform'],
];

/** Whether the bytes start as a DICOM file does: `DICM` behind a preamble of 128 bytes. */
export function isDicom(bytes: Uint8Array): boolean {
	return [0x44, 0x49, 0x43, 0x4d].every((byte, n) => bytes[PREAMBLE + n] === byte);
}

/** As many bytes as nearly every file needs to tell its series. */
export const DICOM_HEAD_BYTES = 65_536;

/**
 * The series that a DICOM file belongs to, by its UID: empty where the file does not say or cannot be read. Undefined where
 * it is no DICOM file.
 *
 * @param readOn gives the whole file, asked for where its head, `DICOM_HEAD_BYTES` of it, does not tell
 */
export async function seriesUidOf(head: Uint8Array, readOn: () => Promise<Uint8Array>): Promise<string | undefined> {
	if (!isDicom(head)) return undefined;
	const uid = uidIn(head);
	return uid === '' && head.length >= DICOM_HEAD_BYTES ? uidIn(await readOn()) : uid;
}

function uidIn(bytes: Uint8Array): string {
	const file = openDicom(bytes, '');
	return (file.ok && file.value.data.text('SeriesInstanceUID')) || '';
}

/** What kind of object a DICOM file holds, or the issue that names another kind. Reads no pixels; never throws on data. */
export function dicomKind(bytes: Uint8Array, path: string): Result<DicomKind> {
	const file = openDicom(bytes, path);
	return file.ok ? kindOf(file.value) : file;
}

/** As `dicomKind`, of a file that is open. */
export function kindOf({ data, sopClass, path }: DicomFile): Result<DicomKind> {
	if (SEGMENTATION.includes(sopClass)) return { ok: true, value: 'segmentation' };
	const other = SOP_CLASS_NAMES.find(([prefix]) => sopClass === prefix || sopClass.startsWith(`${prefix}.`));
	if (!other && data.element('Rows') && data.element('PixelData')) return { ok: true, value: 'image' };
	// An image without its pixels, or an object cut off before them.
	if (!other && (data.element('Rows') || !data.whole))
		return { ok: false, issues: [formatIssue('dicom.damaged', path, {})] };
	return { ok: false, issues: [formatIssue('dicom.kind', path, { kind: other?.[1] ?? (sopClass || '?') })] };
}

/**
 * Finds the elements of a DICOM file (Part 10: with preamble and meta information), in implicit or explicit VR and either
 * byte order. Pixels that are compressed are no fault here; a data set that is deflated as a whole is. Never throws on data.
 * Source: DICOM PS3.10 7.1.
 */
export function openDicom(bytes: Uint8Array, path: string): Result<DicomFile> {
	const fail = (issue: Issue) => ({ ok: false as const, issues: [issue] });
	if (!isDicom(bytes)) return fail(formatIssue('dicom.noMark', path, {}));
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const start = PREAMBLE + 4;
	const meta = new DataSet(view, start, bytes.length, META, undefined, 2);
	const syntax = meta.text('TransferSyntaxUID');
	if (syntax === undefined) return fail(formatIssue('dicom.damaged', path, {}));
	const syntaxName = SYNTAX_NAMES.find(([prefix]) => syntax.startsWith(prefix))?.[1] ?? syntax;
	if (syntax === DEFLATED) return fail(formatIssue('dicom.compressed', path, { syntax: syntaxName }));
	const encoding = { explicit: syntax !== '1.2.840.10008.1.2', littleEndian: syntax !== '1.2.840.10008.1.2.2' };
	const data = new DataSet(view, meta.end, bytes.length, encoding);
	const native = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2'].includes(syntax);
	const packing = native ? 'native' : syntax === '1.2.840.10008.1.2.5' ? 'rle' : 'unreadable';
	const sopClass = data.text('SOPClassUID') ?? meta.text('MediaStorageSOPClassUID') ?? '';
	return { ok: true, value: { path, bytes, encoding, packing, syntaxName, sopClass, data } };
}
