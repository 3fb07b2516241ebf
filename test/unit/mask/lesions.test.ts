import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { voxelVolumeMl } from '../../../src/grid/grid.ts';
import { lesionsOf } from '../../../src/mask/lesions.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { anyMask } from './shapeScenes.ts';
import { GRIDS, paint } from './toolScenes.ts';

describe.each(GRIDS)('the lesions on a grid %s', (_, grid) => {
	it('are numbered from feet to head, and know their slices, size and centre', () => {
		const mask = new RegionMask(grid);
		paint(mask, 0, ['...........', '...........', '...........', '.........##']);
		paint(mask, 1, ['###........', '#..........', '###........', '...........', '...........']);
		paint(mask, 2, ['...........', '...........', '...#.......', '...........', '...........']);
		paint(mask, 4, ['.....#.....', '....###....', '.....#.....']);
		const voxelMl = voxelVolumeMl(grid);
		expect(lesionsOf(mask)).toEqual([
			{ number: 1, volumeMl: 2 * voxelMl, voxels: 2, firstSlice: 0, lastSlice: 0, centre: { x: 9, y: 0, slice: 0 } },
			{ number: 2, volumeMl: 8 * voxelMl, voxels: 8, firstSlice: 1, lastSlice: 2, centre: { x: 1, y: 2, slice: 1 } },
			{ number: 3, volumeMl: 5 * voxelMl, voxels: 5, firstSlice: 4, lastSlice: 4, centre: { x: 5, y: 1, slice: 4 } },
		]);
	});

	it('begin in one slice back to front, then left to right', () => {
		const mask = new RegionMask(grid);
		paint(mask, 3, ['#..#', '....', '#..#']);
		expect(lesionsOf(mask).map(({ centre }) => [centre.x, centre.y])).toEqual([
			[0, 0],
			[3, 0],
			[0, 2],
			[3, 2],
		]);
	});

	it('share out all voxels of any mask, each with a centre inside', () => {
		fc.assert(
			fc.property(anyMask(grid), (mask) => {
				const lesions = lesionsOf(mask);
				expect(lesions.reduce((sum, { voxels }) => sum + voxels, 0)).toBe(mask.total);
				expect(lesions.map(({ number }) => number)).toEqual(lesions.map((_, n) => n + 1));
				for (const [n, { centre, firstSlice, lastSlice }] of lesions.entries()) {
					expect(mask.data[mask.index(centre.x, centre.y, centre.slice)]).toBe(1);
					expect(centre.slice).toBeGreaterThanOrEqual(firstSlice);
					expect(centre.slice).toBeLessThanOrEqual(lastSlice);
					expect(firstSlice).toBeGreaterThanOrEqual(lesions[n - 1]?.firstSlice ?? 0);
				}
			}),
			{ numRuns: 50, seed: 5 },
		);
	});

	it('are none in an empty mask', () => {
		expect(lesionsOf(new RegionMask(grid))).toEqual([]);
	});
});

it('the centre of a lesion is nearest in mm, not in voxels', () => {
	// A ring in slice 1, and a spoke above it to its middle. Voxels are 0.5 mm wide, slices 5 mm apart.
	const mask = new RegionMask(GRIDS[1]![1]);
	paint(mask, 1, ['#######', ...Array(5).fill('#.....#'), '#######']);
	paint(mask, 2, ['...###.', '.......', '.......', '.......']);
	const [lesion] = lesionsOf(mask);
	// The centre of mass is at x 3.11, y 3, slice 1.11: 0.9 voxels below the end of the spoke, which are 4.4 mm.
	expect(lesion).toMatchObject({ voxels: 27, firstSlice: 1, lastSlice: 2, centre: { x: 6, y: 3, slice: 1 } });
});
