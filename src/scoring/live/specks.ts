import type { Region } from '../../protocol/protocol.ts';
import { partsInSlices } from '../findings/sliceParts.ts';
import type { LiveCheck } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

const RULES = ['R6-4b'];

/** Regions that may lie around something by their nature: only small holes are told. */
const HOLLOW: ReadonlySet<Region> = new Set(['ED', 'ET', 'NE']);

/** Islands of a few pixels and holes, which a threshold leaves (§6-④). */
export function checkSpecks({ input, limits }: LiveContext): LiveCheck[] {
	if (input.regions.length === 0) return [waiting('specks', RULES)];
	const { minIslandPx } = limits.semi;
	const { smallHolePx, maxIslands, maxHoles } = limits.live.specks;
	const open = input.regions.flatMap((region) => {
		const parts = partsInSlices(region.drawn, region.grid);
		const islands = parts.filter(({ inside, pixels }) => inside && pixels < minIslandPx);
		const largest = HOLLOW.has(region.region) ? smallHolePx : Number.POSITIVE_INFINITY;
		const holes = parts.filter(({ inside, pixels }) => !inside && pixels < largest);
		for (const [problem, found, most] of [
			['islands', islands, maxIslands],
			['holes', holes, maxHoles],
		] as const) {
			if (found.length <= most) continue;
			const elements = found.flatMap((part) => [...part.elements()]);
			return [attention('specks', RULES, { params: { problem, count: found.length } }, { region, elements })];
		}
		return [];
	});
	return open.length > 0 ? open : [fine('specks', RULES)];
}
