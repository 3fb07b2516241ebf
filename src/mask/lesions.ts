import { type Dims, voxelVolumeMl } from '../grid/grid.ts';
import type { SlicePoint } from './brush.ts';
import { type Parts, partsOf } from './parts.ts';
import type { RegionMask } from './regionMask.ts';

/** One part of a mask: voxels that share a face, an edge or a corner in 3-D. */
export interface Lesion {
	/** From 1, from feet to head by the first slice; in one slice by the first voxel, back to front, then left to right. */
	readonly number: number;
	readonly volumeMl: number;
	readonly voxels: number;
	/** Lowest axial slice of the view. */
	readonly firstSlice: number;
	/** Highest axial slice of the view. */
	readonly lastSlice: number;
	/**
	 * View position of the voxel of the lesion that is nearest to its centre of mass, in mm along the view's axes; of
	 * several the first, slices from feet to head, each back to front and left to right.
	 */
	readonly centre: SlicePoint & { readonly slice: number };
}

/** The lesions of a mask, numbered from feet to head. An empty mask has none. */
export function lesionsOf(mask: RegionMask): readonly Lesion[] {
	const parts = partsOf(mask);
	const { voxels, boxes, block } = parts;
	const voxelMl = voxelVolumeMl(mask.grid);
	return voxels.map((count, part) => {
		const { min, max } = boxes[part]!;
		const [x, y, slice] = centreOf(parts, part, mask.view.spacingMm);
		return {
			number: part + 1,
			volumeMl: count * voxelMl,
			voxels: count,
			firstSlice: block.min[2] + min[2],
			lastSlice: block.min[2] + max[2],
			centre: { x: block.min[0] + x, y: block.min[1] + y, slice: block.min[2] + slice },
		};
	});
}

/** Position in the block of the part's voxel that is nearest to the part's centre of mass. */
function centreOf(parts: Parts, part: number, spacingMm: Dims): Dims {
	const sum = [0, 0, 0] as [number, number, number];
	forEachVoxel(parts, part, (x, y, slice) => {
		sum[0] += x;
		sum[1] += y;
		sum[2] += slice;
	});
	const [mx, my, mz] = sum.map((total) => total / parts.voxels[part]!) as unknown as Dims;
	let least = Number.POSITIVE_INFINITY;
	let centre: Dims = [0, 0, 0];
	forEachVoxel(parts, part, (x, y, slice) => {
		const away = ((x - mx) * spacingMm[0]) ** 2 + ((y - my) * spacingMm[1]) ** 2 + ((slice - mz) * spacingMm[2]) ** 2;
		// The room is for rounding, so that the first of several stays.
		if (away >= least * (1 - 1e-9)) return;
		least = away;
		centre = [x, y, slice];
	});
	return centre;
}

function forEachVoxel(
	{ block, labels, boxes }: Parts,
	part: number,
	visit: (x: number, y: number, slice: number) => void,
): void {
	const [nx, ny] = block.dims;
	const { min, max } = boxes[part]!;
	for (let z = min[2]; z <= max[2]; z++)
		for (let y = min[1]; y <= max[1]; y++) {
			const row = nx * (y + ny * z);
			for (let x = min[0]; x <= max[0]; x++) if (labels[row + x] === part + 1) visit(x, y, z);
		}
}
