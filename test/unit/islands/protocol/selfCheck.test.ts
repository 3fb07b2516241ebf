import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkRegion } from '../../../../src/islands/practice/protocol/selfCheck.ts';
import { cutRegion } from '../../../../src/mask/liveCut.ts';
import { RegionMask } from '../../../../src/mask/regionMask.ts';
import { findingsPolicySchema } from '../../../../src/schemas/findingsPolicy.ts';
import { livePartsOf } from '../../../../src/scoring/live/liveParts.ts';

const { limits } = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));
const grid = { dims: [12, 12, 12], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1] } as const;

/** A mask with a square of 4 × 4 mm, 16 mm², at each place. */
function maskOf(...places: readonly (readonly [x: number, y: number, slice: number])[]): RegionMask {
	const mask = new RegionMask(grid);
	for (const [x, y, slice] of places)
		for (let n = 0; n < 16; n++) mask.set(mask.index(x + (n % 4), y + (n >> 2), slice), slice, 1);
	return mask;
}

const check = (
	mask: RegionMask,
	{ region = 'WT' as 'WT' | 'ET' | 'TB', looked = [] as number[], noneSeen = false } = {},
) => {
	const cut = cutRegion(region, mask);
	const parts = cut ? livePartsOf(cut, limits) : { lesions: [], gaps: [] };
	return checkRegion(region, mask, parts, { looked: new Set(looked), noneSeen });
};

describe('checkRegion', () => {
	it('shows each lesion with one slice beyond its ends, and leaves out what lies between', () => {
		const mask = maskOf([1, 1, 2], [1, 1, 3], [7, 7, 9]);
		const { slices, skipped, unseen } = check(mask, { looked: [1, 2, 3, 9] });
		expect(slices.map(({ slice }) => slice)).toEqual([1, 2, 3, 4, 8, 9, 10]);
		expect(slices.filter(({ drawn }) => drawn).map(({ slice }) => slice)).toEqual([2, 3, 9]);
		expect(slices.filter(({ first }) => first).map(({ slice }) => slice)).toEqual([2, 9]);
		expect(slices.filter(({ last }) => last).map(({ slice }) => slice)).toEqual([3, 9]);
		expect(slices.filter(({ jump }) => jump).map(({ slice }) => slice)).toEqual([8]);
		expect(unseen).toEqual([4, 8, 10]);
		expect(skipped).toEqual([]);
	});

	it('finds the slices that were left out inside a lesion, which has its ends beyond them', () => {
		const { skipped, slices } = check(maskOf([1, 1, 2], [1, 1, 5], [1, 1, 6], [2, 2, 8]));
		expect(skipped).toEqual([3, 4, 7]);
		expect(slices.map(({ slice }) => slice)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(slices.filter(({ skipped }) => skipped).map(({ slice }) => slice)).toEqual([3, 4, 7]);
		expect(slices.filter(({ first }) => first).map(({ slice }) => slice)).toEqual([2]);
		expect(slices.filter(({ last }) => last).map(({ slice }) => slice)).toEqual([8]);
	});

	it('finds none between lesions that barely lie over each other, or more than 15 mm apart', () => {
		// One of 16 voxels is shared, below the 0.3 of the rule.
		expect(check(maskOf([1, 1, 2], [4, 4, 5])).skipped).toEqual([]);
		expect(check(maskOf([1, 1, 2], [1, 1, 8])).skipped).toEqual([3, 4, 5, 6, 7]);
		const apart = check(maskOf([1, 1, 2], [1, 1, 9]));
		expect(apart.skipped).toEqual([]);
		expect(apart.slices.map(({ slice }) => slice)).toEqual([1, 2, 3, 8, 9, 10]);
	});

	it('goes by what is drawn of the lesion itself, whatever else is drawn in the slice', () => {
		expect(check(maskOf([1, 1, 2], [7, 7, 3], [1, 1, 4])).skipped).toEqual([3]);
		// What lies between is a part of neither, but in the same place.
		expect(check(maskOf([1, 1, 2], [3, 3, 4], [1, 1, 6])).skipped).toEqual([]);
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
