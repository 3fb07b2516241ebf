/** The part of the platform's TextDecoder in use; there in pages, workers and Node alike. */
interface Decoder {
	decode(bytes: Uint8Array): string;
}

/** Character sets of DICOM by the names that TextDecoder knows. Source: DICOM PS3.3 C.12.1.1.2, PS3.5 annexes H to K. */
const CHARSETS: Readonly<Record<string, string>> = {
	'ISO_IR 100': 'latin1',
	'ISO_IR 101': 'iso-8859-2',
	'ISO_IR 144': 'iso-8859-5',
	'ISO_IR 13': 'shift_jis',
	'ISO_IR 192': 'utf-8',
	'ISO 2022 IR 87': 'iso-2022-jp',
	'ISO 2022 IR 149': 'euc-kr',
	'ISO 2022 IR 58': 'gb18030',
	GB18030: 'gb18030',
	GBK: 'gb18030',
};

/** Switches between character sets: what follows is already read as the larger one. */
const ESCAPES = new RegExp(`${String.fromCharCode(0x1b)}[$()-]+[A-Za-z0-9]`, 'g');

/**
 * The text of an element without its padding. `charset` is SpecificCharacterSet with its backslashes, empty for none:
 * then bytes above ASCII are read as UTF-8, which many writers mean. What cannot be read becomes U+FFFD.
 */
export function decodeDicomText(bytes: Uint8Array, charset: string): string {
	const ascii = bytes.every((byte) => byte < 0x80 && byte !== 0x1b);
	const text = ascii ? String.fromCharCode(...bytes) : decode(bytes, charset);
	return text.replace(/^[\s\0]+|[\s\0]+$/g, '');
}

function decode(bytes: Uint8Array, charset: string): string {
	const names = charset.split('\\').map((name) => CHARSETS[name.trim()]);
	// With code extensions the first set is plain and the second the one that matters.
	const label = names.findLast((name) => name !== undefined) ?? 'utf-8';
	const { TextDecoder } = globalThis as unknown as { TextDecoder: new (label: string) => Decoder };
	const text = new TextDecoder(label).decode(bytes);
	return label === 'iso-2022-jp' ? text : text.replace(ESCAPES, '');
}
