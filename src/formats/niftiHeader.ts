import { NIFTI1, NIFTI2 } from 'nifti-reader-js';
import { headerSize } from './sniff.ts';

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
	/** Free text of the header up to its first NUL; may name the patient. */
	readonly description: string;
}

/**
 * Reads the header at the start of inflated bytes, NIfTI-1 or -2 in either byte order.
 * Throws unless `foreignFile` has let the bytes through.
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
		description: text(bytes.subarray(size === 348 ? 148 : 240, size === 348 ? 228 : 320)),
	};
}

/** The library (0.8.0) takes the halves of a big-endian one in the wrong order. */
function int64(view: DataView, at: number, littleEndian: boolean): number {
	return Number(view.getBigInt64(at, littleEndian));
}

function text(bytes: Uint8Array): string {
	const end = bytes.indexOf(0);
	return String.fromCharCode(...bytes.subarray(0, end < 0 ? bytes.length : end)).trim();
}
