import { boxSize, unitedBox } from '../scoring/kernels/boxes.ts';
import type { Box } from '../scoring/kernels/kernels.ts';
import { distanceTo } from './distance.ts';
import type { RegionMask } from './regionMask.ts';
import { drawnBox, readBlock, widened } from './viewBlock.ts';

/** How far in mm a blend may fall short of the edge and still be on it: rounding only. */
const ROUNDING_MM = 1e-4;

/** The empty axial slices between the first and the last that are drawn, from feet to head. */
export function slicesToFill(mask: RegionMask): number[] {
	return gaps(mask).flatMap(([below, above]) => Array.from({ length: above - below - 1 }, (_, n) => below + 1 + n));
}

/**
 * Fills every empty axial slice between two drawn ones from the shapes of those two: each voxel has a signed distance in
 * mm to the edge of either shape, in plane, and is set where their mean, weighted by how near the two slices are, is not
 * outside; a voxel right on the new edge is set. Slices that are drawn stay as they are.
 *
 * All parts of a slice blend as one shape. Where the two shapes do not overlap in plane, the slices between can be partly
 * or wholly empty; a part that has no match in the other slice shrinks away from it. Beyond the image counts as outside.
 *
 * @returns the stored elements to set, each once; none where no slice is to be filled
 *
 * Source: Raya & Udupa 1990, 10.1109/42.52980.
 */
export function interpolateSlices(mask: RegionMask): Uint32Array {
	const elements: number[] = [];
	for (const [below, above] of gaps(mask)) {
		// Nothing outside both shapes is set, and what is inside has its nearest outside in this box.
		const box = widened(unitedBox(drawnBox(mask, below, below), drawnBox(mask, above, above)), [1, 1, 0]);
		const low = signedDistances(mask, box, below);
		const high = signedDistances(mask, box, above);
		const [width, height] = boxSize(box);
		for (let slice = below + 1; slice < above; slice++) {
			const share = (slice - below) / (above - below);
			for (let y = 0, n = 0; y < height; y++)
				for (let x = 0; x < width; x++, n++)
					if ((1 - share) * low[n]! + share * high[n]! >= -ROUNDING_MM)
						elements.push(mask.index(box.min[0] + x, box.min[1] + y, slice));
		}
	}
	return Uint32Array.from(elements);
}

/** Neighbouring drawn slices with empty ones between them. */
function gaps(mask: RegionMask): [below: number, above: number][] {
	const pairs: [number, number][] = [];
	let before = -1;
	for (const [slice, count] of mask.sliceCounts.entries()) {
		if (count === 0) continue;
		if (before >= 0 && slice - before > 1) pairs.push([before, slice]);
		before = slice;
	}
	return pairs;
}

/**
 * Distance in mm to the nearest voxel of the other kind, in the part of a slice within the box: positive inside the
 * shape. It leaps at the edge by a voxel on either side; both sides alike, so the edge stays where it is.
 */
function signedDistances(mask: RegionMask, { min, max }: Box, slice: number): Float32Array {
	const { data, dims } = readBlock(mask, { min: [min[0], min[1], slice], max: [max[0], max[1], slice] });
	const signed = distanceTo(0, data, dims, mask.view.spacingMm);
	const away = distanceTo(1, data, dims, mask.view.spacingMm);
	for (let n = 0; n < signed.length; n++) if (data[n] === 0) signed[n] = -away[n]!;
	return signed;
}
