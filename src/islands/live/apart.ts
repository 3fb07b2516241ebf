import { maskOf } from '../../mask/maskOf.ts';
import type { RegionMask } from '../../mask/regionMask.ts';
import type { Region } from '../../protocol/protocol.ts';
import { resampleLabels } from '../../scoring/findings/resample.ts';

/** What lies within each region, and is filled in a colour of its own there (§4). */
const WITHIN: Partial<Record<Region, readonly Region[]>> = {
	WT: ['TB', 'ET', 'NE', 'EN'],
	ED: ['TB', 'ET', 'NE'],
	TB: ['ET', 'NE'],
};

/**
 * The regions that are on as a composite fills them: each without what of it another one that is on fills, so that every
 * voxel has one colour, and the body's shows only where neither enhancing nor non-enhancing is drawn. The others as they are.
 */
export function apart(masks: ReadonlyMap<Region, RegionMask>, on: readonly Region[]): Map<Region, RegionMask> {
	return new Map(
		[...masks].map(([region, mask]) => {
			const inside = (WITHIN[region] ?? []).flatMap((each) => (on.includes(each) ? (masks.get(each) ?? []) : []));
			if (!on.includes(region) || inside.length === 0) return [region, mask];
			const left = mask.data.slice();
			for (const { grid, data } of inside) {
				const here = resampleLabels(data, grid, mask.grid);
				for (let n = 0; n < left.length; n++) if (here[n] !== 0) left[n] = 0;
			}
			return [region, maskOf(mask.grid, left)];
		}),
	);
}
