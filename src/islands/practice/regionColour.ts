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

/** The same as red, green and blue, each 0 to 1, for files. */
export const REGION_RGB = Object.fromEntries(
	Object.entries(REGION_COLOUR).map(([region, hex]) => [
		region,
		[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255),
	]),
) as unknown as Readonly<Record<Region, readonly [number, number, number]>>;
