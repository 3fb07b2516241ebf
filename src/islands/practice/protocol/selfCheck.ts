import type { Lesion } from '../../../mask/lesions.ts';
import type { RegionMask } from '../../../mask/regionMask.ts';
import type { Region } from '../../../protocol/protocol.ts';
import type { Target } from '../../../protocol/target.ts';

/** One slice in the strip of the self-check; slices from 0. */
export interface CheckedSlice {
	readonly slice: number;
	readonly drawn: boolean;
	readonly looked: boolean;
	/** Empty between two drawn slices that lie over each other. */
	readonly skipped: boolean;
	/** First slice of a lesion, last slice of a lesion. */
	readonly first: boolean;
	readonly last: boolean;
	/** The strip leaves slices out before this one. */
	readonly jump: boolean;
}

/** What the self-check says of a region (§6-⑧). */
export interface RegionCheck {
	readonly region: Target;
	/** Every slice of a lesion, one beyond each end, and what was skipped, from feet to head. */
	readonly slices: readonly CheckedSlice[];
	/** Slices of the strip that were never looked at. */
	readonly unseen: readonly number[];
	readonly skipped: readonly number[];
	/** Nothing is drawn and nobody said that there is nothing, where the consensus asks for the region (§6-③). */
	readonly missing: boolean;
}

/** The regions that the consensus asks for first (§6-③); body and non-enhancing are drawn as a study needs them. */
const ASKED_FOR: readonly Target[] = ['WT', 'ED', 'ET', 'EN'];

/** Regions of which it can be said that there is nothing to draw. */
export const MAY_BE_ABSENT: readonly Region[] = ['ED', 'ET'];

/** Goes over one region. */
export function checkRegion(
	region: Target,
	mask: RegionMask,
	lesions: readonly Lesion[],
	about: { readonly looked: ReadonlySet<number>; readonly noneSeen: boolean },
): RegionCheck {
	const most = mask.view.dims[2] - 1;
	const skipped = skippedSlices(mask);
	const shown = new Set(skipped);
	const firsts = new Set<number>();
	const lasts = new Set<number>();
	for (const { firstSlice, lastSlice } of lesions) {
		firsts.add(firstSlice);
		lasts.add(lastSlice);
		for (let slice = Math.max(0, firstSlice - 1); slice <= Math.min(most, lastSlice + 1); slice++) shown.add(slice);
	}
	const order = [...shown].sort((a, b) => a - b);
	const slices = order.map((slice, n) => ({
		slice,
		drawn: (mask.sliceCounts[slice] ?? 0) > 0,
		looked: about.looked.has(slice),
		skipped: skipped.includes(slice),
		first: firsts.has(slice),
		last: lasts.has(slice),
		jump: n > 0 && slice - order[n - 1]! > 1,
	}));
	return {
		region,
		slices,
		unseen: slices.flatMap(({ looked, slice }) => (looked ? [] : [slice])),
		skipped,
		missing: mask.total === 0 && !about.noneSeen && ASKED_FOR.includes(region),
	};
}

/**
 * Empty slices between two drawn ones that share a place in the plane, from feet to head. Lesions that lie apart in
 * the plane have no slices between them.
 */
function skippedSlices(mask: RegionMask): number[] {
	const skipped: number[] = [];
	let below = -1;
	mask.sliceCounts.forEach((count, slice) => {
		if (count === 0) return;
		if (below >= 0 && slice - below > 1 && overlap(mask, below, slice))
			for (let between = below + 1; between < slice; between++) skipped.push(between);
		below = slice;
	});
	return skipped;
}

/** Whether two slices are drawn at the same place of the plane anywhere. */
function overlap(mask: RegionMask, a: number, b: number): boolean {
	const [nx, ny] = mask.view.dims;
	for (let y = 0; y < ny; y++)
		for (let x = 0; x < nx; x++)
			if (mask.data[mask.index(x, y, a)] === 1 && mask.data[mask.index(x, y, b)] === 1) return true;
	return false;
}
