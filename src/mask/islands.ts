import { voxelVolumeMl } from '../grid/grid.ts';
import { partsOf } from './parts.ts';
import type { RegionMask } from './regionMask.ts';
import { elementsToChange } from './viewBlock.ts';

/** Volumes are compared with this much room, in parts of the limit: rounding only. */
const ROUNDING = 1e-6;

/** What counts as an island. */
export interface IslandLimit {
	readonly smallerThanMl: number;
}

/**
 * Clears the parts of a mask, voxels that share a face, an edge or a corner in 3-D, that are smaller than a limit. One of
 * exactly that volume stays. The largest stays whatever its size; of several of that size the one whose first voxel is
 * lowest, then furthest back, then furthest left.
 *
 * @returns the stored elements to clear, each once; none from an empty mask or one of a single part
 */
export function removeIslands(mask: RegionMask, { smallerThanMl }: IslandLimit): Uint32Array {
	const { block, voxels, labels } = partsOf(mask);
	const voxelMl = voxelVolumeMl(mask.grid);
	const most = voxels.reduce((a, b) => Math.max(a, b), 0);
	const largest = voxels.indexOf(most);
	const goes = voxels.map((count, part) => part !== largest && count * voxelMl < smallerThanMl * (1 - ROUNDING));
	const wanted = block.data.slice();
	for (let n = 0; n < wanted.length; n++) if (wanted[n] !== 0 && goes[labels[n]! - 1]) wanted[n] = 0;
	return elementsToChange(mask, block, wanted);
}
