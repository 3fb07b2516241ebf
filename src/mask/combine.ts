import { type Grid, sameGrid } from '../grid/grid.ts';
import { resampleLabels } from '../scoring/findings/resample.ts';
import type { RegionMask } from './regionMask.ts';

/** Two masks and what to make of them. Either may be the target itself. */
export interface Combination {
	readonly first: RegionMask;
	readonly second: RegionMask;
	/** `union`: in either; `minus`: in the first and not in the second; `intersect`: in both. */
	readonly operation: 'union' | 'minus' | 'intersect';
}

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
	for (let n = 0; n < target.data.length; n++) {
		const [p, q] = [a[n]!, b[n]!];
		const wanted = operation === 'union' ? p | q : operation === 'minus' ? p & (1 - q) : p & q;
		if (wanted !== target.data[n]) elements.push(n);
	}
	const differs = ({ grid }: { readonly grid: Grid }) => !sameGrid(grid, target.grid);
	return { elements: Uint32Array.from(elements), resampled: differs(first) || differs(second) };
}
