import type { Grid } from '../grid/grid.ts';
import { RegionMask } from './regionMask.ts';

/** A mask made of voxels as files have them: one byte a voxel in stored order, 0 or else. Throws where the grid has others. */
export function maskOf(grid: Grid, data: Uint8Array): RegionMask {
	const mask = new RegionMask(grid);
	if (data.length !== mask.data.length)
		throw new Error(`got ${data.length} voxels, expected ${mask.data.length} of the grid`);
	let count = 0;
	for (let n = 0; n < data.length; n++) if (data[n] !== 0) count++;
	const drawn = new Uint32Array(count);
	for (let n = 0, at = 0; n < data.length; n++) if (data[n] !== 0) drawn[at++] = n;
	mask.flip(drawn);
	return mask;
}
