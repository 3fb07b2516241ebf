import type { ContentBox } from '../formats/contentBox.ts';
import type { VoxelData } from '../formats/volume.ts';
import type { Grid } from '../grid/grid.ts';

/** Display window in the units of the voxels. */
export interface Window {
	readonly low: number;
	readonly high: number;
}

/** A series as the viewer takes it: prepared once, off the main thread. */
export interface ViewerSeries {
	/** Name of the sequence, unique in a case. */
	readonly sequence: string;
	readonly grid: Grid;
	/** An uncompressed NIfTI file with slope 1 and intercept 0 … */
	readonly nifti: ArrayBuffer;
	/** … and its voxels, a view into the same bytes, in stored order. */
	readonly data: VoxelData;
	/** What the head takes up in the slice plane: the panel opens on it. */
	readonly content: ContentBox;
}
