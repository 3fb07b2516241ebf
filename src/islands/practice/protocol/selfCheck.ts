import type { RegionMask } from '../../../mask/regionMask.ts';
import type { Region } from '../../../protocol/protocol.ts';
import type { Target } from '../../../protocol/target.ts';
import { type LiveParts, skippedSlices } from '../../../scoring/live/liveParts.ts';

/** One slice in the strip of the self-check; slices from 0. */
export interface CheckedSlice {
	readonly slice: number;
	readonly drawn: boolean;
	readonly looked: boolean;
	/** Left out inside a lesion. */
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
	/** Every slice of a lesion, also those left out inside it, and one beyond each end, from feet to head. */
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

/** Goes over one region; `parts` is what is drawn in the mask. */
export function checkRegion(
	region: Target,
	mask: RegionMask,
	parts: LiveParts,
	about: { readonly looked: ReadonlySet<number>; readonly noneSeen: boolean },
): RegionCheck {
	const most = mask.view.dims[2] - 1;
	const skipped = skippedSlices(parts);
	const shown = new Set<number>();
	const firsts = new Set<number>();
	const lasts = new Set<number>();
	for (const { first, last } of parts.lesions) {
		firsts.add(first);
		lasts.add(last);
		for (let slice = Math.max(0, first - 1); slice <= Math.min(most, last + 1); slice++) shown.add(slice);
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
