import { FAMILY_REGIONS, type Region } from '../../protocol/protocol.ts';
import type { LiveCheck } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

const RULES = ['R6-3a'];

/** Whole tumour (oedema of the meningeal) and enhancing come before the others, drawn or said not to be there (§6-③). */
export function checkFirstRegions({ input, region }: LiveContext): LiveCheck[] {
	const [outer, enhancing, ...later] = FAMILY_REGIONS[input.family] as readonly Region[];
	const open = [outer!, enhancing!].filter((name) => !region(name) && !input.noneSeen.has(name));
	const params = { outer: outer!, enhancing: enhancing! };
	if (open.length === 0) return [fine('first', RULES, { params })];
	const early = later.find((name) => region(name));
	const [missing] = open;
	if (!early) return [waiting('first', RULES, { params })];
	return [attention('first', RULES, { region: missing!, params: { ...params, other: early } })];
}
