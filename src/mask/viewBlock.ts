import type { Dims } from '../grid/grid.ts';
import { boxSize } from '../scoring/kernels/boxes.ts';
import type { Box } from '../scoring/kernels/kernels.ts';
import type { RegionMask } from './regionMask.ts';

/** The voxels of a mask in a box of its view, whatever the order they are stored in. */
export interface ViewBlock {
	/** View position of the first voxel; may lie beyond the image. */
	readonly min: Dims;
	/** Voxels to the right, to the front, to the head. */
	readonly dims: Dims;
	/** One byte a voxel, 0 or 1, x (to the right) fastest, then y, then slice; 0 beyond the image. A copy. */
	readonly data: Uint8Array;
}

/** The smallest box of view positions around what is drawn in the slices `first` to `last`; empty where nothing is. */
export function drawnBox(mask: RegionMask, first = 0, last = mask.view.dims[2] - 1): Box {
	const { dims, strides, origin } = mask.view;
	const from = [0, 0, first];
	const to = [dims[0] - 1, dims[1] - 1, last];
	while (from[2]! <= last && mask.sliceCounts[from[2]!] === 0) from[2]!++;
	while (to[2]! > from[2]! && mask.sliceCounts[to[2]!] === 0) to[2]!--;
	const min = [...dims];
	const max = [-1, -1, -1];
	// Read in the order in which the voxels lie in memory.
	const [a, b, c] = [0, 1, 2].sort((p, q) => Math.abs(strides[p]!) - Math.abs(strides[q]!)) as [number, number, number];
	for (let w = from[c]!; w <= to[c]!; w++) {
		if (c === 2 && mask.sliceCounts[w] === 0) continue;
		for (let v = from[b]!; v <= to[b]!; v++) {
			const line = origin + w * strides[c]! + v * strides[b]!;
			let low = from[a]!;
			while (low <= to[a]! && mask.data[line + low * strides[a]!] === 0) low++;
			if (low > to[a]!) continue;
			let high = to[a]!;
			while (mask.data[line + high * strides[a]!] === 0) high--;
			min[a] = Math.min(min[a]!, low);
			max[a] = Math.max(max[a]!, high);
			min[b] = Math.min(min[b]!, v);
			max[b] = Math.max(max[b]!, v);
			min[c] = Math.min(min[c]!, w);
			max[c] = Math.max(max[c]!, w);
		}
	}
	return { min: min as unknown as Dims, max: max as unknown as Dims };
}

/** A box with `by` more voxels on both sides of each axis; it may reach beyond the image. */
export function widened({ min, max }: Box, by: Dims): Box {
	return {
		min: min.map((v, axis) => v - by[axis]!) as unknown as Dims,
		max: max.map((v, axis) => v + by[axis]!) as unknown as Dims,
	};
}

/** The part of a box that lies in the image. */
export function clipped({ min, max }: Box, dims: Dims): Box {
	return {
		min: min.map((v) => Math.max(0, v)) as unknown as Dims,
		max: max.map((v, axis) => Math.min(dims[axis]! - 1, v)) as unknown as Dims,
	};
}

/** Copies the voxels of a mask in a box of its view. The box may reach beyond the image; an empty one has no voxels. */
export function readBlock(mask: RegionMask, box: Box): ViewBlock {
	const dims = boxSize(box);
	const { min } = box;
	const data = new Uint8Array(dims[0] * dims[1] * dims[2]);
	const inside = clipped(box, mask.view.dims);
	const step = mask.view.strides[0];
	for (let slice = inside.min[2]; slice <= inside.max[2]; slice++) {
		if (mask.sliceCounts[slice] === 0) continue;
		for (let y = inside.min[1]; y <= inside.max[1]; y++) {
			let index = mask.index(inside.min[0], y, slice);
			let n = inside.min[0] - min[0] + dims[0] * (y - min[1] + dims[1] * (slice - min[2]));
			for (let x = inside.min[0]; x <= inside.max[0]; x++, index += step) data[n++] = mask.data[index]!;
		}
	}
	return { min, dims, data };
}

/**
 * The stored elements whose value differs between a block and what is wanted in its place, each once.
 * `wanted` has the block's order and is 0 or 1, and 0 beyond the image.
 */
export function elementsToChange(mask: RegionMask, { min, dims, data }: ViewBlock, wanted: Uint8Array): Uint32Array {
	let count = 0;
	for (let n = 0; n < data.length; n++) if (data[n] !== wanted[n]) count++;
	const elements = new Uint32Array(count);
	for (let n = 0, found = 0; found < count; n++)
		if (data[n] !== wanted[n]) {
			const row = Math.floor(n / dims[0]);
			const slice = Math.floor(row / dims[1]);
			elements[found++] = mask.index(min[0] + (n % dims[0]), min[1] + (row % dims[1]), min[2] + slice);
		}
	return elements;
}
