import { sameGrid } from '../grid/grid.ts';
import { resampleLabels } from '../scoring/findings/resample.ts';
import type { RegionMask } from './regionMask.ts';

/** Two masks and what to make of them. Either may be the target itself. */
export interface Combination {
	readonly first: RegionMask;
	readonly second: RegionMask;
	/** `union`: in either; `minus`: in the first and not in the second; `intersect`: in both. */
	readonly operation: 'union' | 'minus' | 'intersect';
}

const OPERATIONS = {
	union: (a: number, b: number) => a | b,
	minus: (a: number, b: number) => a & ~b,
	intersect: (a: number, b: number) => a & b,
} as const;

/** How to make a mask the combination of two others. */
export interface Combined {
	/** Stored elements of the target to change, each once. */
	readonly elements: Uint32Array;
	/** Whether one of the two lies on another grid than the target, so that its edge may have moved by up to half a voxel. */
	readonly resampled: boolean;
}

/**
 * Makes a mask the combination of two others; what it held before is replaced. One on another grid is taken by the
 * nearest voxel, and is empty beyond its own image. Nothing is changed here.
 */
export function combine(target: RegionMask, { first, second, operation }: Combination): Combined {
	const a = resampleLabels(first.data, first.grid, target.grid);
	const b = resampleLabels(second.data, second.grid, target.grid);
	const elements: number[] = [];
	const wanted = OPERATIONS[operation];
	// Bit by bit, four voxels at a time: nearly all of them are as they should be.
	const fours = target.data.length >> 2;
	const [at, of, by] = [target.data, a, b].map((data) => new Uint32Array(data.buffer, data.byteOffset, fours)) as [
		Uint32Array,
		Uint32Array,
		Uint32Array,
	];
	const compare = (n: number) => {
		if (wanted(a[n]!, b[n]!) !== target.data[n]) elements.push(n);
	};
	for (let four = 0; four < fours; four++)
		if (wanted(of[four]!, by[four]!) !== (at[four]! | 0)) for (let n = 0; n < 4; n++) compare(4 * four + n);
	for (let n = 4 * fours; n < target.data.length; n++) compare(n);
	const differs = ({ grid }: RegionMask) => !sameGrid(grid, target.grid);
	return { elements: Uint32Array.from(elements), resampled: differs(first) || differs(second) };
}
