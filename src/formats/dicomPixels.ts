import type { DicomFile } from './dicomFile.ts';
import { formatIssue } from './formatIssue.ts';
import type { Issue, Result } from './issue.ts';

/** The pixels of a file, taken out frame by frame. */
export interface Pixels {
	readonly rows: number;
	readonly columns: number;
	readonly frames: number;
	/** 1, 8 or 16. */
	readonly bitsAllocated: number;
	readonly bitsStored: number;
	readonly highBit: number;
	readonly signed: boolean;
	/**
	 * The stored words of a frame, row by row, as they are (sign and unused bits not seen to); 0 and 1 for one bit.
	 * May be a view of the file. Undefined where compressed bytes are damaged.
	 */
	frame(n: number): Uint8Array | Uint16Array | undefined;
}

/** Most frames of one file. */
const MAX_FRAMES = 131_072;

/**
 * Prepares reading the pixels of a file: uncompressed or RLE, grey, 1, 8 or 16 bits. All that stands against it is told at
 * once. Nothing is decoded yet; a frame takes up to `rows × columns` words when it is asked for.
 */
export function openPixels(file: DicomFile): Result<Pixels> {
	const { data, path, packing, syntaxName } = file;
	const issues: Issue[] = [];
	const rows = data.number('Rows') ?? 0;
	const columns = data.number('Columns') ?? 0;
	const frames = data.number('NumberOfFrames') ?? 1;
	const bitsAllocated = data.number('BitsAllocated') ?? 0;
	const bitsStored = data.number('BitsStored') ?? bitsAllocated;
	const highBit = data.number('HighBit') ?? bitsStored - 1;
	const known = [1, 8, 16].includes(bitsAllocated) && bitsStored >= 1 && bitsStored <= highBit + 1;
	if (packing === 'unreadable') issues.push(formatIssue('dicom.compressed', path, { syntax: syntaxName }));
	if ((data.number('SamplesPerPixel') ?? 1) !== 1) issues.push(formatIssue('nifti.colour', path, {}));
	if (!known || highBit >= bitsAllocated) issues.push(formatIssue('dicom.bits', path, { bits: bitsAllocated }));
	const whole = Number.isInteger(frames) && frames >= 1 && frames <= MAX_FRAMES;
	if (rows < 1 || columns < 1 || !whole)
		issues.push(formatIssue('nifti.dims', path, { dims: `${columns} × ${rows} × ${frames}` }));
	if (issues.length > 0) return { ok: false, issues };
	const signed = data.number('PixelRepresentation') === 1;
	const shape = { rows, columns, frames, bitsAllocated, bitsStored, highBit, signed };
	const frame = packing === 'rle' ? rleFrames(file, shape) : nativeFrames(file, shape);
	return frame.ok ? { ok: true, value: { ...shape, frame: frame.value } } : frame;
}

type Shape = Omit<Pixels, 'frame'>;

function nativeFrames(file: DicomFile, { rows, columns, frames, bitsAllocated }: Shape): Result<Pixels['frame']> {
	const { bytes, data, path, encoding } = file;
	const element = data.element('PixelData');
	if (!element || element.undefinedLength) return { ok: false, issues: [formatIssue('dicom.damaged', path, {})] };
	const size = rows * columns;
	const expectedBytes = Math.ceil((size * frames * bitsAllocated) / 8);
	const there = Math.min(element.length, bytes.length - element.start);
	if (there < expectedBytes)
		return { ok: false, issues: [formatIssue('dicom.truncated', path, { expectedBytes, bytes: there })] };
	const wordy = bitsAllocated === 16 || element.vr === 'OW';
	const stored = bytes.subarray(element.start, element.start + there);
	const pixels = !encoding.littleEndian && wordy ? swapped(stored) : stored;
	const value = (n: number) => {
		if (bitsAllocated === 1) return unpackBits(pixels, n * size, size);
		const part = pixels.subarray((n * size * bitsAllocated) / 8, ((n + 1) * size * bitsAllocated) / 8);
		return bitsAllocated === 8 ? part : words(part);
	};
	return { ok: true, value };
}

/** One bit a pixel, least significant first; frames follow one another without a gap. Source: DICOM PS3.5 8.1.1. */
function unpackBits(packed: Uint8Array, firstBit: number, count: number): Uint8Array {
	const out = new Uint8Array(count);
	for (let n = 0; n < count; n++) {
		const bit = firstBit + n;
		const byte = packed[bit >> 3]!;
		if (byte === 0) n += 7 - (bit & 7);
		else out[n] = (byte >> (bit & 7)) & 1;
	}
	return out;
}

function words(bytes: Uint8Array): Uint16Array {
	// A copy, as words must lie at even places; `slice` of Node's Buffer would be none. Typed arrays are little endian
	// wherever JavaScript runs today.
	return new Uint16Array(new Uint8Array(bytes).buffer);
}

function swapped(bytes: Uint8Array): Uint8Array {
	const out = new Uint8Array(bytes.length);
	for (let n = 0; n + 1 < bytes.length; n += 2) {
		out[n] = bytes[n + 1]!;
		out[n + 1] = bytes[n]!;
	}
	return out;
}

function rleFrames(file: DicomFile, { rows, columns, frames, bitsAllocated }: Shape): Result<Pixels['frame']> {
	const fragments = file.data.fragments()?.slice(1) ?? [];
	// A frame may not be split in RLE, so there are as many fragments as frames.
	if (fragments.length !== frames || bitsAllocated === 1)
		return { ok: false, issues: [formatIssue('dicom.damaged', file.path, {})] };
	const planes = bitsAllocated / 8;
	const value = (n: number) => {
		const [start, end] = fragments[n]!;
		const decoded = decodeRle(file.bytes.subarray(start, end), planes, rows * columns);
		return decoded && (planes === 1 ? decoded : words(decoded));
	};
	return { ok: true, value };
}

/**
 * A frame of RLE: a segment for each byte of a word, the most significant first, packed as PackBits. Gives
 * `planes × count` bytes, little endian; undefined where the bytes do not hold that many. Source: DICOM PS3.5 annex G.
 */
function decodeRle(bytes: Uint8Array, planes: number, count: number): Uint8Array | undefined {
	if (bytes.length < 64) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (view.getUint32(0, true) !== planes) return undefined;
	const out = new Uint8Array(planes * count);
	for (let plane = 0; plane < planes; plane++) {
		let at = view.getUint32(4 + 4 * plane, true);
		for (let n = 0; n < count; ) {
			const code = bytes[at++];
			if (code === undefined) return undefined;
			if (code === 128) continue;
			const run = Math.min(code < 128 ? code + 1 : 257 - code, count - n);
			if (at + (code < 128 ? run : 1) > bytes.length) return undefined;
			for (let r = 0; r < run; r++) out[n++ * planes + planes - 1 - plane] = bytes[code < 128 ? at + r : at]!;
			at += code < 128 ? run : 1;
		}
	}
	return out;
}
