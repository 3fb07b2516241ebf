import { ijkToXyz } from '../../grid/grid.ts';
import { isMeningeal, type Sequence } from '../../protocol/protocol.ts';
import { drawnLesions } from './lesionCount.ts';
import type { LiveCheck } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

/**
 * Slices looked at: most of several sequences before drawing (§6), and all of FLAIR and enhanced T1 where there is more
 * than one lesion (§6-⑥).
 */
export function checkBrowsed(context: LiveContext): LiveCheck[] {
	const { input, limits } = context;
	const drawn = context.region('ET') && !isMeningeal(input.family) ? 0 : (drawnLesions(context) ?? 0);
	const several = Math.max(input.lesions ?? 0, drawn) > 1;
	const rules = [several ? 'R6-6a' : 'R6-0'];
	const all = [...input.grids.keys()].map((sequence) => seenOf(sequence, context)).sort((a, b) => b.share - a.share);
	const needed = several
		? all.filter(({ sequence }) => sequence === 'FLAIR' || sequence === 'T1C')
		: all.slice(0, limits.live.browse.sequences);
	const least = several ? 1 : limits.live.browse.share;
	const open = needed.find(({ share }) => share < least);
	if (!open) return [fine('browse', rules, { params: { problem: several ? 'several' : 'one' } })];
	if (input.regions.length === 0 && !several) return [waiting('browse', rules, { params: { problem: 'one' } })];
	const { sequence, seen, grid, slice } = open;
	const [nx, ny, slices] = grid.dims;
	const xyzMm = ijkToXyz(grid, [Math.floor(nx / 2), Math.floor(ny / 2), slice]);
	const params = { problem: several ? 'several' : 'one', sequence, seen, slices };
	return [attention('browse', rules, { where: { sequence, slice, xyzMm }, params })];
}

/** How much of a series was looked at, and the lowest slice that was not. */
function seenOf(sequence: Sequence, { input }: LiveContext) {
	const grid = input.grids.get(sequence)!;
	const slices = grid.dims[2];
	const looked = input.looked.get(sequence);
	let [seen, slice] = [0, -1];
	for (let n = slices - 1; n >= 0; n--)
		if (looked?.has(n)) seen++;
		else slice = n;
	return { sequence, grid, seen, slice, share: seen / slices };
}
