import type { RegionMask } from '../../mask/regionMask.ts';
import { FAMILY_REGIONS, type Family, isMeningeal, type Region } from '../../protocol/protocol.ts';

/** The axial slice in which the region is widest, from 0; undefined where the mask is empty. */
export function widestSlice({ sliceCounts, total }: RegionMask): number | undefined {
	if (total === 0) return undefined;
	let widest = 0;
	for (let n = 1; n < sliceCounts.length; n++) if (sliceCounts[n]! > sliceCounts[widest]!) widest = n;
	return widest;
}

/** Why a region that was named is not the one outlined. */
export type RegionFault =
	/** It is none of the family's regions: the intra-axial and meningeal ones differ. */
	| 'family'
	/** It is another one of them. */
	| 'other';

/** Marks the name of an outlined region: 1 or 0, and what was wrong. */
export function markRegion(
	family: Family,
	outlined: Region,
	named: Region,
): { readonly score: 0 | 1; readonly fault: RegionFault | null } {
	if (named === outlined) return { score: 1, fault: null };
	const own: readonly Region[] = FAMILY_REGIONS[family];
	return { score: 0, fault: own.includes(named) ? 'other' : 'family' };
}

/** The scheme that a family's regions belong to. */
export function schemeOf(family: Family): 'four' | 'two' | 'meningeal' {
	if (isMeningeal(family)) return 'meningeal';
	return FAMILY_REGIONS[family].length === 2 ? 'two' : 'four';
}
