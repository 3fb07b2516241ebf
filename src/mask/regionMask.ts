import { type Grid, voxelCount, voxelVolumeMl } from '../grid/grid.ts';
import { type RasView, rasView } from '../grid/rasView.ts';

/**
 * The mask of one region on the native grid of its sequence: one byte a voxel, 0 or 1, in stored
 * order (x fastest), with the counts that the interface shows kept up to date by every edit.
 */
export class RegionMask {
	readonly grid: Grid;
	readonly view: RasView;
	/** One byte a voxel, 0 or 1, in the stored order of `grid`. Change it through `flip` only. */
	readonly data: Uint8Array;
	/** Voxels set in each axial slice of the view, from feet to head. */
	readonly sliceCounts: Uint32Array;
	#total = 0;
	#version = 0;

	constructor(grid: Grid) {
		this.grid = grid;
		this.view = rasView(grid);
		this.data = new Uint8Array(voxelCount(grid.dims));
		this.sliceCounts = new Uint32Array(this.view.dims[2]);
	}

	/** Voxels set in the whole mask. */
	get total(): number {
		return this.#total;
	}

	/** Grows with every voxel that changes, so that a drawing of the mask knows when it is stale. */
	get version(): number {
		return this.#version;
	}

	/** Volume of the mask in mL. */
	get volumeMl(): number {
		return this.#total * voxelVolumeMl(this.grid);
	}

	/** Stored element of a view position. */
	index(x: number, y: number, slice: number): number {
		const { origin, strides } = this.view;
		return origin + x * strides[0] + y * strides[1] + slice * strides[2];
	}

	/** Axial slice of the view that a stored element lies in. */
	sliceOf(index: number): number {
		const { dims, strides } = this.view;
		const stride = Math.abs(strides[2]);
		// Whole-number steps: the remainder of a floating-point division is slow.
		const along = ((index / stride) | 0) % dims[2];
		return strides[2] < 0 ? dims[2] - 1 - along : along;
	}

	/** Turns 0 into 1 and 1 into 0 at the given stored elements. Doing it twice changes nothing. */
	flip(indices: Uint32Array): void {
		const { data, sliceCounts } = this;
		const stride = Math.abs(this.view.strides[2]);
		let first = 0;
		let slice = -1;
		let added = 0;
		// Elements of one edit mostly follow each other, so the slice is looked up only where a block of the data
		// that lies in one slice is left. Counted here and not by `set`: an undo may flip 200,000 voxels.
		for (let n = 0; n < indices.length; n++) {
			const index = indices[n]!;
			if (slice < 0 || index < first || index >= first + stride) {
				first = Math.floor(index / stride) * stride;
				slice = this.sliceOf(index);
			}
			const step = data[index] === 0 ? 1 : -1;
			data[index] = step === 1 ? 1 : 0;
			sliceCounts[slice]! += step;
			added += step;
		}
		this.#total += added;
		this.#version += indices.length;
	}

	/** Sets one voxel of a slice and says whether that changed it. For the tools, which report slices themselves. */
	set(index: number, slice: number, value: 0 | 1): boolean {
		if (this.data[index] === value) return false;
		this.data[index] = value;
		const step = value === 1 ? 1 : -1;
		this.sliceCounts[slice]! += step;
		this.#total += step;
		this.#version++;
		return true;
	}
}
