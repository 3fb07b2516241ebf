import { describe, expect, it } from 'vitest';
import { copySlice } from '../../../src/mask/copySlice.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { GRIDS, paint, picture, setElements } from './toolScenes.ts';

const SHAPE = [
	'#..........',
	'.##........',
	'...........',
	'...#.......',
	...Array(4).fill('...........'),
	'..........#',
];

describe.each(GRIDS)('a copy of a slice on a grid %s', (_, grid) => {
	it('sets and clears until the slice is the same, and touches no other', () => {
		const mask = new RegionMask(grid);
		paint(mask, 1, SHAPE);
		paint(mask, 2, ['##.........', ...Array(8).fill('...........')]);
		paint(mask, 3, ['....#......', ...Array(8).fill('...........')]);
		mask.flip(copySlice(mask, 1, 2));
		expect(picture(mask, setElements(mask), 2)).toEqual(SHAPE);
		expect(picture(mask, setElements(mask), 1)).toEqual(SHAPE);
		expect([...mask.sliceCounts]).toEqual([0, 5, 5, 1, 0]);
		expect(copySlice(mask, 1, 2)).toEqual(new Uint32Array(0));
	});

	it('of an empty slice empties the other', () => {
		const mask = new RegionMask(grid);
		paint(mask, 4, SHAPE);
		mask.flip(copySlice(mask, 3, 4));
		expect(mask.total).toBe(0);
	});
});

it('a copy from or to a slice beyond the image is refused', () => {
	const mask = new RegionMask(GRIDS[0]![1]);
	expect(() => copySlice(mask, 0, 5)).toThrow('got slice 5, expected 0 to 4');
	expect(() => copySlice(mask, -1, 0)).toThrow('got slice -1, expected 0 to 4');
	expect(() => copySlice(mask, 0.5, 0)).toThrow('got slice 0.5, expected 0 to 4');
});
