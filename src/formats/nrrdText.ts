import type { NiftiDatatype } from './niftiVoxels.ts';

/** Numbers that were written as text, as the bytes they stand for. */
export interface NumberText {
	/** Fewer than asked for where the text ends early. */
	readonly bytes: Uint8Array;
	/** Bytes of text behind the last number, blanks left out. */
	readonly left: number;
	/** `range`: a number the type cannot hold; else a word that is none. */
	readonly fault?: 'range' | { readonly text: string };
}

const BLANK = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x2c]);
const LONGEST_NUMBER = 400;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const WRITERS = {
	uint8: [1, 'setUint8'],
	int8: [1, 'setInt8'],
	uint16: [2, 'setUint16'],
	int16: [2, 'setInt16'],
	uint32: [4, 'setUint32'],
	int32: [4, 'setInt32'],
	uint64: [8, 'setBigUint64'],
	int64: [8, 'setBigInt64'],
	float32: [4, 'setFloat32'],
	float64: [8, 'setFloat64'],
} as const satisfies Record<NiftiDatatype, readonly [number, keyof DataView]>;

/** Least and most of the whole types; 64-bit ones as far as numbers are exact. */
function limits(datatype: NiftiDatatype): readonly [number, number] {
	const bits = Math.min(54, WRITERS[datatype][0] * 8);
	return datatype.startsWith('u')
		? [0, Math.min(2 ** bits - 1, Number.MAX_SAFE_INTEGER)]
		: [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
}

/** Reads up to `count` numbers, blanks or commas between them, into little-endian bytes. NaN and inf are numbers here. */
export function readNumbers(text: Uint8Array, datatype: NiftiDatatype, count: number): NumberText {
	const [width, writer] = WRITERS[datatype];
	// A number and its blank take two bytes: what the text cannot hold is not made room for.
	const bytes = new Uint8Array(Math.min(count, Math.ceil(text.length / 2)) * width);
	const view = new DataView(bytes.buffer);
	const whole = !datatype.startsWith('float');
	const [least, most] = limits(datatype);
	let at = 0;
	let n = 0;
	for (; n < count; n++) {
		while (at < text.length && BLANK.has(text[at]!)) at++;
		if (at === text.length) break;
		const start = at;
		while (at < text.length && !BLANK.has(text[at]!)) at++;
		const word = String.fromCharCode(...text.subarray(start, Math.min(at, start + LONGEST_NUMBER)));
		const value = numberOf(word);
		if (value === undefined) return { bytes, left: 0, fault: { text: word.slice(0, 20) } };
		if (whole && !(Number.isInteger(value) && value >= least && value <= most))
			return { bytes, left: 0, fault: 'range' };
		if (writer === 'setBigInt64' || writer === 'setBigUint64') view[writer](n * width, BigInt(value), true);
		else if (writer === 'setUint8' || writer === 'setInt8') view[writer](n, value);
		else view[writer](n * width, value, true);
	}
	return { bytes: bytes.subarray(0, n * width), left: inked(text, at) };
}

/** Reads up to `count` bytes, each of two hexadecimal digits, blanks anywhere between the digits. */
export function readHex(text: Uint8Array, count: number): NumberText {
	const bytes = new Uint8Array(Math.min(count, Math.floor(text.length / 2)));
	let digits = 0;
	let at = 0;
	for (; at < text.length && digits < count * 2; at++) {
		const sign = text[at]!;
		if (BLANK.has(sign)) continue;
		const digit = digitOf(sign);
		if (digit === undefined) return { bytes, left: 0, fault: { text: String.fromCharCode(sign) } };
		bytes[digits >> 1]! |= digits % 2 === 0 ? digit << 4 : digit;
		digits++;
	}
	return { bytes: bytes.subarray(0, digits >> 1), left: inked(text, at) };
}

function inked(text: Uint8Array, from: number): number {
	let left = 0;
	for (let at = from; at < text.length; at++) if (!BLANK.has(text[at]!)) left++;
	return left;
}

function numberOf(word: string): number | undefined {
	if (NUMBER.test(word)) return Number(word);
	const name = /^([+-]?)(nan|inf(?:inity)?)$/i.exec(word);
	if (!name) return undefined;
	return name[2]!.toLowerCase() === 'nan'
		? Number.NaN
		: name[1] === '-'
			? Number.NEGATIVE_INFINITY
			: Number.POSITIVE_INFINITY;
}

function digitOf(sign: number): number | undefined {
	if (sign >= 0x30 && sign <= 0x39) return sign - 0x30;
	const letter = sign | 0x20;
	return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : undefined;
}
