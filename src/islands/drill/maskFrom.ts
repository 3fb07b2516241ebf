import type { Grid } from '../../grid/grid.ts';
import { RegionMask } from '../../mask/regionMask.ts';

/** A mask with its counts, of one byte a voxel. */
export function maskFrom({ grid, data }: { readonly grid: Grid; readonly data: Uint8Array }): RegionMask {
	const mask = new RegionMask(grid);
	const drawn: number[] = [];
	for (let n = 0; n < data.length; n++) if (data[n] !== 0) drawn.push(n);
	mask.flip(Uint32Array.from(drawn));
	return mask;
}
