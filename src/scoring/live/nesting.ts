import { FAMILY_REGIONS, type Region } from '../../protocol/protocol.ts';
import { elementsOutside } from '../findings/relations.ts';
import type { LiveCheck } from './live.ts';
import { attention, countOf, fine, type LiveContext, waiting } from './liveContext.ts';

/** What lies inside what. Where enhancing and non-enhancing are drawn as one, they are the body. */
const NESTED: readonly (readonly [inner: Region, outer: Region, rule: string])[] = [
	['TB', 'WT', 'R4-N1'],
	['EN', 'WT', 'R4-N1'],
	['NE', 'TB', 'R4-4a'],
];

/** Body in whole tumour, non-enhancing in body (§4), up to the tolerance. */
export function checkNesting({ input, region, onGridOf, limits }: LiveContext): LiveCheck[] {
	const regions: readonly Region[] = FAMILY_REGIONS[input.family];
	const { dilateMm, outsideFrac } = limits.nest;
	return NESTED.flatMap(([inner, outer, rule]) => {
		if (!regions.includes(inner) || !regions.includes(outer)) return [];
		const [a, b] = [region(inner), region(outer)];
		if (!a || !b) return [waiting('nesting', [rule], { region: inner, params: { outer } })];
		const outside = elementsOutside(a.drawn, onGridOf(b, a), a.grid, dilateMm);
		const share = 1 - outside.length / countOf(a.drawn);
		const told = { region: inner, params: { outer, share } };
		if (1 - share <= outsideFrac) return [fine('nesting', [rule], told)];
		return [attention('nesting', [rule], told, { region: a, elements: outside })];
	});
}
