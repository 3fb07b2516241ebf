import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillOutline } from '../../../src/mask/fillOutline.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { GRIDS, paint, picture } from './toolScenes.ts';

const LPS = GRIDS[1]![1];

function drawn(rows: readonly string[], grid = LPS): RegionMask {
	const mask = new RegionMask(grid);
	paint(mask, 2, rows);
	return mask;
}

const RING = [
	'...........',
	'...####....',
	'..#....#...',
	'.#......#..',
	'.#......#..',
	'..#....#...',
	'...#..#....',
	'....##.....',
	'...........',
];

describe.each(GRIDS)('filling an outline on a grid %s', (_, grid) => {
	it('takes what a line of voxels that touch at corners encloses', () => {
		const mask = drawn(RING, grid);
		const before = mask.data.slice();
		expect(picture(mask, fillOutline(mask, { slice: 2, at: { x: 4.4, y: 3.6 } }) ?? [], 2)).toEqual([
			'...........',
			'...........',
			'...####....',
			'..######...',
			'..######...',
			'...####....',
			'....##.....',
			'...........',
			'...........',
		]);
		expect(mask.data).toEqual(before);
	});

	it('takes the voxels that a walk over sides reaches, unless it gets to the border', () => {
		fc.assert(
			fc.property(fc.infiniteStream(fc.nat(9)), fc.nat(10), fc.nat(8), (dice, x, y) => {
				const rows = Array.from({ length: 9 }, () =>
					Array.from({ length: 11 }, () => (Number(dice.next().value) < 5 ? '#' : '.')).join(''),
				);
				const mask = drawn(rows, grid);
				const reached = new Set<number>();
				let atBorder = false;
				const walk = (u: number, v: number) => {
					if (rows[8 - v]?.[u] !== '.' || reached.has(mask.index(u, v, 2))) return;
					reached.add(mask.index(u, v, 2));
					if (u === 0 || u === 10 || v === 0 || v === 8) atBorder = true;
					for (const [du, dv] of [
						[1, 0],
						[-1, 0],
						[0, 1],
						[0, -1],
					] as const)
						walk(u + du, v + dv);
				};
				walk(x, y);
				const filled = fillOutline(mask, { slice: 2, at: { x, y } });
				if (atBorder) expect(filled).toBeUndefined();
				else expect([...(filled ?? [-1])].sort((a, b) => a - b)).toEqual([...reached].sort((a, b) => a - b));
			}),
			{ numRuns: 200, seed: 20210818 },
		);
	});
});

describe('fillOutline', () => {
	it('gives nothing to fill where the outline has a gap of one voxel', () => {
		const mask = drawn(RING.map((row, n) => (n === 3 ? '.#.........' : row)));
		expect(fillOutline(mask, { slice: 2, at: { x: 4, y: 4 } })).toBeUndefined();
	});

	it('takes an outline as open that only the border of the slice closes', () => {
		const corner = ['###........', '..#........', '..#........', '###........'];
		const mask = new RegionMask(LPS);
		paint(mask, 2, corner);
		expect(fillOutline(mask, { slice: 2, at: { x: 1, y: 1 } })).toBeUndefined();
		expect(fillOutline(mask, { slice: 2, at: { x: 10, y: 8 } })).toBeUndefined();
	});

	it('closes along the border where the drawing lies on it', () => {
		const mask = new RegionMask(LPS);
		paint(mask, 2, ['####.......', '#..#.......', '####.......']);
		expect([...(fillOutline(mask, { slice: 2, at: { x: 1, y: 1 } }) ?? [])]).toEqual([
			mask.index(1, 1, 2),
			mask.index(2, 1, 2),
		]);
	});

	it('is empty on the drawing and undefined outside the slice', () => {
		const mask = drawn(RING);
		expect(fillOutline(mask, { slice: 2, at: { x: 1, y: 4 } })).toEqual(new Uint32Array(0));
		for (const at of [
			{ x: -0.6, y: 4 },
			{ x: 10.6, y: 4 },
			{ x: 4, y: -0.6 },
			{ x: 4, y: 8.6 },
		])
			expect(fillOutline(mask, { slice: 2, at })).toBeUndefined();
	});

	it('leaves what is drawn inside, and what that encloses in its turn', () => {
		const mask = drawn([
			'...........',
			'.#########.',
			'.#.......#.',
			'.#..###..#.',
			'.#..#.#..#.',
			'.#..###..#.',
			'.#.......#.',
			'.#########.',
			'...........',
		]);
		expect(picture(mask, fillOutline(mask, { slice: 2, at: { x: 2, y: 2 } }) ?? [], 2)).toEqual([
			'...........',
			'...........',
			'..#######..',
			'..##...##..',
			'..##...##..',
			'..##...##..',
			'..#######..',
			'...........',
			'...........',
		]);
		expect([...(fillOutline(mask, { slice: 2, at: { x: 5, y: 4 } }) ?? [])]).toEqual([mask.index(5, 4, 2)]);
	});

	it('looks at its own slice only', () => {
		const mask = drawn(RING);
		expect(fillOutline(mask, { slice: 1, at: { x: 4, y: 4 } })).toBeUndefined();
		expect(() => fillOutline(mask, { slice: -1, at: { x: 4, y: 4 } })).toThrow('got slice -1, expected 0 to 4');
	});
});
