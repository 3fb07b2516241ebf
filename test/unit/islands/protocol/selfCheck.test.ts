import { describe, expect, it } from 'vitest';
import { checkRegion } from '../../../../src/islands/practice/protocol/selfCheck.ts';
import { lesionsOf } from '../../../../src/mask/lesions.ts';
import { RegionMask } from '../../../../src/mask/regionMask.ts';

const grid = { dims: [6, 6, 12], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1] } as const;

/** A mask with one voxel at each place. */
function maskOf(...places: readonly (readonly [x: number, y: number, slice: number])[]): RegionMask {
	const mask = new RegionMask(grid);
	mask.flip(Uint32Array.from(places, ([x, y, slice]) => mask.index(x, y, slice)));
	return mask;
}

const check = (
	mask: RegionMask,
	{ region = 'WT' as 'WT' | 'ET' | 'TB', looked = [] as number[], noneSeen = false } = {},
) => checkRegion(region, mask, lesionsOf(mask), { looked: new Set(looked), noneSeen });

describe('checkRegion', () => {
	it('shows each lesion with one slice beyond its ends, and leaves out what lies between', () => {
		const mask = maskOf([1, 1, 2], [1, 1, 3], [5, 5, 9]);
		const { slices, skipped, unseen } = check(mask, { looked: [1, 2, 3, 9] });
		expect(slices.map(({ slice }) => slice)).toEqual([1, 2, 3, 4, 8, 9, 10]);
		expect(slices.filter(({ drawn }) => drawn).map(({ slice }) => slice)).toEqual([2, 3, 9]);
		expect(slices.filter(({ first }) => first).map(({ slice }) => slice)).toEqual([2, 9]);
		expect(slices.filter(({ last }) => last).map(({ slice }) => slice)).toEqual([3, 9]);
		expect(slices.filter(({ jump }) => jump).map(({ slice }) => slice)).toEqual([8]);
		expect(unseen).toEqual([4, 8, 10]);
		expect(skipped).toEqual([]);
	});

	it('finds the slices that were skipped between two that lie over each other', () => {
		const { skipped, slices } = check(maskOf([1, 1, 2], [1, 1, 6], [2, 2, 6]));
		expect(skipped).toEqual([3, 4, 5]);
		expect(slices.map(({ slice }) => slice)).toEqual([1, 2, 3, 4, 5, 6, 7]);
	});

	it('ends at the ends of the series', () => {
		expect(check(maskOf([1, 1, 0], [4, 4, 11])).slices.map(({ slice }) => slice)).toEqual([0, 1, 10, 11]);
	});

	it('misses the regions that the consensus asks for first, unless nothing of them was seen', () => {
		const empty = maskOf();
		expect(check(empty, { region: 'ET' })).toMatchObject({ missing: true, slices: [], unseen: [] });
		expect(check(empty, { region: 'ET', noneSeen: true }).missing).toBe(false);
		expect(check(empty, { region: 'TB' }).missing).toBe(false);
		expect(check(maskOf([1, 1, 2]), { region: 'ET' }).missing).toBe(false);
	});
});
