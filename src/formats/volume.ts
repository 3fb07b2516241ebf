import type { Grid } from '../grid/grid.ts';

/** Voxel types a volume is kept in; others are widened without loss or refused. */
export type VoxelData = Uint8Array | Int16Array | Uint16Array | Int32Array | Float32Array;

/**
 * A three-dimensional scalar volume as stored: x fastest, no reorientation, no resampling.
 * `value = data * slope + intercept`; where a file scales its voxels the reader bakes the
 * scaling in, so that slope is 1 and intercept 0 for everyone downstream.
 */
export interface Volume {
	readonly grid: Grid;
	readonly data: VoxelData;
}
