import { elementsWhere } from '../findings/overlap.ts';
import type { LiveCheck } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

const RULES = ['R6-4b'];

/** What a tool proposed is gone over by hand (§6-④). */
export function checkProposals({ input }: LiveContext): LiveCheck[] {
	if (input.regions.length === 0) return [waiting('proposal', RULES)];
	const open = input.regions.filter(({ region }) => input.proposals.has(region));
	if (open.length === 0) return [fine('proposal', RULES)];
	return open.map((region) => {
		const elements = elementsWhere(region.drawn.length, (n) => region.drawn[n] !== 0);
		return attention('proposal', RULES, {}, { region, elements });
	});
}
