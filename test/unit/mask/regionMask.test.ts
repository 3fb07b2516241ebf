import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RegionMask } from '../../../src/mask/regionMask.ts';
import { GRIDS, placeOf, setElements } from './toolScenes.ts';

describe.each(GRIDS)('a mask on a grid %s', (_, grid) => {
	it('keeps its counts right whatever is flipped, in any order', () => {
		fc.assert(
			fc.property(
				fc.array(fc.uniqueArray(fc.nat(494), { maxLength: 200 }), { minLength: 1, maxLength: 4 }),
				fc.boolean(),
				(edits, sorted) => {
					const mask = new RegionMask(grid);
					const expected = new Set<number>();
					let version = 0;
					for (const edit of edits) {
						if (sorted) edit.sort((a, b) => a - b);
						mask.flip(Uint32Array.from(edit));
						for (const n of edit) if (!expected.delete(n)) expected.add(n);
						version += edit.length;
						expect(setElements(mask)).toEqual([...expected].sort((a, b) => a - b));
						const counts = [0, 0, 0, 0, 0];
						for (const n of expected) counts[placeOf(mask, n)[2]]! += 1;
						expect([...mask.sliceCounts]).toEqual(counts);
						expect(mask.total).toBe(expected.size);
						expect(mask.version).toBe(version);
					}
				},
			),
			{ numRuns: 100, seed: 20210818 },
		);
	});

	it('knows a box around each slice: as small as can be once a flip added to it, wide enough after every other edit', () => {
		const mask = new RegionMask(grid);
		expect(mask.sliceBox(2)).toBeUndefined();
		mask.flip(Uint32Array.of(mask.index(3, 4, 2), mask.index(5, 2, 2), mask.index(0, 0, 1)));
		expect(mask.sliceBox(2)).toEqual({ x: [3, 5], y: [2, 4] });
		for (const [x, y] of [
			[1, 3],
			[6, 5],
			[4, 1],
		] as const)
			mask.set(mask.index(x, y, 2), 2, 1);
		expect(mask.sliceBox(2)).toEqual({ x: [1, 6], y: [1, 5] });
		expect(mask.sliceBox(1)).toEqual({ x: [0, 0], y: [0, 0] });
		mask.set(mask.index(6, 5, 2), 2, 0);
		mask.flip(Uint32Array.of(mask.index(1, 3, 2)));
		expect(mask.sliceBox(2)).toEqual({ x: [1, 6], y: [1, 5] });
		mask.flip(Uint32Array.of(mask.index(5, 3, 2), mask.index(4, 1, 2)));
		expect(mask.sliceBox(2)).toEqual({ x: [3, 5], y: [2, 4] });
	});
});
