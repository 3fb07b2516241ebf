import type { RegionMask } from './regionMask.ts';
import { drawnBox, elementsToChange, readBlock, widened } from './viewBlock.ts';

const OUTSIDE = 2;

/**
 * Fills the holes of each axial slice: voxels that are not set and from which no path over such voxels, side to side and
 * not over corners, leads to the border of the slice. What touches the border is no hole.
 *
 * @returns the stored elements to set, each once; none where there is no hole
 */
export function fillHoles(mask: RegionMask): Uint32Array {
	// The room around what is drawn is one piece, and all of it is outside.
	const block = readBlock(mask, widened(drawnBox(mask), [1, 1, 0]));
	const [width, height, slices] = block.dims;
	const wanted = block.data.slice();
	const open = new Int32Array(width * height);
	for (let slice = 0; slice < slices; slice++) {
		const plane = wanted.subarray(slice * width * height, (slice + 1) * width * height);
		floodOutside(plane, width, open);
		for (let n = 0; n < plane.length; n++) plane[n] = plane[n] === OUTSIDE ? 0 : 1;
	}
	return elementsToChange(mask, block, wanted);
}

/** Marks what is reached from the first voxel of a plane, which is not set, over voxels that are not set. */
function floodOutside(plane: Uint8Array, width: number, open: Int32Array): void {
	let count = 0;
	const visit = (n: number) => {
		if (plane[n] !== 0) return;
		plane[n] = OUTSIDE;
		open[count++] = n;
	};
	visit(0);
	while (count > 0) {
		const at = open[--count]!;
		const x = at % width;
		if (x > 0) visit(at - 1);
		if (x < width - 1) visit(at + 1);
		if (at >= width) visit(at - width);
		if (at + width < plane.length) visit(at + width);
	}
}
