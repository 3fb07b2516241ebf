import { formatIssue } from './formatIssue.ts';
import type { Issue, Result } from './issue.ts';
import type { VoxelData } from './volume.ts';

/** NIfTI datatypes that are read, by their code in the header. */
export const NIFTI_DATATYPES = {
	2: { name: 'uint8', bytes: 1 },
	4: { name: 'int16', bytes: 2 },
	8: { name: 'int32', bytes: 4 },
	16: { name: 'float32', bytes: 4 },
	64: { name: 'float64', bytes: 8 },
	256: { name: 'int8', bytes: 1 },
	512: { name: 'uint16', bytes: 2 },
	768: { name: 'uint32', bytes: 4 },
	1024: { name: 'int64', bytes: 8 },
	1280: { name: 'uint64', bytes: 8 },
} as const;
export type NiftiDatatypeCode = keyof typeof NIFTI_DATATYPES;
export type NiftiDatatype = (typeof NIFTI_DATATYPES)[NiftiDatatypeCode]['name'];

/** Voxels as they lie in the file. */
export interface StoredVoxels {
	/** Whole file, inflated. */
	readonly bytes: Uint8Array;
	readonly offset: number;
	readonly count: number;
	readonly datatype: NiftiDatatype;
	readonly littleEndian: boolean;
	/** What the header says, unset (0, NaN or infinite slope) included. */
	readonly slope: number;
	readonly intercept: number;
}

/**
 * Voxels as everyone downstream keeps them, with the file's scaling baked in and NaN and ±∞ set to 0 (a warning
 * counts them). Without scaling: uint8, int16, uint16, int32 and float32 stay, int8 becomes int16; uint32, int64 and
 * uint64 become int32 where every value fits, else an issue; float64 becomes float32, with a warning where a value
 * was rounded. With scaling: float32. Throws where `bytes` are shorter than offset and count say.
 */
export function readVoxels(stored: StoredVoxels, path: string): Result<{ data: VoxelData; warnings: Issue[] }> {
	const { datatype } = stored;
	const warnings: Issue[] = [];
	const scaled = Number.isFinite(stored.slope) && stored.slope !== 0;
	if (scaled && !Number.isFinite(stored.intercept)) {
		const params = { slope: stored.slope, intercept: String(stored.intercept) };
		return { ok: false, issues: [formatIssue('nifti.scaling', path, params)] };
	}
	const raw = rawVoxels(stored);
	if (scaled && (stored.slope !== 1 || stored.intercept !== 0)) {
		const data = scale(raw, stored.slope, stored.intercept);
		warnings.push(...cleared(data, path));
		return { ok: true, value: { data, warnings } };
	}
	if (raw instanceof Uint32Array || raw instanceof BigInt64Array || raw instanceof BigUint64Array) {
		const data = toInt32(raw);
		if (!data) return { ok: false, issues: [formatIssue('nifti.valueRange', path, { datatype })] };
		return { ok: true, value: { data, warnings } };
	}
	if (raw instanceof Int8Array) return { ok: true, value: { data: Int16Array.from(raw), warnings } };
	if (raw instanceof Float64Array) {
		const data = Float32Array.from(raw);
		if (data.some((value, n) => value !== raw[n] && Number.isFinite(raw[n]))) {
			warnings.push(formatIssue('nifti.rounded', path, { datatype }));
		}
		warnings.push(...cleared(data, path));
		return { ok: true, value: { data, warnings } };
	}
	if (raw instanceof Float32Array) warnings.push(...cleared(raw, path));
	return { ok: true, value: { data: raw, warnings } };
}

const ARRAYS = {
	uint8: Uint8Array,
	int8: Int8Array,
	uint16: Uint16Array,
	int16: Int16Array,
	uint32: Uint32Array,
	int32: Int32Array,
	uint64: BigUint64Array,
	int64: BigInt64Array,
	float32: Float32Array,
	float64: Float64Array,
} as const;

type Raw = InstanceType<(typeof ARRAYS)[NiftiDatatype]>;

/** A copy of the voxels' bytes in this machine's order (little endian wherever JavaScript runs today). */
function rawVoxels({ bytes, offset, count, datatype, littleEndian }: StoredVoxels): Raw {
	const width = ARRAYS[datatype].BYTES_PER_ELEMENT;
	const end = offset + count * width;
	if (bytes.length < end) throw new Error(`got ${bytes.length} bytes, expected at least ${end}`);
	const own = new Uint8Array(count * width);
	own.set(bytes.subarray(offset, end));
	if (!littleEndian && width > 1) reverseEach(own, width);
	return new ARRAYS[datatype](own.buffer);
}

function reverseEach(bytes: Uint8Array, width: number): void {
	for (let at = 0; at < bytes.length; at += width)
		for (let low = at, high = at + width - 1; low < high; low++, high--) {
			const kept = bytes[low]!;
			bytes[low] = bytes[high]!;
			bytes[high] = kept;
		}
}

function scale(raw: Raw, slope: number, intercept: number): Float32Array<ArrayBuffer> {
	const out = new Float32Array(raw.length);
	for (let n = 0; n < out.length; n++) out[n] = Number(raw[n]!) * slope + intercept;
	return out;
}

function toInt32(raw: Uint32Array | BigInt64Array | BigUint64Array): Int32Array<ArrayBuffer> | undefined {
	const out = new Int32Array(raw.length);
	for (let n = 0; n < out.length; n++) {
		const value = Number(raw[n]!);
		out[n] = value;
		if (out[n] !== value) return undefined;
	}
	return out;
}

/** Sets NaN and ±∞ to 0 in place; a warning with their number, or none. */
function cleared(data: Float32Array, path: string): Issue[] {
	let count = 0;
	for (let n = 0; n < data.length; n++)
		if (!Number.isFinite(data[n]!)) {
			data[n] = 0;
			count++;
		}
	return count > 0 ? [formatIssue('nifti.nonFinite', path, { count })] : [];
}
