import { describe, expect, it } from 'vitest';
import { voxelVolumeMl } from '../../../src/grid/grid.ts';
import { removeIslands } from '../../../src/mask/islands.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { GRIDS, paint, setElements } from './toolScenes.ts';

describe.each(GRIDS)('removing islands on a grid %s', (_, grid) => {
	const voxelMl = voxelVolumeMl(grid);
	/** Parts of 6, 3, 2 and 1 voxels; the first spans two slices by a corner. */
	const scene = () => {
		const mask = new RegionMask(grid);
		paint(mask, 1, [
			'##.........',
			'##.......##',
			'...........',
			'#..........',
			'...........',
			'...........',
			'...........',
		]);
		paint(mask, 2, [
			'...........',
			'...........',
			'..#........',
			'..#........',
			'...........',
			'...........',
			'#..........',
		]);
		paint(mask, 4, [
			'...........',
			'...........',
			'...........',
			'...........',
			'...........',
			'...........',
			'...###.....',
		]);
		return mask;
	};

	it('takes what is smaller than the limit and leaves what is not', () => {
		const mask = scene();
		// One voxel by itself at the left in slice 1, one below left of it in slice 2.
		const single = [mask.index(0, 3, 1), mask.index(0, 0, 2)];
		expect([...removeIslands(mask, { smallerThanMl: 2 * voxelMl })].sort()).toEqual(single.sort());
		const pair = [mask.index(9, 5, 1), mask.index(10, 5, 1)];
		const byNumber = (a: number, b: number) => a - b;
		expect([...removeIslands(mask, { smallerThanMl: 3 * voxelMl })].sort(byNumber)).toEqual(
			[...single, ...pair].sort(byNumber),
		);
		expect(mask.total).toBe(13);
	});

	it('leaves the largest whatever its size, which may lie in several slices', () => {
		const mask = scene();
		mask.flip(removeIslands(mask, { smallerThanMl: 1000 }));
		expect(setElements(mask)).toEqual(
			[
				[0, 6, 1],
				[1, 6, 1],
				[0, 5, 1],
				[1, 5, 1],
				[2, 4, 2],
				[2, 3, 2],
			]
				.map(([x, y, slice]) => mask.index(x!, y!, slice!))
				.sort((a, b) => a - b),
		);
	});

	it('leaves the first from the feet of several that are as large', () => {
		const mask = new RegionMask(grid);
		mask.flip(Uint32Array.of(mask.index(5, 5, 3), mask.index(9, 1, 1), mask.index(2, 4, 1)));
		mask.flip(removeIslands(mask, { smallerThanMl: 1 }));
		expect(setElements(mask)).toEqual([mask.index(9, 1, 1)]);
	});

	it('has nothing to do in an empty mask, with a limit of 0, or with one part', () => {
		const mask = new RegionMask(grid);
		expect(removeIslands(mask, { smallerThanMl: 1 })).toEqual(new Uint32Array(0));
		mask.flip(Uint32Array.of(3));
		expect(removeIslands(mask, { smallerThanMl: 1 })).toEqual(new Uint32Array(0));
		expect(removeIslands(scene(), { smallerThanMl: 0 })).toEqual(new Uint32Array(0));
	});
});
