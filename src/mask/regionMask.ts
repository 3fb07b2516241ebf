import { type Grid, voxelCount, voxelVolumeMl } from '../grid/grid.ts';
import { type RasView, rasView } from '../grid/rasView.ts';

/** A rectangle of an axial slice of the view, both corners in it. */
export interface SliceBox {
	readonly x: readonly [number, number];
	readonly y: readonly [number, number];
}

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
	/** Around what is drawn in a slice, perhaps with room beside it; undefined where that has to be looked for. */
	readonly #boxes: (Box | undefined)[] = [];
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

	/** A rectangle that holds all that is drawn in an axial slice, not always the smallest; undefined in an empty slice. */
	sliceBox(slice: number): SliceBox | undefined {
		if (!this.sliceCounts[slice]) return undefined;
		this.#boxes[slice] ??= this.#findBox(slice);
		return this.#boxes[slice];
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
			// What is taken away leaves the rest within the same rectangle.
			if (step === 1) this.#boxes[slice] = undefined;
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
		const box = this.#boxes[slice];
		if (box && value === 1) widen(box, ...this.#placeOf(index, slice));
		const step = value === 1 ? 1 : -1;
		this.sliceCounts[slice]! += step;
		this.#total += step;
		this.#version++;
		return true;
	}

	/** View position in its slice of a stored element. */
	#placeOf(index: number, slice: number): [x: number, y: number] {
		const { dims, origin, strides } = this.view;
		const [sx, sy] = strides;
		const rest = index - origin - slice * strides[2];
		// The longer step first: half of what the shorter ones can make up is off either way.
		if (Math.abs(sx) < Math.abs(sy)) {
			const y = Math.round((rest - (sx * (dims[0] - 1)) / 2) / sy);
			return [(rest - y * sy) / sx, y];
		}
		const x = Math.round((rest - (sy * (dims[1] - 1)) / 2) / sx);
		return [x, (rest - x * sx) / sy];
	}

	#findBox(slice: number): Box {
		const [width, height] = this.view.dims;
		const step = this.view.strides[0];
		const box: Box = { x: [width, -1], y: [height, -1] };
		for (let y = 0; y < height; y++)
			for (let x = 0, index = this.index(0, y, slice); x < width; x++, index += step)
				if (this.data[index] !== 0) widen(box, x, y);
		return box;
	}
}

interface Box {
	readonly x: [number, number];
	readonly y: [number, number];
}

function widen({ x: across, y: along }: Box, x: number, y: number): void {
	if (x < across[0]) across[0] = x;
	if (x > across[1]) across[1] = x;
	if (y < along[0]) along[0] = y;
	if (y > along[1]) along[1] = y;
}
