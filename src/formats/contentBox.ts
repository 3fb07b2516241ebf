import type { RasView } from '../grid/rasView.ts';
import type { VoxelData } from './volume.ts';

/** First and last voxel position of something along right and front, over all slices. */
export interface ContentBox {
	readonly x: readonly [number, number];
	readonly y: readonly [number, number];
}

/** Share of a row's voxels that must be above the threshold for the row to count, so that noise in the air does not. */
const ROW_SHARE = 0.02;

/**
 * The part of the slice plane that a head takes up: rows and columns in which at least 2 % of the voxels are above
 * `threshold`. The whole plane where that is nowhere so.
 */
export function contentBox(data: VoxelData, { dims, strides, origin }: RasView, threshold: number): ContentBox {
	const [width, height, depth] = dims;
	const columns = new Uint32Array(width);
	const rows = new Uint32Array(height);
	for (let z = 0; z < depth; z++)
		for (let y = 0; y < height; y++) {
			let index = origin + y * strides[1] + z * strides[2];
			for (let x = 0; x < width; x++, index += strides[0])
				if (data[index]! > threshold) {
					columns[x]!++;
					rows[y]!++;
				}
		}
	return { x: span(columns, ROW_SHARE * height * depth), y: span(rows, ROW_SHARE * width * depth) };
}

function span(counts: Uint32Array, least: number): [number, number] {
	const first = counts.findIndex((count) => count >= least);
	return first < 0 ? [0, counts.length - 1] : [first, counts.findLastIndex((count) => count >= least)];
}
