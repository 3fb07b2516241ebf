import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpolateSlices, slicesToFill } from '../../../src/mask/interpolate.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { after, anyMask, apartMm, voxelPlaces } from './shapeScenes.ts';
import { GRIDS, paint, picture, setElements } from './toolScenes.ts';

/** 1 mm to the right, 0.5 mm to the front, 4 mm to the head; stored to the left, from the head down. */
const WIDE = { dims: [41, 81, 9], affine: [-1, 0, 0, 20, 0, 0.5, 0, -20, 0, 0, -4, 16, 0, 0, 0, 1] } as const;

/** Draws a disc around the middle of a slice, with this radius in mm, moved to the right by some mm. */
function disc(mask: RegionMask, slice: number, radiusMm: number, moved = 0): void {
	const [width, height] = mask.view.dims;
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++)
			if (Math.hypot(x - 20 - moved, (y - 40) * 0.5) <= radiusMm) mask.set(mask.index(x, y, slice), slice, 1);
}

function sliceOf(mask: RegionMask, slice: number): string[] {
	return picture(mask, setElements(mask), slice);
}

describe('interpolation', () => {
	it('between two equal discs gives the disc', () => {
		const mask = new RegionMask(WIDE);
		disc(mask, 1, 9);
		disc(mask, 6, 9);
		expect(slicesToFill(mask)).toEqual([2, 3, 4, 5]);
		mask.flip(interpolateSlices(mask));
		for (let slice = 2; slice <= 6; slice++) expect(sliceOf(mask, slice)).toEqual(sliceOf(mask, 1));
		expect(mask.sliceCounts[0]).toBe(0);
		expect(mask.sliceCounts[7]).toBe(0);
	});

	it('between a small disc and a large one gives discs that grow evenly', () => {
		const mask = new RegionMask(WIDE);
		disc(mask, 0, 4);
		disc(mask, 8, 16);
		mask.flip(interpolateSlices(mask));
		for (let slice = 0; slice <= 8; slice++) {
			const radius = Math.sqrt((mask.sliceCounts[slice]! * 0.5) / Math.PI);
			expect(Math.abs(radius - (4 + 1.5 * slice))).toBeLessThan(0.35);
			if (slice > 0) expect(mask.sliceCounts[slice]).toBeGreaterThan(mask.sliceCounts[slice - 1]!);
		}
	});

	it('takes the nearer of the two slices for more', () => {
		const mask = new RegionMask(WIDE);
		disc(mask, 0, 12, -3);
		disc(mask, 4, 12, 3);
		mask.flip(interpolateSlices(mask));
		const middle = (slice: number) => {
			const xs = setElements(mask).filter((n) => mask.sliceOf(n) === slice);
			return xs.reduce((sum, n) => sum + (40 - (n % 41)), 0) / xs.length - 20;
		};
		expect(middle(1)).toBeCloseTo(-1.5, 0);
		expect(middle(2)).toBeCloseTo(0, 9);
		expect(middle(3)).toBeCloseTo(1.5, 0);
	});

	it('between shapes that lie apart leaves slices empty rather than make something up', () => {
		const mask = new RegionMask(WIDE);
		disc(mask, 2, 3, -12);
		disc(mask, 4, 3, 12);
		expect(slicesToFill(mask)).toEqual([3]);
		expect(interpolateSlices(mask)).toEqual(new Uint32Array(0));
	});

	it('lets a part without a match end between the slices, and the other go on', () => {
		const mask = new RegionMask(WIDE);
		disc(mask, 0, 4, -10);
		disc(mask, 0, 4, 10);
		disc(mask, 8, 4, -10);
		mask.flip(interpolateSlices(mask));
		const right = (slice: number) =>
			setElements(mask).filter((n) => mask.sliceOf(n) === slice && 40 - (n % 41) > 20).length;
		expect(right(0)).toBeGreaterThan(60);
		expect(right(1)).toBeLessThan(right(0));
		expect(right(7)).toBe(0);
		for (let slice = 1; slice < 8; slice++) expect(mask.sliceCounts[slice]! - right(slice)).toBe(mask.sliceCounts[8]);
	});

	it('has nothing to fill in an empty mask, in one slice, or between neighbours', () => {
		const mask = new RegionMask(WIDE);
		for (const slice of [3, 4, 5]) {
			expect(slicesToFill(mask)).toEqual([]);
			expect(interpolateSlices(mask)).toEqual(new Uint32Array(0));
			disc(mask, slice, 5);
		}
	});
});

describe.each(GRIDS)('interpolation on a grid %s', (_, grid) => {
	it('sets a voxel right on the new edge: a thin line that moves by one is as thick as both half-way', () => {
		const mask = new RegionMask(grid);
		paint(mask, 1, Array(9).fill('...#.......'));
		paint(mask, 3, Array(9).fill('....#......'));
		// The ends are nearer to the border of the image than to the next column.
		expect(picture(mask, interpolateSlices(mask), 2).slice(3, 6)).toEqual(Array(3).fill('...##......'));
	});

	it('leaves drawn slices alone and is the blend of the distances to all voxels of the other kind', () => {
		// One voxel of room: beyond the image is outside.
		const [width, height, depth] = new RegionMask(grid).view.dims;
		const places = voxelPlaces(new RegionMask(grid));
		const [sx, sy] = new RegionMask(grid).view.spacingMm;
		fc.assert(
			fc.property(
				anyMask(grid),
				fc.constantFrom<number[]>([1], [1, 2], [1, 2, 3], [2, 3], [1, 3], [0, 2]),
				(mask, emptied) => {
					mask.flip(Uint32Array.from(setElements(mask).filter((n) => emptied.includes(mask.sliceOf(n)))));
					const drawn = [...mask.sliceCounts.keys()].filter((slice) => mask.sliceCounts[slice]! > 0);
					const expected = mask.data.slice();
					const signed = (x: number, y: number, slice: number) => {
						const own = mask.index(x, y, slice);
						const away = [...mask.data.keys()]
							.filter((n) => places[n]!.slice === slice && mask.data[n] !== mask.data[own])
							.map((n) => apartMm(places[n]!.mm, places[own]!.mm));
						if (mask.data[own] === 0) return -Math.min(...away);
						return Math.min(...away, (x + 1) * sx, (width - x) * sx, (y + 1) * sy, (height - y) * sy);
					};
					for (let slice = 0; slice < depth; slice++) {
						const below = drawn.filter((other) => other < slice).pop();
						const above = drawn.find((other) => other > slice);
						if (below === undefined || above === undefined || drawn.includes(slice)) continue;
						for (let y = 0; y < height; y++)
							for (let x = 0; x < width; x++) {
								const sum = (above - slice) * signed(x, y, below) + (slice - below) * signed(x, y, above);
								if (sum / (above - below) >= -1e-5) expected[mask.index(x, y, slice)] = 1;
							}
					}
					expect(after(mask, interpolateSlices(mask))).toEqual(expected);
				},
			),
			{ numRuns: 15, seed: 7 },
		);
	});
});
