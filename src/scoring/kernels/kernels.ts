import type { Dims } from '../../grid/grid.ts';

/** Voxel ranges along the stored axes, both ends included. Empty where `max[0] < min[0]`. */
export interface Box {
	readonly min: Dims;
	readonly max: Dims;
}

/** Two label maps on one grid, and which labels belong to which region. Read only. */
export interface LabelPair {
	/** One label a voxel in storage order (x fastest). */
	readonly reference: Uint8Array;
	/** As `reference`. */
	readonly prediction: Uint8Array;
	readonly dims: Dims;
	/** Distance in mm between voxel centres along the stored axes. */
	readonly spacingMm: Dims;
	/** 256 entries: bit `r` of entry `l` is set where label `l` belongs to region `r`. At most 8 regions; entry 0 is 0. */
	readonly membership: Uint8Array;
}

/** Voxels of one region by agreement, and the box around both masks. `tn` follows from the grid. */
export interface RegionTally {
	readonly tp: number;
	readonly fp: number;
	readonly fn: number;
	/** Around the voxels of reference and prediction together. */
	readonly box: Box;
}

/** What counts as the surface of a mask. */
export interface SurfaceQuery {
	/** Bit number of the region in `LabelPair.membership`. */
	readonly region: number;
	/** As `tally` gave it, or any box that holds both masks. */
	readonly box: Box;
	/**
	 * `surfel`: corners between voxels whose 2×2×2 (in slices 2×2) neighbours are neither all in nor all out, weighted by
	 * the area (length) of the surface piece there. `voxel`: voxels of the mask with a 6-neighbour (4-neighbour) outside;
	 * outside the grid is outside the mask.
	 */
	readonly surface: 'surfel' | 'voxel';
	/** Stored axis along which slices are stacked: surfaces and distances stay within a slice. Absent: in 3-D. */
	readonly sliceAxis?: 0 | 1 | 2;
}

/**
 * How far the elements of one surface lie from the other surface: a histogram by distance.
 * It is the same whatever order the voxels were visited in: elements are counted, and only then weighed.
 */
export interface DirectedDistances {
	/** Distinct distances in mm, ascending. In slices, `Infinity` last for elements whose slice has no other surface. */
	readonly distancesMm: Float64Array;
	/** Number of elements at each distance. */
	readonly elements: Float64Array;
	/** Their summed area in mm² (`surfel`), length in mm (`surfel` in slices) or number (`voxel`). */
	readonly weights: Float64Array;
}

/** Both directions. Empty arrays from a mask that is empty; in 3-D `Infinity` where the other one is. */
export interface SurfaceDistances {
	readonly fromReference: DirectedDistances;
	readonly fromPrediction: DirectedDistances;
}

/** The two heavy steps of scoring, passed in so that a faster twin with the same bits could stand in for them. */
export interface Kernels {
	/** One entry for each region bit up to the highest one used. */
	readonly tally: (pair: LabelPair) => readonly RegionTally[];
	readonly surfaceDistances: (pair: LabelPair, query: SurfaceQuery) => SurfaceDistances;
}
