import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { margin } from '../../../src/mask/margin.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { after, anyMask, apartMm, voxelPlaces } from './shapeScenes.ts';
import { GRIDS, paint, picture, setElements } from './toolScenes.ts';

describe.each(GRIDS)('a margin on a grid %s', (_, grid) => {
	it('is that of the distances between all voxels', () => {
		const places = voxelPlaces(new RegionMask(grid));
		fc.assert(
			fc.property(
				anyMask(grid),
				fc.constantFrom(-5, -2, -1.2, -1, -0.5, 0.5, 0.7, 1, 1.5, 2, 5),
				fc.boolean(),
				(mask, mm, inSlice) => {
					const to = mm > 0 ? 1 : 0;
					const targets = places.filter((_, n) => mask.data[n] === to);
					const expected = mask.data.map((value, n) => {
						const { mm: here, slice } = places[n]!;
						const near = targets.some(
							(target) => (!inSlice || target.slice === slice) && apartMm(here, target.mm) <= Math.abs(mm) + 1e-6,
						);
						return near ? to : value;
					});
					expect(after(mask, margin(mask, { mm, inSlice }))).toEqual(expected);
				},
			),
			{ numRuns: 40, seed: 2 },
		);
	});

	it('of no length changes nothing, and an empty mask stays empty', () => {
		const mask = new RegionMask(grid);
		expect(margin(mask, { mm: 3, inSlice: false })).toEqual(new Uint32Array(0));
		paint(mask, 2, ['###', '###', '###']);
		expect(margin(mask, { mm: 0, inSlice: false })).toEqual(new Uint32Array(0));
	});

	it('does not eat from the border of the image', () => {
		const mask = new RegionMask(grid);
		mask.flip(Uint32Array.from(mask.data.keys()));
		expect(margin(mask, { mm: -4, inSlice: false })).toEqual(new Uint32Array(0));
	});
});

it('a margin is round in mm, and stays in the slice where the next one is further away', () => {
	const mask = new RegionMask(GRIDS[1]![1]);
	paint(mask, 2, [
		'...........',
		'...........',
		'...........',
		'...........',
		'.....#.....',
		...Array(4).fill('...........'),
	]);
	const elements = margin(mask, { mm: 1.5, inSlice: false });
	expect(picture(mask, elements, 2)).toEqual([
		'...........',
		'.....#.....',
		'...#####...',
		'...#####...',
		'..###.###..',
		'...#####...',
		'...#####...',
		'.....#.....',
		'...........',
	]);
	expect(elements.length).toBe(28);
	expect(margin(mask, { mm: 5, inSlice: false }).length).toBeGreaterThan(margin(mask, { mm: 5, inSlice: true }).length);
	expect(mask.total).toBe(1);
});

it('a block in the middle of the image loses its outermost voxels, all around or in the slice only', () => {
	const mask = new RegionMask(GRIDS[0]![1]);
	const rows = [...Array(5).fill('..######...'), ...Array(2).fill('...........')];
	for (const slice of [1, 2, 3]) paint(mask, slice, rows);
	const inSlice = new RegionMask(mask.grid);
	inSlice.flip(Uint32Array.from(setElements(mask)));
	mask.flip(margin(mask, { mm: -1, inSlice: false }));
	expect([...mask.sliceCounts]).toEqual([0, 0, 12, 0, 0]);
	expect(picture(mask, setElements(mask), 2).slice(2)).toEqual([
		'...........',
		'...####....',
		'...####....',
		'...####....',
		...Array(3).fill('...........'),
	]);
	inSlice.flip(margin(inSlice, { mm: -1, inSlice: true }));
	expect([...inSlice.sliceCounts]).toEqual([0, 12, 12, 12, 0]);
});

it('a margin without a length is refused', () => {
	expect(() => margin(new RegionMask(GRIDS[0]![1]), { mm: Number.NaN, inSlice: true })).toThrow(
		'got a margin of NaN mm',
	);
});
