import { TARGETS, type Target } from '../../protocol/target.ts';

/** Colours on film: the tokens --r-* and --l-* of the reading room, for the canvas. */
export const TARGET_COLOUR: Record<Target, string> = {
	WT: '#FFD400',
	ED: '#FFD400',
	TB: '#F0524E',
	ET: '#C77DDB',
	NE: '#4DA3F0',
	EN: '#5DBB63',
	uncertainWT: '#D9C27A',
	uncertainED: '#D9C27A',
	uncertainTB: '#E8A39F',
	ventricles: '#3FC4D8',
	sulci: '#9ADCE6',
	confounders: '#FF9E57',
	dura: '#8FD19E',
	brightBefore: '#F5A3C7',
	vessels: '#B7A6F2',
};

/** The same as red, green and blue, each 0 to 1, for files. */
export const TARGET_RGB = Object.fromEntries(
	TARGETS.map((target) => [
		target,
		[1, 3, 5].map((at) => Number.parseInt(TARGET_COLOUR[target].slice(at, at + 2), 16) / 255),
	]),
) as unknown as Readonly<Record<Target, readonly [number, number, number]>>;
