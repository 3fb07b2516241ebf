import { embedVoxels, isPartOf } from './embed.ts';
import { type Grid, sameGrid, voxelCount } from './grid.ts';

/**
 * Writes voxels in the storage order of another grid, where both grids have the same voxels at the same places and only
 * axis order or direction differ. Nothing is interpolated. Null where the grids differ in more than that.
 */
export function reorderVoxels(data: Uint8Array, from: Grid, to: Grid): Uint8Array | null {
	if (sameGrid(from, to)) return data;
	return voxelCount(from.dims) === voxelCount(to.dims) ? embedVoxels(data, from, to) : null;
}

/** Whether two grids have the same voxels at the same places, in whatever order they are stored. */
export function samePlaces(a: Grid, b: Grid): boolean {
	return sameGrid(a, b) || (voxelCount(a.dims) === voxelCount(b.dims) && isPartOf(a, b));
}
