import type { Grid } from '../grid/grid.ts';
import type { Issue } from './issue.ts';

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

/** Free text that a file's header holds beside the voxels: who was scanned may stand in it. */
export interface HeaderText {
	/** Name of the field in its format, such as `descrip`. */
	readonly field: string;
	readonly text: string;
}

/** A volume as it was read from a file of any format. */
export interface ReadVolume extends Volume {
	/** Voxel type in the file, such as `int16`; `data` may be wider. */
	readonly datatype: string;
	/** `none`: left and right are unknown and the grid is made up from the spacings. */
	readonly orientation: 'known' | 'none';
	/** Never shown or stored unasked. */
	readonly texts: readonly HeaderText[];
	/** What a reader should know though the volume could be read. */
	readonly warnings: readonly Issue[];
}
