import { REGION_SEQUENCE } from '../../protocol/protocol.ts';
import { placeOf } from '../findings/place.ts';
import type { LiveCheck } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';
import { skippedSlices } from './liveParts.ts';

const RULES = ['R6-8a'];

/** Slices left out inside a lesion (§6-⑧). */
export function checkGaps({ input, partsOf }: LiveContext): LiveCheck[] {
	if (input.regions.length === 0) return [waiting('gaps', RULES)];
	const open = input.regions.flatMap((region) => {
		const parts = partsOf(region);
		const [first] = parts.gaps;
		if (!first) return [];
		const place = placeOf(region, first.elements);
		const where = place && { ...place, sequence: REGION_SEQUENCE[region.region], slice: first.from };
		const params = { slice: first.from, count: skippedSlices(parts).length };
		return [attention('gaps', RULES, { region: region.region, where, params })];
	});
	return open.length > 0 ? open : [fine('gaps', RULES)];
}
