import { ijkToXyz, type XyzMm } from '../../grid/grid.ts';
import { REGION_SEQUENCE } from '../../protocol/protocol.ts';
import type { LiveCheck, LiveRegion } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

const RULES = ['R6-8b'];

/** The slice beyond the first and the last drawn one of every lesion was not looked at (§6-⑧). */
export function checkEnds({ input, partsOf, limits }: LiveContext): LiveCheck[] {
	if (input.regions.length === 0) return [waiting('ends', RULES)];
	const found = input.regions.flatMap((region) => {
		const sequence = REGION_SEQUENCE[region.region];
		const looked = input.looked.get(sequence);
		const isUnseen = (slice: number) => slice >= 0 && slice < region.whole.grid.dims[2] && !looked?.has(slice);
		const unseen = partsOf(region).lesions.flatMap(({ volumeMl, first, last, low, high }) => {
			if (volumeMl < limits.lesion.minMl) return [];
			return [
				{ problem: 'first', end: first, slice: first - 1, at: low },
				{ problem: 'last', end: last, slice: last + 1, at: high },
			].filter(({ slice }) => isUnseen(slice));
		});
		const [open] = unseen;
		if (!open) return [];
		const { problem, end, slice, at } = open;
		const where = { sequence, slice, xyzMm: middleOn(region, at, slice) };
		const params = { problem, end, slice };
		return [attention('ends', RULES, { region: region.region, where, params })];
	});
	return found.length > 0 ? found : [fine('ends', RULES)];
}

/** The middle of some elements of a region's box, on another slice. */
function middleOn({ grid, corner, whole }: LiveRegion, elements: readonly number[], slice: number): XyzMm {
	const [nx, ny] = grid.dims;
	const count = elements.length;
	let [x, y] = [0, 0];
	for (const element of elements) {
		x += element % nx;
		y += Math.floor(element / nx) % ny;
	}
	return ijkToXyz(whole.grid, [corner[0] + Math.round(x / count), corner[1] + Math.round(y / count), slice]);
}
