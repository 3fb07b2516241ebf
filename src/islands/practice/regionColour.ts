import type { Region } from '../../protocol/protocol.ts';

/** Region colours on film: the tokens --r-* of the reading room, for the canvas. */
export const REGION_COLOUR: Record<Region, string> = {
	WT: '#FFD400',
	ED: '#FFD400',
	TB: '#F0524E',
	ET: '#C77DDB',
	NE: '#4DA3F0',
	EN: '#5DBB63',
};
