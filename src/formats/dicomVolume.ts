import { type Dims, voxelCount } from '../grid/grid.ts';
import type { DicomSlice } from './dicomSlices.ts';
import { formatIssue } from './formatIssue.ts';
import type { Result } from './issue.ts';
import type { VoxelData } from './volume.ts';

type Kind = 'uint8' | 'uint16' | 'int16' | 'float32';

/** Bytes of a voxel in the array that holds these slices. */
export function voxelBytes(slices: readonly DicomSlice[]): number {
	return { uint8: 1, uint16: 2, int16: 2, float32: 4 }[kindFor(slices)];
}

/**
 * The voxels of slices that lie at `places` of the third axis, scaling baked in: whole numbers where no slice is scaled
 * and all have a sign or none has, else 32-bit floats. The first slice of a place counts; places without one are 0.
 * `datatype` names what the file stores. An issue where compressed pixels are damaged.
 */
export function fillVolume(
	slices: readonly DicomSlice[],
	places: readonly number[],
	dims: Dims,
	path: string,
): Result<{ readonly data: VoxelData; readonly datatype: string }> {
	const kind = kindFor(slices);
	const voxels = voxelCount(dims);
	const data = newArray(kind, voxels);
	const size = dims[0] * dims[1];
	const taken = new Set<number>();
	for (const [n, slice] of slices.entries()) {
		const k = places[n]!;
		if (taken.has(k)) continue;
		taken.add(k);
		const words = slice.pixels.frame(slice.frame);
		if (!words) return { ok: false, issues: [formatIssue('dicom.damaged', slice.file.path || path, {})] };
		copySlice(words, slice, data.subarray(k * size, (k + 1) * size));
	}
	const { signed, bitsAllocated } = slices[0]!.pixels;
	return { ok: true, value: { data, datatype: `${signed ? 'int' : 'uint'}${bitsAllocated}` } };
}

/** Takes the stored bits out of each word, the sign among them, and scales. Source: DICOM PS3.5 8.1.1. */
function copySlice(words: Uint8Array | Uint16Array, { pixels, slope, intercept }: DicomSlice, out: VoxelData): void {
	const { bitsStored, highBit, signed } = pixels;
	const shift = highBit + 1 - bitsStored;
	const up = 32 - bitsStored;
	for (let p = 0; p < out.length; p++) {
		const raised = (words[p]! >> shift) << up;
		const value = signed ? raised >> up : raised >>> up;
		out[p] = value * slope + intercept;
	}
}

function kindFor(slices: readonly DicomSlice[]): Kind {
	const scaled = slices.some(({ slope, intercept }) => slope !== 1 || intercept !== 0);
	const signed = slices.filter(({ pixels }) => pixels.signed).length;
	if (scaled || (signed > 0 && signed < slices.length)) return 'float32';
	if (signed > 0) return 'int16';
	return slices.every(({ pixels }) => pixels.bitsAllocated <= 8) ? 'uint8' : 'uint16';
}

function newArray(kind: Kind, length: number): VoxelData {
	if (kind === 'uint8') return new Uint8Array(length);
	if (kind === 'uint16') return new Uint16Array(length);
	return kind === 'int16' ? new Int16Array(length) : new Float32Array(length);
}
