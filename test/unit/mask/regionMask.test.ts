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
});
