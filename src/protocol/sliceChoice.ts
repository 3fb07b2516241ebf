import { REGIONS, type Region } from './protocol.ts';

/**
 * The axial slice that a figure opens on: its number from 0 on the view of the figure's first sequence, or the slice of a
 * region's own grid that the region tells: where most of it is, the first (towards the feet) or the last that it reaches.
 */
export type SliceChoice = number | { readonly which: RegionSlice; readonly region: Region };

type RegionSlice = (typeof REGION_SLICES)[number];
const REGION_SLICES = ['widest', 'first', 'last'] as const;

/** Reads a slice as authors write it, `12` or `widest:WT`; undefined for anything else. */
export function parseSliceChoice(written: string | number): SliceChoice | undefined {
	const text = String(written).trim();
	if (/^\d{1,3}$/.test(text)) return Number(text);
	const [which, region, ...rest] = text.split(':');
	const known = REGION_SLICES.find((each) => each === which);
	const about = REGIONS.find((each) => each === region);
	return known && about && rest.length === 0 ? { which: known, region: about } : undefined;
}
