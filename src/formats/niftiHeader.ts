import { NIFTI1, NIFTI2 } from 'nifti-reader-js';
import { headerText } from './headerText.ts';
import { headerSize } from './sniff.ts';
import type { HeaderText } from './volume.ts';

/** Fields of a NIfTI header that matter here, as stored: nothing is checked yet. */
export interface NiftiHeader {
	readonly littleEndian: boolean;
	/** `dim[0]`, the number of axes, and their lengths. Eight numbers. */
	readonly dims: readonly number[];
	/** `pixdim[0]` (the qform's handedness) and the spacings. Eight numbers. */
	readonly pixDims: readonly number[];
	readonly datatypeCode: number;
	/** Byte where the voxels start. */
	readonly voxOffset: number;
	readonly slope: number;
	readonly intercept: number;
	readonly qformCode: number;
	readonly sformCode: number;
	/** Quaternion b, c, d and offset x, y, z. */
	readonly quaternion: readonly [number, number, number];
	readonly qOffset: readonly [number, number, number];
	/** The three rows of the sform, twelve numbers, whatever its code. */
	readonly sform: readonly number[];
	/** Free texts; may name the patient. */
	readonly texts: readonly HeaderText[];
}

/**
 * Reads the header at the start of inflated bytes, NIfTI-1 or -2 in either byte order.
 * Throws unless `sniffFile` has let the bytes through.
 */
export function readNiftiHeader(bytes: Uint8Array): NiftiHeader {
	const size = headerSize(bytes);
	if (size === 0 || bytes.length < size) throw new Error(`got ${bytes.length} bytes without a header, expected one`);
	// Exactly the header: the library would else walk the extensions, where a hostile size makes it loop or throw.
	// A copy by hand, as `slice` of Node's Buffer is none.
	const alone = new ArrayBuffer(size);
	new Uint8Array(alone).set(bytes.subarray(0, size));
	const header = size === 348 ? new NIFTI1() : new NIFTI2();
	header.readHeader(alone);
	const view = new DataView(alone);
	const { littleEndian } = header;
	return {
		littleEndian,
		dims: header.dims,
		pixDims: header.pixDims,
		datatypeCode: header.datatypeCode,
		voxOffset: size === 348 ? header.vox_offset : int64(view, 168, littleEndian),
		slope: header.scl_slope,
		intercept: header.scl_inter,
		qformCode: header.qform_code,
		sformCode: header.sform_code,
		quaternion: [header.quatern_b, header.quatern_c, header.quatern_d],
		qOffset: [header.qoffset_x, header.qoffset_y, header.qoffset_z],
		// The library overwrites the sform where the qform's code is higher.
		sform: Array.from({ length: 12 }, (_, n) =>
			size === 348 ? view.getFloat32(280 + 4 * n, littleEndian) : view.getFloat64(400 + 8 * n, littleEndian),
		),
		texts: TEXTS[size].flatMap(([field, at, length]) => headerText(field, bytes.subarray(at, at + length))),
	};
}

/** The library (0.8.0) takes the halves of a big-endian one in the wrong order. */
function int64(view: DataView, at: number, littleEndian: boolean): number {
	return Number(view.getBigInt64(at, littleEndian));
}

/** Free texts of the two headers: name, first byte, length. */
const TEXTS: Readonly<Record<348 | 540, readonly (readonly [field: string, at: number, length: number])[]>> = {
	348: [
		['data_type', 4, 10],
		['db_name', 14, 18],
		['descrip', 148, 80],
		['aux_file', 228, 24],
		['intent_name', 328, 16],
	],
	540: [
		['descrip', 240, 80],
		['aux_file', 320, 24],
		['intent_name', 508, 16],
	],
};

/** No header has more. */
const MOST_EXTENSIONS = 256;

/**
 * Texts of the extensions between a header and `end`, as fields `extension <code>`: 2 is DICOM, 4 AFNI, 6 a comment.
 * Any first byte but 0 says that there are some. One whose size makes no sense ends the list, as nothing behind it can
 * be told apart. `bytes` start at the header.
 * Source: nifti1.h, "extended header".
 */
export function extensionTexts(bytes: Uint8Array, end: number, littleEndian: boolean): HeaderText[] {
	const size = headerSize(bytes);
	const texts: HeaderText[] = [];
	if (!bytes[size]) return texts;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const last = Math.min(end, bytes.length);
	for (let at = size + 4, n = 0; at + 8 <= last && n < MOST_EXTENSIONS; n++) {
		const length = view.getInt32(at, littleEndian);
		if (length < 8 || at + length > last) break;
		const code = view.getInt32(at + 4, littleEndian);
		texts.push(...headerText(`extension ${code}`, bytes.subarray(at + 8, at + length)));
		at += length;
	}
	return texts;
}
