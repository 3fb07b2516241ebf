import type { Region } from '../../protocol/protocol.ts';
import type { Context } from './context.ts';
import type { Finding } from './finding.ts';
import { diceOf, elementsWhere, overlapOf } from './overlap.ts';
import { elementsOutside, sharedCore } from './relations.ts';

/** E13 nesting, E14 swapped labels, E16 oedema left out, E17 oedema in the body, E18 body in meningeal oedema. */
export function findLogicErrors(context: Context): Finding[] {
	return [
		...nesting(context),
		...swapped(context),
		...oedemaLeftOut(context),
		...oedemaInBody(context),
		...bodyInOedema(context),
	];
}

/** Drawn inside drawn: body in whole tumour, non-enhancing in body. Only where both were drawn. */
const NESTED: readonly (readonly [inner: Region, outer: Region, rule: string])[] = [
	['TB', 'WT', 'R4-N1'],
	['NE', 'TB', 'R4-4a'],
];

function nesting(context: Context): Finding[] {
	const { region, limits, onGridOf, finding } = context;
	const { dilateMm, outsideFrac, overlapFrac, unionDice } = limits.nest;
	const findings: Finding[] = NESTED.flatMap(([inner, outer, rule]) => {
		const [a, b] = [region(inner), region(outer)];
		if (!a || !b || isEmpty(a.prediction) || isEmpty(b.prediction)) return [];
		const elements = elementsOutside(a.prediction, onGridOf('prediction', b, a), a.grid, dilateMm);
		const value = elements.length / overlapOf(a.prediction, a.prediction).both;
		if (value <= outsideFrac) return [];
		return [
			finding('E13', a, {
				elements,
				value,
				limit: outsideFrac,
				unit: 'fraction',
				rules: [rule],
				params: { relation: `outside${outer}` },
			}),
		];
	});
	const [et, ne, tb] = [region('ET'), region('NE'), region('TB')];
	if (!et || !ne || isEmpty(et.prediction) || isEmpty(ne.prediction)) return findings;
	const enhancing = onGridOf('prediction', et, ne);
	const { first, second } = overlapOf(enhancing, ne.prediction);
	const elements = sharedCore(enhancing, ne.prediction, ne.grid);
	const shared = elements.length / Math.min(first, second);
	if (shared > overlapFrac)
		findings.push(
			finding('E13', ne, {
				elements,
				value: shared,
				limit: overlapFrac,
				unit: 'fraction',
				rules: ['R4-N2'],
				params: { relation: 'overlap' },
			}),
		);
	if (!tb || isEmpty(tb.prediction)) return findings;
	const body = onGridOf('prediction', tb, ne);
	const union = unitedMasks(ne.prediction, enhancing);
	const dice = diceOf(union, body);
	// The reference's own regions may not add up either, as with dura that enhances: only more than that is a fault.
	const expectedUnion = unitedMasks(ne.reference, onGridOf('reference', et, ne));
	const expected = diceOf(expectedUnion, onGridOf('reference', tb, ne));
	if (dice < unionDice && dice < expected - 0.05) {
		const differing = elementsWhere(body.length, (n) => (body[n] !== 0) !== (union[n] !== 0));
		findings.push(
			finding('E13', ne, {
				elements: differing,
				value: dice,
				limit: unionDice,
				unit: 'fraction',
				rules: ['R4-N3'],
				params: { relation: 'union' },
			}),
		);
	}
	return findings;
}

function unitedMasks(a: Uint8Array, b: Uint8Array): Uint8Array {
	return a.map((value, n) => (value !== 0 || b[n] !== 0 ? 1 : 0));
}

function swapped({ region, limits, onGridOf, finding }: Context): Finding[] {
	const [et, ne] = [region('ET'), region('NE')];
	if (!et || !ne || isEmpty(et.prediction)) return [];
	const value = diceOf(et.prediction, onGridOf('reference', ne, et));
	const limit = diceOf(et.prediction, et.reference);
	if (value <= limit || value < limits.resemblance.diceMin) return [];
	const elements = elementsWhere(et.prediction.length, (n) => et.prediction[n] !== 0);
	return [finding('E14', et, { elements, value, limit, unit: 'fraction' })];
}

function oedemaLeftOut({ region, limits, onGridOf, finding }: Context): Finding[] {
	const [wt, tb] = [region('WT'), region('TB') ?? region('EN')];
	if (!wt || !tb || isEmpty(wt.prediction)) return [];
	const value = diceOf(wt.prediction, onGridOf('reference', tb, wt));
	const limit = diceOf(wt.prediction, wt.reference);
	if (value <= limit || value < limits.resemblance.diceMin) return [];
	const elements = elementsWhere(wt.reference.length, (n) => wt.reference[n] !== 0 && wt.prediction[n] === 0);
	return [finding('E16', wt, { elements, value, limit, unit: 'fraction' })];
}

/** Noise along an outline is no oedema: the wrong part must be this share of the region. */
const LEAST_SHARE = 0.1;

function oedemaInBody({ region, limits, onGridOf, finding }: Context): Finding[] {
	const [whole, body] = [region('WT'), region('TB')];
	if (!whole || !body) return [];
	return [region('TB'), region('NE')].flatMap((drawn) => {
		if (!drawn) return [];
		const [wt, tb] = [onGridOf('reference', whole, drawn), onGridOf('reference', body, drawn)];
		const { both, first: all, second: expected } = overlapOf(drawn.prediction, drawn.reference);
		const extra = elementsWhere(wt.length, (n) => drawn.prediction[n] !== 0 && drawn.reference[n] === 0);
		const oedema = extra.filter((n) => wt[n] !== 0 && tb[n] === 0);
		const value = oedema.length / extra.length;
		const limit = limits.oedemaInBody.share;
		if (extra.length === 0 || value < limit || oedema.length < all * LEAST_SHARE) return [];
		// As much missed as drawn too much is a shift, not oedema taken for body.
		if (extra.length / (extra.length + expected - both) < limits.size.share) return [];
		const rules = drawn.region === 'NE' ? ['R4-4c'] : ['R4-2b'];
		return [finding('E17', drawn, { elements: oedema, value, limit, unit: 'fraction', rules })];
	});
}

function bodyInOedema({ region, limits, onGridOf, finding }: Context): Finding[] {
	const [oedema, body] = [region('ED'), region('TB')];
	if (!oedema || !body) return [];
	const tb = onGridOf('reference', body, oedema);
	const { both, second } = overlapOf(oedema.prediction, tb);
	const limit = limits.nest.edBodyFrac;
	if (second === 0 || both / second <= limit) return [];
	const elements = elementsWhere(tb.length, (n) => oedema.prediction[n] !== 0 && tb[n] !== 0);
	return [finding('E18', oedema, { elements, value: both / second, limit, unit: 'fraction', hardFail: 'HF6' })];
}

function isEmpty(mask: Uint8Array): boolean {
	// A loop: with a function for each voxel it takes many times as long.
	for (let n = 0; n < mask.length; n++) if (mask[n] !== 0) return false;
	return true;
}
