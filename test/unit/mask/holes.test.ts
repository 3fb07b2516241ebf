import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillHoles } from '../../../src/mask/holes.ts';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { after, anyMask } from './shapeScenes.ts';
import { GRIDS, paint, picture } from './toolScenes.ts';

describe.each(GRIDS)('filling holes on a grid %s', (_, grid) => {
	it('sets what is enclosed in a slice, over corners too, and not what reaches the border', () => {
		const mask = new RegionMask(grid);
		paint(mask, 2, [
			'.###...#...',
			'.#.#...#...',
			'.###...####',
			'...........',
			'..#........',
			'.#.#..#####',
			'..#...#.#.#',
			'......#.#.#',
			'......###.#',
		]);
		expect(picture(mask, fillHoles(mask), 2)).toEqual([
			'...........',
			'..#........',
			'...........',
			'...........',
			'...........',
			'..#........',
			'.......#...',
			'.......#...',
			'...........',
		]);
		expect(fillHoles(mask).length).toBe(4);
	});

	it('goes slice by slice: a cavity open to the next slice only is filled, a tunnel through slices too', () => {
		const mask = new RegionMask(grid);
		for (const slice of [0, 1, 4]) paint(mask, slice, ['###', '#.#', '###']);
		expect([...fillHoles(mask)].sort((a, b) => a - b)).toEqual(
			[0, 1, 4].map((slice) => mask.index(1, 1, slice)).sort((a, b) => a - b),
		);
	});

	it('leaves no voxel from which the border cannot be reached, and sets no other', () => {
		const [width, height, depth] = new RegionMask(grid).view.dims;
		fc.assert(
			fc.property(anyMask(grid), (mask) => {
				const free = new Set<number>();
				const isFree = (x: number, y: number, s: number) =>
					x < 0 || y < 0 || x >= width || y >= height || free.has(mask.index(x, y, s));
				for (let before = -1; before < free.size; ) {
					before = free.size;
					for (let s = 0; s < depth; s++)
						for (let y = 0; y < height; y++)
							for (let x = 0; x < width; x++) {
								const index = mask.index(x, y, s);
								if (mask.data[index] === 1) continue;
								const near = [isFree(x - 1, y, s), isFree(x + 1, y, s), isFree(x, y - 1, s), isFree(x, y + 1, s)];
								if (near.includes(true)) free.add(index);
							}
				}
				expect(after(mask, fillHoles(mask))).toEqual(mask.data.map((_, n) => (free.has(n) ? 0 : 1)));
			}),
			{ numRuns: 60, seed: 4 },
		);
	});
});
