import type { SlicePlace } from '../formats/dicomSeries.ts';
import type { ReadVolume, VoxelData } from '../formats/volume.ts';
import type { Dims, Grid } from '../grid/grid.ts';
import { sliceStack } from '../grid/sliceStack.ts';
import type { Acquisition } from '../protocol/acquisition.ts';
import type { Sequence } from '../protocol/protocol.ts';
import type { QualityGrade } from '../schemas/preRead.ts';

/** What the voxels of a series tell of its slices, numbered from 0 along the stack of `sliceStack`. */
export interface VoxelFacts {
	/** Slices with content that are voxel by voxel the same as the one before. */
	readonly doubled: readonly number[];
	/** Slices of one value between others with content. */
	readonly empty: readonly number[];
	/** Number of different intensities, counted up to `MOST_LEVELS`. */
	readonly levels: number;
	/** Voxel type in the file, such as `int16`. */
	readonly datatype: string;
}

/** What is known of a series before it is annotated. */
export interface SeriesFacts {
	/** What the report calls it: a file, or a series of DICOM. */
	readonly name: string;
	/** Null: none of the consensus' sequences. */
	readonly sequence: Sequence | null;
	readonly grid: Grid;
	/** Without one the axes of the grid say nothing about the patient. */
	readonly orientation: ReadVolume['orientation'];
	readonly acquisition: Acquisition;
	readonly voxels: VoxelFacts;
	/** Where each slice lies, in the order of the stack, doubled ones one behind the other; absent for files. */
	readonly places?: readonly SlicePlace[];
	/** Grade of the images' quality (§2.1); absent where nobody graded them. */
	readonly grade?: QualityGrade | undefined;
	/** Fields of the header that hold texts which may identify a person; absent where they are told elsewhere. */
	readonly identifying?: readonly string[];
}

/** Nobody needs to know how many more there are. */
const MOST_LEVELS = 1024;

/** Looks at every voxel of a series: what lies behind acceptance that no header tells. */
export function voxelFacts({ grid, data, datatype }: Pick<ReadVolume, 'grid' | 'data' | 'datatype'>): VoxelFacts {
	const { axis, slices } = sliceStack(grid);
	const flat: boolean[] = [];
	const doubled: number[] = [];
	for (let slice = 0; slice < slices; slice++) {
		flat.push(isFlat(data, grid.dims, axis, slice));
		if (slice > 0 && !flat[slice] && sameSlices(data, grid.dims, axis, slice)) doubled.push(slice);
	}
	const [first, last] = [flat.indexOf(false), flat.lastIndexOf(false)];
	const empty = flat.flatMap((is, slice) => (is && slice > first && slice < last ? [slice] : []));
	return { doubled, empty, levels: countLevels(data), datatype };
}

/** Whether a slice has one value throughout. */
function isFlat(data: VoxelData, dims: Dims, axis: 0 | 1 | 2, slice: number): boolean {
	const { start, rows, columns } = sliceLoops(dims, axis, slice);
	const value = data[start]!;
	for (let r = 0, row = start; r < rows.count; r++, row += rows.step)
		for (let c = 0, at = row; c < columns.count; c++, at += columns.step) if (data[at] !== value) return false;
	return true;
}

/** Whether a slice is the same as the one before. */
function sameSlices(data: VoxelData, dims: Dims, axis: 0 | 1 | 2, slice: number): boolean {
	const { start, rows, columns, back } = sliceLoops(dims, axis, slice);
	for (let r = 0, row = start; r < rows.count; r++, row += rows.step)
		for (let c = 0, at = row; c < columns.count; c++, at += columns.step)
			if (data[at] !== data[at - back]) return false;
	return true;
}

/** How to walk over the voxels of one slice; `back`: from a voxel to its neighbour in the slice before. */
function sliceLoops(dims: Dims, axis: 0 | 1 | 2, slice: number) {
	const steps = [1, dims[0], dims[0] * dims[1]] as const;
	const [a, b] = [0, 1, 2].filter((other) => other !== axis) as [0 | 1 | 2, 0 | 1 | 2];
	const along = (of: 0 | 1 | 2) => ({ count: dims[of], step: steps[of] });
	return { start: slice * steps[axis], rows: along(b), columns: along(a), back: steps[axis] };
}

function countLevels(data: VoxelData): number {
	const seen = new Set<number>();
	let last = Number.NaN;
	for (let n = 0; n < data.length && seen.size < MOST_LEVELS; n++) {
		const value = data[n]!;
		if (value === last) continue;
		last = value;
		seen.add(value);
	}
	return seen.size;
}
