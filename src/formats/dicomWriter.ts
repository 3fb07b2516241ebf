import { DICOM_TAGS, type DicomKeyword, type Vr } from './dicomTags.ts';

/** A value to be written: texts and numbers alone or several, bytes, or the items of a sequence. */
type DicomValue = string | number | readonly (string | number)[] | Uint8Array | readonly DicomItem[];
/** Elements of a data set to be written, in any order. */
export type DicomItem = { readonly [K in DicomKeyword]?: DicomValue };

/** Two spare bytes and a length of four. */
const LONG: readonly Vr[] = ['OB', 'OW', 'SQ'];
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
/** Names this program as the one that wrote a file. */
const IMPLEMENTATION = '2.25.187304962047166152987304116205938471625';
const PREAMBLE = 128;
const MAX_DS = 16;

/**
 * A DICOM file (Part 10) in explicit VR little endian, texts in UTF-8. `data` holds SOPClassUID and SOPInstanceUID.
 * Sequences and items have lengths. The same input gives the same bytes. Source: DICOM PS3.5 7, PS3.10 7.1.
 */
export function writeDicom(data: DicomItem): Uint8Array<ArrayBuffer> {
	const meta = encodeItem({
		FileMetaInformationVersion: Uint8Array.of(0, 1),
		MediaStorageSOPClassUID: data.SOPClassUID!,
		MediaStorageSOPInstanceUID: data.SOPInstanceUID!,
		TransferSyntaxUID: EXPLICIT_LITTLE_ENDIAN,
		ImplementationClassUID: IMPLEMENTATION,
	});
	const length = encodeItem({ FileMetaInformationGroupLength: byteCount(meta) });
	const mark = new Uint8Array(PREAMBLE + 4);
	mark.set([0x44, 0x49, 0x43, 0x4d], PREAMBLE);
	return joined([mark, ...length, ...meta, ...encodeItem({ SpecificCharacterSet: 'ISO_IR 192', ...data })]);
}

/** A number as DICOM's decimal string: as many digits as 16 characters hold. Throws on what is not finite. */
function decimalString(value: number): string {
	if (!Number.isFinite(value)) throw new Error(`got ${value}, expected a finite number`);
	if (Math.abs(value) < 1e-10) return '0';
	for (let digits = 15; digits > 0; digits--) {
		const text = String(Number(value.toPrecision(digits)));
		if (text.length <= MAX_DS) return text;
	}
	return '0';
}

function encodeItem(item: DicomItem): Uint8Array[] {
	const keywords = Object.keys(item) as DicomKeyword[];
	return keywords
		.sort((a, b) => DICOM_TAGS[a][0] - DICOM_TAGS[b][0])
		.flatMap((keyword) => encodeElement(keyword, item[keyword]!));
}

function encodeElement(keyword: DicomKeyword, value: DicomValue): Uint8Array[] {
	const [tag, tableVr] = DICOM_TAGS[keyword];
	const vr: Vr = tableVr === 'OW' && value instanceof Uint8Array ? 'OB' : tableVr;
	const parts = vr === 'SQ' ? (value as readonly DicomItem[]).flatMap(encodeNested) : [encodeValue(vr, value)];
	const length = byteCount(parts);
	const long = LONG.includes(vr);
	const head = new DataView(new ArrayBuffer(long ? 12 : 8));
	head.setUint16(0, tag >>> 16, true);
	head.setUint16(2, tag & 0xffff, true);
	head.setUint8(4, vr.charCodeAt(0));
	head.setUint8(5, vr.charCodeAt(1));
	if (long) head.setUint32(8, length, true);
	else head.setUint16(6, length, true);
	return [new Uint8Array(head.buffer), ...parts];
}

function encodeNested(item: DicomItem): Uint8Array[] {
	const parts = encodeItem(item);
	const head = new DataView(new ArrayBuffer(8));
	head.setUint16(0, 0xfffe, true);
	head.setUint16(2, 0xe000, true);
	head.setUint32(4, byteCount(parts), true);
	return [new Uint8Array(head.buffer), ...parts];
}

/** The bytes of a value, made even. */
function encodeValue(vr: Vr, value: DicomValue): Uint8Array {
	if (value instanceof Uint8Array) return padded(value, 0);
	const values = (Array.isArray(value) ? value : [value]) as readonly (string | number)[];
	if (vr === 'US' || vr === 'UL' || vr === 'FD' || vr === 'AT') return encodeNumbers(vr, values as readonly number[]);
	const text = values.map((v) => (vr === 'DS' ? decimalString(Number(v)) : String(v))).join('\\');
	return padded(utf8(text), vr === 'UI' ? 0 : 0x20);
}

function encodeNumbers(vr: 'US' | 'UL' | 'FD' | 'AT', values: readonly number[]): Uint8Array {
	const width = { US: 2, UL: 4, FD: 8, AT: 4 }[vr];
	const view = new DataView(new ArrayBuffer(values.length * width));
	for (const [n, value] of values.entries()) {
		const at = n * width;
		if (vr === 'US') view.setUint16(at, value, true);
		else if (vr === 'UL') view.setUint32(at, value, true);
		else if (vr === 'FD') view.setFloat64(at, value, true);
		else {
			view.setUint16(at, value >>> 16, true);
			view.setUint16(at + 2, value & 0xffff, true);
		}
	}
	return new Uint8Array(view.buffer);
}

function utf8(text: string): Uint8Array {
	const whole = text.replace(/\p{Surrogate}/gu, '\ufffd');
	const encoded = encodeURIComponent(whole);
	return Uint8Array.from(encoded.match(/%[0-9A-F]{2}|[^%]/g) ?? [], (part) =>
		part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0),
	);
}

function padded(bytes: Uint8Array, filler: number): Uint8Array {
	if (bytes.length % 2 === 0) return bytes;
	const out = new Uint8Array(bytes.length + 1).fill(filler, bytes.length);
	out.set(bytes);
	return out;
}

function byteCount(parts: readonly Uint8Array[]): number {
	return parts.reduce((sum, part) => sum + part.length, 0);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const out = new Uint8Array(byteCount(parts));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}
