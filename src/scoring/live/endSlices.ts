import { ijkToXyz, type XyzMm } from '../../grid/grid.ts';
import { REGION_SEQUENCE } from '../../protocol/protocol.ts';
import type { LiveCheck, LiveRegion } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

const RULES = ['R6-8b'];

/** The slice beyond the first and the last drawn one of every lesion was not looked at (§6-⑧). */
export function checkEnds({ input, partsOf, limits }: LiveContext): LiveCheck[] {
	if (input.regions.length === 0) return [waiting('ends', RULES)];
	const open = input.regions.flatMap((region) => {
		const sequence = REGION_SEQUENCE[region.region];
		const looked = input.looked.get(sequence);
		const isUnseen = (slice: number) => slice >= 0 && slice < region.whole.grid.dims[2] && !looked?.has(slice);
		const unseen = partsOf(region).lesions.flatMap(({ volumeMl, first, last, low, high }) => {
			if (volumeMl < limits.lesion.minMl) return [];
			return [
				{ problem: 'first', drawn: first, slice: first - 1, at: low },
				{ problem: 'last', drawn: last, slice: last + 1, at: high },
			].filter(({ slice }) => isUnseen(slice));
		});
		const [end] = unseen;
		if (!end) return [];
		const { problem, drawn, slice } = end;
		const where = { sequence, slice, xyzMm: middleOn(region, end.at, slice) };
		const params = { problem, drawn, slice, count: unseen.length };
		return [attention('ends', RULES, { region: region.region, where, params })];
	});
	return open.length > 0 ? open : [fine('ends', RULES)];
}

/** The middle of some elements of a region's box, on another slice. */
function middleOn({ grid, corner, whole }: LiveRegion, elements: readonly number[], slice: number): XyzMm {
	const [nx, ny] = grid.dims;
	let [x, y] = [0, 0];
	for (const element of elements) {
		x += (element % nx) / elements.length;
		y += (Math.floor(element / nx) % ny) / elements.length;
	}
	return ijkToXyz(whole.grid, [corner[0] + Math.round(x), corner[1] + Math.round(y), slice]);
}
