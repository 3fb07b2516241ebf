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
	const centres = centresOf(parts, mask.view.spacingMm);
	return voxels.map((count, part) => {
		const { min, max } = boxes[part]!;
		const [x, y, slice] = centres[part]!;
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

/** For each part, the position in the block of its voxel that is nearest to its centre of mass. */
function centresOf(parts: Parts, [sx, sy, sz]: Dims): Dims[] {
	const count = parts.voxels.length;
	const means = new Float64Array(3 * count);
	forEachVoxel(parts, (part, x, y, slice) => {
		const share = 1 / parts.voxels[part]!;
		means[3 * part]! += x * share;
		means[3 * part + 1]! += y * share;
		means[3 * part + 2]! += slice * share;
	});
	const least = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
	const centres = new Array<Dims>(count);
	forEachVoxel(parts, (part, x, y, slice) => {
		const dx = (x - means[3 * part]!) * sx;
		const dy = (y - means[3 * part + 1]!) * sy;
		const dz = (slice - means[3 * part + 2]!) * sz;
		const away = dx * dx + dy * dy + dz * dz;
		// The room is for rounding, so that the first of several stays.
		if (away >= least[part]! - 1e-6) return;
		least[part] = away;
		centres[part] = [x, y, slice];
	});
	return centres;
}

function forEachVoxel(
	{ block, labels }: Parts,
	visit: (part: number, x: number, y: number, slice: number) => void,
): void {
	const [nx, ny, nz] = block.dims;
	for (let z = 0, n = 0; z < nz; z++)
		for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++, n++) if (labels[n] !== 0) visit(labels[n]! - 1, x, y, z);
}
