import { FAMILY_REGIONS, isMeningeal, type Region } from '../../protocol/protocol.ts';
import { diceOf, elementsWhere } from '../findings/overlap.ts';
import { sharedCore } from '../findings/relations.ts';
import type { LiveCheck } from './live.ts';
import { attention, countOf, fine, type LiveContext, waiting } from './liveContext.ts';

/** Enhancing and non-enhancing do not overlap (§4), but for outlines that meet. */
export function checkOverlap({ input, region, onGridOf, limits }: LiveContext): LiveCheck[] {
	if (!hasRegion(input.family, 'NE')) return [];
	const [et, ne] = [region('ET'), region('NE')];
	if (!et || !ne) return [waiting('overlap', ['R4-N2'])];
	const enhancing = onGridOf(et, ne);
	const elements = sharedCore(enhancing, ne.drawn, ne.grid);
	const share = elements.length / Math.min(countOf(et.drawn), countOf(ne.drawn));
	if (share <= limits.nest.overlapFrac) return [fine('overlap', ['R4-N2'])];
	return [attention('overlap', ['R4-N2'], { params: { share } }, { region: ne, elements })];
}

/** Oedema of the meningeal families holds no body (§5). */
export function checkOedema({ input, region, onGridOf, limits }: LiveContext): LiveCheck[] {
	if (!isMeningeal(input.family)) return [];
	const [oedema, body] = [region('ED'), region('TB')];
	if (!oedema || !body) return [waiting('oedema', ['R5-2a'])];
	const inBody = onGridOf(oedema, body);
	const elements = elementsWhere(inBody.length, (n) => inBody[n] !== 0 && body.drawn[n] !== 0);
	const share = elements.length / countOf(body.drawn);
	if (share <= limits.nest.edBodyFrac) return [fine('oedema', ['R5-2a'])];
	const there = onGridOf(body, oedema);
	const at = elementsWhere(there.length, (n) => there[n] !== 0 && oedema.drawn[n] !== 0);
	return [attention('oedema', ['R5-2a'], { params: { share } }, { region: oedema, elements: at })];
}

/** Enhancing and non-enhancing together are about the body (§4); where there is no non-enhancing, enhancing alone. */
export function checkUnion({ input, region, onGridOf, limits }: LiveContext): LiveCheck[] {
	if (!hasRegion(input.family, 'NE')) return [];
	const [et, ne, tb] = [region('ET'), region('NE'), region('TB')];
	if (!et || !tb || (!ne && !input.noneSeen.has('NE'))) return [waiting('union', ['R4-N3'])];
	const union = onGridOf(et, tb).slice();
	const other = ne && onGridOf(ne, tb);
	if (other) for (let n = 0; n < union.length; n++) if (other[n] !== 0) union[n] = 1;
	const dice = diceOf(union, tb.drawn);
	if (dice >= limits.nest.unionDice) return [fine('union', ['R4-N3'], { params: { dice } })];
	const elements = elementsWhere(union.length, (n) => (union[n] !== 0) !== (tb.drawn[n] !== 0));
	return [attention('union', ['R4-N3'], { params: { dice } }, { region: tb, elements })];
}

function hasRegion(family: LiveContext['input']['family'], region: Region): boolean {
	return (FAMILY_REGIONS[family] as readonly Region[]).includes(region);
}
