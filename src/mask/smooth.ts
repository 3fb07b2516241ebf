import type { Dims } from '../grid/grid.ts';
import type { RegionMask } from './regionMask.ts';
import { drawnBox, elementsToChange, readBlock, type ViewBlock, widened } from './viewBlock.ts';

/** Room for rounding where a voxel lies right on the edge of the disc, in parts of its squared radius. */
const ROUNDING = 1e-6;

/** How and where to smooth. */
export interface Smoothing {
	/** Of the disc, in mm. Below the spacing of the voxels in plane nothing changes. */
	readonly radiusMm: number;
	/** First and last axial slice of the view, both included; all where absent. */
	readonly slices?: readonly [first: number, last: number];
}

/**
 * Smooths the outline in each axial slice by itself: a voxel becomes what more than half of the voxels are whose centres
 * are within the radius of its own, in plane and in mm, itself included. Where as many are set as not, it stays as it is.
 * Voxels beyond the image do not count, so that nothing is eaten from its border.
 *
 * Corners are rounded and notches closed. What is thinner than about the radius vanishes, whole parts too, and gaps as
 * thin are bridged. Throws on a radius that is not a number from 0, or on slices beyond the image or in the wrong order.
 *
 * @returns the stored elements to change, each once
 */
export function smooth(mask: RegionMask, { radiusMm, slices }: Smoothing): Uint32Array {
	const { dims, spacingMm } = mask.view;
	if (!(radiusMm >= 0 && radiusMm < Number.POSITIVE_INFINITY))
		throw new Error(`got a radius of ${radiusMm} mm, expected a number from 0`);
	const [first, last] = slices ?? [0, dims[2] - 1];
	if (!(first >= 0 && first <= last && last < dims[2]))
		throw new Error(`got slices ${first} to ${last}, expected a range from 0 to ${dims[2] - 1}`);
	const disc = discOf(radiusMm, spacingMm[0], spacingMm[1]);
	const reach = (disc.length - 1) / 2;
	// Only voxels within the radius of a drawn one can change, and each looks as far again.
	const block = readBlock(mask, widened(drawnBox(mask, first, last), [2 * disc[reach]!, 2 * reach, 0]));
	return elementsToChange(mask, block, majority(block, disc, dims));
}

/** How many voxels a disc reaches to either side, in its rows from back to front. */
function discOf(radiusMm: number, sx: number, sy: number): number[] {
	const most = radiusMm * radiusMm * (1 + ROUNDING);
	const reach = Math.floor(Math.sqrt(most) / sy);
	return Array.from({ length: 2 * reach + 1 }, (_, n) =>
		Math.floor(Math.sqrt(Math.max(0, most - ((n - reach) * sy) ** 2)) / sx),
	);
}

/** What most voxels in the disc are, in a block of an image of this size with room for twice the disc. */
function majority({ min, dims, data }: ViewBlock, disc: readonly number[], [right, front]: Dims): Uint8Array {
	const [width, height, slices] = dims;
	const reach = (disc.length - 1) / 2;
	const side = disc[reach]!;
	const halves = Int32Array.from(disc);
	const inImage = (x: number, y: number) => {
		let voxels = 0;
		for (let row = Math.max(0, y - reach); row <= Math.min(front - 1, y + reach); row++) {
			const half = halves[row - y + reach]!;
			voxels += Math.min(right, x + half + 1) - Math.max(0, x - half);
		}
		return voxels;
	};
	const x0 = Math.max(side, -min[0]);
	const x1 = Math.min(width - side, right - min[0]);
	const y0 = Math.max(reach, -min[1]);
	const y1 = Math.min(height - reach, front - min[1]);
	const wanted = data.slice();
	// Voxels set in a row before each position.
	const sums = new Int32Array((width + 1) * height);
	for (let slice = 0; slice < slices; slice++) {
		const start = slice * width * height;
		for (let y = 0; y < height; y++)
			for (let x = 0, n = y * (width + 1); x < width; x++, n++) sums[n + 1] = sums[n]! + data[start + y * width + x]!;
		for (let y = y0; y < y1; y++)
			for (let x = x0; x < x1; x++) {
				let count = 0;
				for (let row = 0, at = (y - reach) * (width + 1) + x; row < halves.length; row++, at += width + 1)
					count += sums[at + halves[row]! + 1]! - sums[at - halves[row]!]!;
				const balance = 2 * count - inImage(min[0] + x, min[1] + y);
				if (balance !== 0) wanted[start + y * width + x] = balance > 0 ? 1 : 0;
			}
	}
	return wanted;
}
