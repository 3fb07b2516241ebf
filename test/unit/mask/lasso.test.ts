import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lasso } from '../../../src/mask/lasso.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { GRIDS, intensities, paint, picture, places } from './toolScenes.ts';

type Line = readonly (readonly [number, number])[];

const points = (line: Line) => line.map(([x, y]) => ({ x, y }));

const LPS = GRIDS[1]![1];

/** How often a line goes round a point, from the angles under which its pieces are seen. */
function turns(line: Line, x: number, y: number): number {
	let angle = 0;
	line.forEach(([ax, ay], n) => {
		const [bx, by] = line[(n + 1) % line.length]!;
		const [ux, uy, vx, vy] = [ax - x, ay - y, bx - x, by - y];
		angle += Math.atan2(ux * vy - uy * vx, ux * vx + uy * vy);
	});
	return Math.round(angle / (2 * Math.PI));
}

/** Whether a point is so close to the line that rounding decides on which side it is. */
function touches(line: Line, x: number, y: number): boolean {
	return line.some(([ax, ay], n) => {
		const [bx, by] = line[(n + 1) % line.length]!;
		const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
		const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2));
		return Math.hypot(ax + t * (bx - ax) - x, ay + t * (by - ay) - y) < 1e-6;
	});
}

describe.each(GRIDS)('a lasso on a grid %s', (_, grid) => {
	it('takes the voxels whose centre its line goes round, and joins its ends', () => {
		const mask = new RegionMask(grid);
		const line: Line = [
			[1.5, 0.5],
			[9.4, 0.5],
			[9.4, 6.6],
		];
		expect(picture(mask, lasso(mask, { slice: 3, points: points(line), value: 1 }), 3)).toEqual([
			'...........',
			'...........',
			'.........#.',
			'........##.',
			'.......###.',
			'.....#####.',
			'....######.',
			'...#######.',
			'...........',
		]);
		expect(mask.total).toBe(0);
	});

	it('agrees with the turns of any line round each voxel, which are odd inside', () => {
		const coordinate = fc.double({ min: -4, max: 14, noNaN: true });
		fc.assert(
			fc.property(fc.array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 12 }), (line) => {
				const mask = new RegionMask(grid);
				const changed = [...lasso(mask, { slice: 1, points: points(line), value: 1 })];
				const inside = new Set(changed);
				expect(inside.size).toBe(changed.length);
				const wrong = places(mask).filter(
					([x, y, s]) =>
						inside.has(mask.index(x, y, s)) !== (s === 1 && turns(line, x, y) % 2 !== 0) && !touches(line, x, y),
				);
				expect(wrong).toEqual([]);
			}),
			{ numRuns: 200, seed: 20210818 },
		);
	});
});

describe('lasso', () => {
	it('leaves out what its line goes round twice', () => {
		const mask = new RegionMask(LPS);
		const line: Line = [
			[0.5, 0.5],
			[9.5, 0.5],
			[9.5, 7.5],
			[0.5, 7.5],
			[0.5, 0.5],
			[3.5, 2.5],
			[6.5, 2.5],
			[6.5, 5.5],
			[3.5, 5.5],
			[3.5, 2.5],
		];
		expect(picture(mask, lasso(mask, { slice: 0, points: points(line), value: 1 }), 0)).toEqual([
			'...........',
			'.#########.',
			'.#########.',
			'.###...###.',
			'.###...###.',
			'.###...###.',
			'.#########.',
			'.#########.',
			'...........',
		]);
	});

	it('takes centres right on its left and rear sides, not on its right and front sides', () => {
		const mask = new RegionMask(LPS);
		const line: Line = [
			[2, 1],
			[6, 1],
			[6, 4],
			[2, 4],
		];
		expect(picture(mask, lasso(mask, { slice: 0, points: points(line), value: 1 }), 0)).toEqual([
			'...........',
			'...........',
			'...........',
			'...........',
			'...........',
			'..####.....',
			'..####.....',
			'..####.....',
			'...........',
		]);
	});

	it('parts a zone by any line through it without a gap and without a voxel in both', () => {
		const coordinate = fc.oneof(fc.nat(10), fc.double({ min: 0, max: 10, noNaN: true }));
		fc.assert(
			fc.property(fc.array(fc.tuple(coordinate, coordinate), { maxLength: 8 }), (border) => {
				const mask = new RegionMask(LPS);
				const take = (line: Line) => lasso(mask, { slice: 0, points: points(line), value: 1 });
				const left = take([[0, 0], [5, 0], ...border, [5, 8], [0, 8]]);
				const right = take([[10, 0], [5, 0], ...border, [5, 8], [10, 8]].reverse() as unknown as Line);
				const both = new Set<number>();
				for (const n of [...left, ...right]) if (!both.delete(n)) both.add(n);
				const whole = take([
					[0, 0],
					[10, 0],
					[10, 8],
					[0, 8],
				]);
				expect([...both].sort((a, b) => a - b)).toEqual([...whole].sort((a, b) => a - b));
			}),
			{ numRuns: 200, seed: 20210818 },
		);
	});

	it('is cut off at the border of the slice', () => {
		const mask = new RegionMask(LPS);
		const around: Line = [
			[-20, -20],
			[40, -20],
			[40, 30],
			[-20, 30],
		];
		expect(lasso(mask, { slice: 4, points: points(around), value: 1 })).toHaveLength(99);
		const beside: Line = [
			[-20, -20],
			[-1, -20],
			[-1, 30],
		];
		expect(lasso(mask, { slice: 4, points: points(beside), value: 1 })).toHaveLength(0);
	});

	it('gives only voxels that would change, drawing and erasing', () => {
		const mask = new RegionMask(LPS);
		paint(mask, 2, ['...........', '.####......', '.####......', '...........']);
		const line: Line = [
			[2.5, -0.5],
			[10.5, -0.5],
			[10.5, 8.5],
			[2.5, 8.5],
		];
		const before = mask.data.slice();
		const drawn = lasso(mask, { slice: 2, points: points(line), value: 1 });
		expect(drawn).toHaveLength(8 * 9 - 4);
		expect(picture(mask, lasso(mask, { slice: 2, points: points(line), value: 0 }), 2)).toEqual([
			'...........',
			'...........',
			'...........',
			'...........',
			'...........',
			'...........',
			'...##......',
			'...##......',
			'...........',
		]);
		expect(mask.data).toEqual(before);
		mask.flip(drawn);
		expect(lasso(mask, { slice: 2, points: points(line), value: 1 })).toHaveLength(0);
	});

	it('with a range of intensities gives only voxels in it', () => {
		const mask = new RegionMask(LPS);
		const values = intensities(LPS, (x, y) => (y === 3 ? Number.NaN : x));
		const line: Line = [
			[0.5, 1.5],
			[9.5, 1.5],
			[9.5, 5.5],
			[0.5, 5.5],
		];
		const within = { values, low: 4, high: 6 };
		expect(picture(mask, lasso(mask, { slice: 2, points: points(line), value: 1, within }), 2)).toEqual([
			'...........',
			'...........',
			'...........',
			'....###....',
			'....###....',
			'...........',
			'....###....',
			'...........',
			'...........',
		]);
	});

	it('of fewer than three points takes nothing, and a slice outside the mask throws', () => {
		const mask = new RegionMask(LPS);
		const line = points([
			[0, 0],
			[9, 8],
		]);
		for (const count of [0, 1, 2])
			expect(lasso(mask, { slice: 0, points: line.slice(0, count), value: 1 })).toHaveLength(0);
		expect(() => lasso(mask, { slice: 5, points: line, value: 1 })).toThrow('got slice 5, expected 0 to 4');
	});
});
