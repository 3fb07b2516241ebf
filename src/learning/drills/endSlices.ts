import type { SlicePoint } from '../../mask/brush.ts';
import { lesionsOf } from '../../mask/lesions.ts';
import { partsOf } from '../../mask/parts.ts';
import type { RegionMask } from '../../mask/regionMask.ts';
import type { FindingsPolicy } from '../../scoring/findings/policy.ts';

type Limits = Pick<FindingsPolicy['limits']['endSlices'], 'minAreaMm2' | 'leewaySlices' | 'hardAreaMm2'>;

/** Where a lesion begins and ends: axial slices of its sequence's view, from 0 at the feet. */
export interface Extent {
	/** The lowest and highest slice with a voxel of it. */
	readonly first: number;
	readonly last: number;
	/** The same of the slices that are large enough to count. */
	readonly firstCounted: number;
	readonly lastCounted: number;
	/** Its area in each slice from `first` to `last`, mm². */
	readonly areasMm2: readonly number[];
	/** The voxel of it that is nearest to its middle. */
	readonly middle: SlicePoint & { readonly slice: number };
}

/** The ends of the largest lesion of a mask; undefined where the mask is empty or no slice of it counts. */
export function lesionExtent(mask: RegionMask, { minAreaMm2 }: Pick<Limits, 'minAreaMm2'>): Extent | undefined {
	const largest = [...lesionsOf(mask)].sort((a, b) => b.voxels - a.voxels)[0];
	if (!largest) return undefined;
	const { firstSlice: first, lastSlice: last, centre } = largest;
	const { labels, block } = partsOf(mask);
	const [nx, ny] = block.dims;
	const pixelMm2 = mask.view.spacingMm[0] * mask.view.spacingMm[1];
	const areasMm2 = Array.from({ length: last - first + 1 }, (_, n) => {
		const from = nx * ny * (first + n - block.min[2]);
		let voxels = 0;
		for (let at = from; at < from + nx * ny; at++) if (labels[at] === largest.number) voxels++;
		return voxels * pixelMm2;
	});
	const counts = (area: number) => area >= minAreaMm2;
	const low = areasMm2.findIndex(counts);
	if (low < 0) return undefined;
	const high = areasMm2.findLastIndex(counts);
	return { first, last, firstCounted: first + low, lastCounted: first + high, areasMm2, middle: centre };
}

/** What is wrong with an end that was marked; null: nothing. */
export type EndFault = 'missed' | 'beyond' | null;

/** Both ends as they are marked. */
export interface EndsMark {
	readonly first: EndFault;
	readonly last: EndFault;
	/** Half for each end. */
	readonly score: number;
	/** An end was missed by a slice so large that it fails a case outright. */
	readonly hardFail: boolean;
}

/**
 * Marks the slices that are said to be first and last as a drawing's ends are: none that counts may be left out, and the
 * lesion may be gone beyond by the leeway.
 */
export function markEnds(
	extent: Extent,
	given: { readonly first: number; readonly last: number },
	limits: Limits,
): EndsMark {
	const { first, last, firstCounted, lastCounted, areasMm2 } = extent;
	const { leewaySlices, hardAreaMm2 } = limits;
	const low = given.first > firstCounted ? 'missed' : given.first < first - leewaySlices ? 'beyond' : null;
	const high = given.last < lastCounted ? 'missed' : given.last > last + leewaySlices ? 'beyond' : null;
	const isLeftOut = (_: number, n: number) => first + n < given.first || first + n > given.last;
	return {
		first: low,
		last: high,
		score: (low === null ? 0.5 : 0) + (high === null ? 0.5 : 0),
		hardFail: areasMm2.filter(isLeftOut).some((area) => area >= hardAreaMm2),
	};
}
