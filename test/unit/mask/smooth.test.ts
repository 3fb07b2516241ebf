import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { smooth } from '../../../src/mask/smooth.ts';
import { after, anyMask, apartMm, voxelPlaces } from './shapeScenes.ts';
import { GRIDS, paint, picture } from './toolScenes.ts';

describe.each(GRIDS)('smoothing on a grid %s', (_, grid) => {
	it('is the majority among all voxels of the slice within the radius', () => {
		const places = voxelPlaces(new RegionMask(grid));
		fc.assert(
			fc.property(
				anyMask(grid),
				fc.constantFrom(0, 0.5, 1, 1.2, 1.5, 2, 3, 20),
				fc.constantFrom(undefined, [1, 3] as const, [4, 4] as const),
				(mask, radiusMm, slices) => {
					const expected = mask.data.map((value, n) => {
						const { mm, slice } = places[n]!;
						if (slices && (slice < slices[0] || slice > slices[1])) return value;
						let balance = 0;
						for (const [m, place] of places.entries())
							if (place.slice === slice && apartMm(mm, place.mm) <= radiusMm + 1e-6)
								balance += mask.data[m] === 1 ? 1 : -1;
						return balance > 0 ? 1 : balance < 0 ? 0 : value;
					});
					expect(after(mask, smooth(mask, slices ? { radiusMm, slices } : { radiusMm }))).toEqual(expected);
				},
			),
			{ numRuns: 30, seed: 3 },
		);
	});

	it('leaves a mask alone that is empty or full', () => {
		const mask = new RegionMask(grid);
		expect(smooth(mask, { radiusMm: 3 })).toEqual(new Uint32Array(0));
		mask.flip(Uint32Array.from(mask.data.keys()));
		expect(smooth(mask, { radiusMm: 3 })).toEqual(new Uint32Array(0));
	});
});

it('smoothing takes off spikes and thin lines, closes notches and rounds corners', () => {
	const mask = new RegionMask(GRIDS[0]![1]);
	paint(mask, 1, [
		'...........',
		'...#.......',
		'######.....',
		'######...#.',
		'###.##...#.',
		'######...#.',
		'######...#.',
		'...........',
		'...........',
	]);
	mask.flip(smooth(mask, { radiusMm: 1.5 }));
	expect(
		picture(
			mask,
			[...mask.data.keys()].filter((n) => mask.data[n] === 1),
			1,
		),
	).toEqual([
		'...........',
		'...........',
		'#####......',
		'######.....',
		'######.....',
		'######.....',
		'#####......',
		'...........',
		'...........',
	]);
	expect(mask.total).toBe(mask.sliceCounts[1]);
});

it('smoothing goes on to the border of the image where the drawing ends a voxel before it', () => {
	const mask = new RegionMask(GRIDS[0]![1]);
	paint(mask, 2, Array(9).fill('.####......'));
	const elements = smooth(mask, { radiusMm: 3 });
	expect(picture(mask, elements, 2)).toEqual(Array(9).fill('#..........'));
	expect(elements.length).toBe(9);
});

it('smoothing is refused without a radius, and on slices beyond the image or in the wrong order', () => {
	const mask = new RegionMask(GRIDS[0]![1]);
	expect(() => smooth(mask, { radiusMm: -1 })).toThrow('got a radius of -1 mm');
	expect(() => smooth(mask, { radiusMm: Number.NaN })).toThrow('got a radius of NaN mm');
	expect(() => smooth(mask, { radiusMm: 1, slices: [0, 5] })).toThrow('got slices 0 to 5');
	expect(() => smooth(mask, { radiusMm: 1, slices: [3, 2] })).toThrow('got slices 3 to 2');
});
