import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dab, dab } from '../../../src/mask/brush.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { GRIDS, intensities, paint, picture, places, setElements } from './toolScenes.ts';

const CUBE = { dims: [13, 13, 13], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] } as const;

function draw(mask: RegionMask, movement: Partial<Dab>): number[] {
	const changed: number[] = [];
	const to = movement.to ?? { x: 5, y: 4 };
	dab(mask, { slice: 2, from: to, to, diameterMm: 1, value: 1, ...movement }, changed);
	return changed;
}

/** Distance in mm of a voxel from the line of a movement, by the cross product. */
function distanceMm({ view }: RegionMask, { from, to, slice }: Dab, [x, y, s]: readonly [number, number, number]) {
	const [sx, sy, sz] = view.spacingMm;
	const line = [(to.x - from.x) * sx, (to.y - from.y) * sy] as const;
	const reached = [(x - from.x) * sx, (y - from.y) * sy, (s - slice) * sz] as const;
	const length = Math.hypot(...line);
	const along = length === 0 ? 0 : (reached[0] * line[0] + reached[1] * line[1]) / length;
	if (along <= 0) return Math.hypot(...reached);
	if (along >= length) return Math.hypot(reached[0] - line[0], reached[1] - line[1], reached[2]);
	return Math.hypot((reached[0] * line[1] - reached[1] * line[0]) / length, reached[2]);
}

describe('a ball', () => {
	it('is round through the slices, and takes the voxels right on its surface', () => {
		const mask = new RegionMask(CUBE);
		draw(mask, { slice: 6, to: { x: 6, y: 6 }, diameterMm: 10, ball: true });
		for (const [x, y, s] of places(mask)) {
			const inside = (x - 6) ** 2 + (y - 6) ** 2 + (s - 6) ** 2 <= 25;
			expect(mask.data[mask.index(x, y, s)]).toBe(inside ? 1 : 0);
		}
		expect(mask.data[mask.index(6, 9, 10)]).toBe(1);
		expect([...mask.sliceCounts]).toEqual([0, 1, 29, 49, 69, 69, 81, 69, 69, 49, 29, 1, 0]);
	});

	it('reaches as many slices as its radius holds, thick slices being few', () => {
		const mask = new RegionMask({ ...CUBE, affine: [0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1] });
		draw(mask, { slice: 6, to: { x: 6, y: 6 }, diameterMm: 9.9, ball: true });
		expect([...mask.sliceCounts].map((n) => n > 0).indexOf(true)).toBe(6);
		draw(mask, { slice: 6, to: { x: 6, y: 6 }, diameterMm: 10, ball: true });
		expect([...mask.sliceCounts]).toEqual([0, 0, 0, 0, 0, 1, 169, 1, 0, 0, 0, 0, 0]);
	});

	it('takes the voxels right on its surface whatever rounding makes of their distance', () => {
		const mask = new RegionMask({ ...CUBE, affine: [0.1, 0, 0, 0, 0, 0.1, 0, 0, 0, 0, 0.1, 0, 0, 0, 0, 1] });
		draw(mask, { slice: 6, to: { x: 6, y: 6 }, diameterMm: 0.6, ball: true });
		expect([...mask.sliceCounts]).toEqual([0, 0, 0, 1, 21, 25, 29, 25, 21, 1, 0, 0, 0]);
	});

	it('is cut off at the first and the last slice', () => {
		const mask = new RegionMask(CUBE);
		draw(mask, { slice: 0, to: { x: 0, y: 0 }, diameterMm: 4, ball: true });
		expect([...mask.sliceCounts].slice(0, 4)).toEqual([6, 4, 1, 0]);
		draw(mask, { slice: 12, to: { x: 12, y: 12 }, diameterMm: 4, ball: true });
		expect([...mask.sliceCounts].slice(9)).toEqual([0, 1, 4, 6]);
	});

	it('smaller than a voxel draws the voxel under the pointer and nothing in the slices around', () => {
		const mask = new RegionMask(CUBE);
		expect(draw(mask, { slice: 3, to: { x: 4.4, y: 7.4 }, diameterMm: 0.1, ball: true })).toEqual([
			mask.index(4, 7, 3),
		]);
	});

	it('erases through the slices too', () => {
		const mask = new RegionMask(CUBE);
		draw(mask, { slice: 6, to: { x: 6, y: 6 }, diameterMm: 10, ball: true });
		draw(mask, { slice: 6, to: { x: 6, y: 6 }, diameterMm: 10, ball: true, value: 0 });
		expect(mask.total).toBe(0);
		expect(mask.data.includes(1)).toBe(false);
	});
});

describe.each(GRIDS)('a movement on a grid %s', (_, grid) => {
	it('draws what is within the radius of its line, as disc and as ball', () => {
		const coordinate = (most: number) => fc.double({ min: -4, max: most + 4, noNaN: true });
		fc.assert(
			fc.property(
				fc.tuple(coordinate(10), coordinate(8), coordinate(10), coordinate(8)),
				fc.nat(4),
				fc.double({ min: 0.2, max: 14, noNaN: true }),
				fc.boolean(),
				([x0, y0, x1, y1], slice, diameterMm, ball) => {
					const mask = new RegionMask(grid);
					const movement = { slice, from: { x: x0, y: y0 }, to: { x: x1, y: y1 }, diameterMm, value: 1, ball } as const;
					const changed = draw(mask, movement);
					expect([...changed].sort((a, b) => a - b)).toEqual(setElements(mask));
					const wrong = places(mask).filter(([x, y, s]) => {
						const distance = distanceMm(mask, movement, [x, y, s]);
						if (Math.abs(distance - diameterMm / 2) < 1e-6) return false;
						const under = x === Math.round(x1) && y === Math.round(y1) && s === slice;
						const drawn = under || (distance < diameterMm / 2 && (ball || s === slice));
						return mask.data[mask.index(x, y, s)] !== (drawn ? 1 : 0);
					});
					expect(wrong).toEqual([]);
				},
			),
			{ numRuns: 150, seed: 20210818 },
		);
	});

	it('with a range of intensities changes only voxels whose value is in it, both ends included', () => {
		const mask = new RegionMask(grid);
		const values = intensities(grid, (x) => (x === 7 ? Number.NaN : 10 * x));
		draw(mask, { diameterMm: 100, within: { values, low: 30, high: 80 } });
		const row = '...####.#..';
		expect(picture(mask, setElements(mask), 2)).toEqual(Array.from({ length: 9 }, () => row));
		expect(mask.total).toBe(9 * 5);
	});
});

describe('a range of intensities', () => {
	const grid = GRIDS[1]![1];

	it('holds for the voxel under the pointer too', () => {
		const mask = new RegionMask(grid);
		const values = intensities(grid, (x) => x);
		expect(draw(mask, { to: { x: 5, y: 4 }, diameterMm: 0.1, within: { values, low: 6, high: 9 } })).toEqual([]);
		expect(draw(mask, { to: { x: 6, y: 4 }, diameterMm: 0.1, within: { values, low: 6, high: 9 } })).toHaveLength(1);
	});

	it('holds in every slice of a ball', () => {
		const mask = new RegionMask(grid);
		const values = intensities(grid, (_x, _y, slice) => slice);
		draw(mask, { diameterMm: 30, ball: true, within: { values, low: 1, high: 2.5 } });
		expect([...mask.sliceCounts]).toEqual([0, 99, 99, 0, 0]);
	});

	it('leaves what is drawn already, and an eraser without one takes it away', () => {
		const mask = new RegionMask(grid);
		paint(
			mask,
			2,
			Array.from({ length: 9 }, () => '##.........'),
		);
		const values = intensities(grid, (x) => x);
		draw(mask, { diameterMm: 100, within: { values, low: 9, high: 9 } });
		expect(mask.total).toBe(27);
		draw(mask, { diameterMm: 100, value: 0 });
		expect(mask.total).toBe(0);
	});

	it('of another grid is refused before anything is drawn', () => {
		const mask = new RegionMask(grid);
		const within = { values: new Float32Array(494), low: 0, high: 1 };
		expect(() => draw(mask, { within })).toThrow('got 494 intensities, expected 495');
		expect(mask.total).toBe(0);
	});
});
