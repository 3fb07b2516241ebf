import { REGION_SEQUENCE, type Region } from '../../protocol/protocol.ts';
import type { LiveCheck } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

/** The rule that says where each region is drawn. */
const RULE = {
	WT: 'R4-1a',
	ED: 'R5-2a',
	TB: 'R4-2a',
	ET: 'R4-3a',
	NE: 'R4-4a',
	EN: 'R4-4a',
} as const satisfies Record<Region, string>;

/**
 * Each region on the sequence that its rule names (§4, §5). Nothing can be drawn elsewhere here, so only a mask from a
 * file can be on another one.
 */
export function checkSequences({ input }: LiveContext): LiveCheck[] {
	if (input.regions.length === 0) return [waiting('sequence', ['R4-1a', 'R4-3a'])];
	return input.regions.map(({ region }) => {
		const expected = REGION_SEQUENCE[region];
		const sequence = input.importedFrom.get(region) ?? expected;
		const params = { sequence, expected };
		return (sequence === expected ? fine : attention)('sequence', [RULE[region]], { region, params });
	});
}
