import { describe, expect, it } from 'vitest';
import { type Grid, voxelCount } from '../../../../src/grid/grid.ts';
import { apart } from '../../../../src/islands/live/apart.ts';
import { maskOf } from '../../../../src/mask/maskOf.ts';
import type { Region } from '../../../../src/protocol/protocol.ts';

const GRID: Grid = { dims: [8, 1, 1], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
/** Twice as fine along x, over the same line. */
const FINE: Grid = { dims: [16, 1, 1], affine: [0.5, 0, 0, -0.25, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };

/** A mask of the voxels from one to another, both in it. */
function run(from: number, to: number, grid = GRID) {
	return maskOf(grid, new Uint8Array(voxelCount(grid.dims)).fill(1, from, to + 1));
}
const masks = () =>
	new Map<Region, ReturnType<typeof run>>([
		['WT', run(0, 7)],
		['TB', run(2, 6)],
		['ET', run(8, 9, FINE)],
		['NE', run(10, 11, FINE)],
	]);
const shown = (made: ReturnType<typeof apart>, region: Region) => [...(made.get(region)?.data ?? [])].join('');

describe('apart', () => {
	it('leaves each voxel to the innermost region, across grids', () => {
		const made = apart(masks(), ['WT', 'TB', 'ET', 'NE']);
		expect(shown(made, 'WT')).toBe('11000001');
		expect(shown(made, 'TB')).toBe('00110010');
		expect(made.get('ET')?.total).toBe(2);
		expect(made.get('NE')?.total).toBe(2);
	});

	it('takes nothing for a region that is off', () => {
		const made = apart(masks(), ['WT', 'NE']);
		expect(shown(made, 'WT')).toBe('11111011');
	});

	it('leaves the masks themselves alone', () => {
		const given = masks();
		apart(given, ['WT', 'TB', 'ET', 'NE']);
		expect(given.get('WT')?.total).toBe(8);
	});
});
