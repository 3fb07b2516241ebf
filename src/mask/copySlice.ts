import type { RegionMask } from './regionMask.ts';

/**
 * Makes axial slice `to` what slice `from` is: voxels are set and cleared. An empty slice empties the other.
 * Throws on a slice beyond the image.
 *
 * @returns the stored elements to change, each once; none where the slices are alike
 */
export function copySlice(mask: RegionMask, from: number, to: number): Uint32Array {
	const { dims, strides } = mask.view;
	for (const slice of [from, to])
		if (!Number.isInteger(slice) || slice < 0 || slice >= dims[2])
			throw new Error(`got slice ${slice}, expected 0 to ${dims[2] - 1}`);
	const elements: number[] = [];
	const across = (from - to) * strides[2];
	for (let y = 0; y < dims[1]; y++) {
		let index = mask.index(0, y, to);
		for (let x = 0; x < dims[0]; x++, index += strides[0])
			if (mask.data[index] !== mask.data[index + across]) elements.push(index);
	}
	return Uint32Array.from(elements);
}
