import type { Dims } from '../grid/grid.ts';
import type { Mixture } from './mixture.ts';

/** A lattice of 1 mm along RAS; voxel (0, 0, 0) at `originMm`. x fastest. */
export interface Box {
	readonly dims: Dims;
	readonly originMm: Dims;
}

/** What a whole voxel counts in `Shares`. */
export const WHOLE = 255;

/**
 * Share of each tissue in every voxel of a box. Few tissues meet in a voxel, so only those that are there are kept: voxel n
 * has the entries from starts[n] to starts[n + 1]. What is missing to WHOLE is air.
 */
export interface Shares {
	readonly box: Box;
	readonly starts: Uint32Array;
	/** Number of the tissue of an entry. */
	readonly tissue: Uint8Array;
	/** 1 to WHOLE. */
	readonly share: Uint8Array;
	/** The planes between which a tissue is found, by its number: first and one after the last. */
	readonly planes: readonly Planes[];
}

type Planes = readonly [from: number, to: number];

/** A value for each voxel of a box; 0 outside the planes from the first to before the second. */
export interface BoxField {
	readonly box: Box;
	readonly values: ArrayLike<number>;
	readonly planes: Planes;
}

/** Takes mixtures voxel by voxel, in the order of the box. */
export class SharesWriter {
	readonly #box: Box;
	readonly #starts: Uint32Array;
	#tissue: Uint8Array;
	#share: Uint8Array;
	#voxels = 0;
	#entries = 0;

	constructor(box: Box) {
		this.#box = box;
		const voxels = box.dims[0] * box.dims[1] * box.dims[2];
		this.#starts = new Uint32Array(voxels + 1);
		this.#tissue = new Uint8Array(2 * voxels + 64);
		this.#share = new Uint8Array(2 * voxels + 64);
	}

	/** Shares of the next voxel, each 0 to 1. */
	add(mix: Mixture): void {
		this.#makeRoom(mix.length);
		for (let tissue = 0; tissue < mix.length; tissue++) {
			const share = Math.floor(mix[tissue]! * WHOLE + 0.5);
			if (share === 0) continue;
			this.#tissue[this.#entries] = tissue;
			this.#share[this.#entries++] = share;
		}
		this.#starts[++this.#voxels] = this.#entries;
	}

	/** The next voxel is as one of other shares over the same tissues. */
	copy({ starts, tissue, share }: Shares, voxel: number): void {
		this.#makeRoom(starts[voxel + 1]! - starts[voxel]!);
		for (let n = starts[voxel]!; n < starts[voxel + 1]!; n++) {
			this.#tissue[this.#entries] = tissue[n]!;
			this.#share[this.#entries++] = share[n]!;
		}
		this.#starts[++this.#voxels] = this.#entries;
	}

	finish(): Shares {
		const [tissue, share] = [this.#tissue.slice(0, this.#entries), this.#share.slice(0, this.#entries)];
		const { dims } = this.#box;
		const plane = dims[0] * dims[1];
		const planes: Planes[] = [];
		for (let z = 0; z < dims[2]; z++)
			for (let n = this.#starts[z * plane]!; n < this.#starts[(z + 1) * plane]!; n++)
				planes[tissue[n]!] = [planes[tissue[n]!]?.[0] ?? z, z + 1];
		return { box: this.#box, starts: this.#starts, tissue, share, planes };
	}

	#makeRoom(entries: number): void {
		if (this.#entries + entries <= this.#tissue.length) return;
		const grown = (kept: Uint8Array) => {
			const larger = new Uint8Array(kept.length * 1.5 + entries);
			larger.set(kept);
			return larger;
		};
		this.#tissue = grown(this.#tissue);
		this.#share = grown(this.#share);
	}
}

/** Sum over a voxel's tissues of share (0 to 1) times weight, for every voxel. `weights` has one for each tissue. */
export function weighted({ box, starts, tissue, share, planes }: Shares, weights: readonly number[]): BoxField {
	const values = new Float32Array(starts.length - 1);
	const each = Float64Array.from(weights, (weight) => weight / WHOLE);
	const found = planes.filter((_, n) => (weights[n] ?? 0) !== 0);
	const from = found.reduce((least, [first]) => Math.min(least, first), box.dims[2]);
	const to = found.reduce((most, [, last]) => Math.max(most, last), from);
	const plane = box.dims[0] * box.dims[1];
	for (let voxel = from * plane, n = starts[voxel]!; voxel < to * plane; voxel++) {
		const end = starts[voxel + 1]!;
		let sum = 0;
		for (; n < end; n++) sum += share[n]! * each[tissue[n]!]!;
		values[voxel] = sum;
	}
	return { box, values, planes: [from, to] };
}
