import { diceOf } from '../../scoring/findings/overlap.ts';
import { type Bench, firstWay, type Plant, type Planter, type Refusal } from './bench.ts';
import { ellipsoid } from './lesions.ts';
import { elementsOf, type Sheet } from './sheet.ts';
import { farSide, lobeOf } from './size.ts';

/** E13: regions do not lie in each other as they should, in one of four ways. */
export const notNested: Planter = (bench) =>
	firstWay(bench.shuffled([coreOverRim, wholeCutThrough, coreBeyondBody, coreLeftOut]), (way) => way(bench));

/** The non-enhancing region runs over a part of the rim that is drawn as enhancing too. */
const coreOverRim: Planter = (bench) => {
	const [ne, et] = [bench.drawnSheets(['NE'])[0], bench.drawnSheets(['ET'])[0]];
	if (!ne || !et) return { reason: 'noRegion' };
	const rim = ne.here(et.drawing, et.axial);
	const deep = elementsOf(rim).filter((n) => [1, -1, ne.row, -ne.row].every((step) => rim[n + step] === 1));
	const smaller = Math.min(elementsOf(rim).length, elementsOf(ne.drawing).length);
	const wanted = Math.max(3, 4 * bench.limits.nest.overlapFrac * smaller);
	if (deep.length < wanted) return { reason: 'tooSmall' };
	const centre = ne.xyzMm(deep[Math.floor(bench.random() * deep.length)]!);
	const isDeep = new Set(deep);
	for (const mm of [6, 9, 12, 16, 22, 30]) {
		const ball = ellipsoid(ne, centre, [mm, mm, mm]).filter((n) => rim[n] === 1);
		if (ball.filter((n) => isDeep.has(n)).length < wanted) continue;
		ne.draw(ball, 1);
		return { region: 'NE', rules: ['R4-N2'] };
	}
	return { reason: 'tooSmall' };
};

/** The whole tumour stops short inside the body, which sticks out of it. */
const wholeCutThrough: Planter = (bench) => {
	const [wt, tb] = [bench.drawnSheets(['WT'])[0], bench.drawnSheets(['TB'])[0]];
	if (!wt || !tb) return { reason: 'noRegion' };
	const body = elementsOf(wt.here(tb.reference, tb.axial));
	const drawn = elementsOf(wt.drawing);
	const share = bench.between(0.24, 0.3);
	const cuts = Array.from({ length: 8 }, () => {
		const [dx, dy] = bench.direction();
		const along = (n: number) => {
			const [x, y] = wt.xyzMm(n);
			return x * dx + y * dy;
		};
		const at = Float64Array.from(body, along).sort()[Math.floor((1 - share) * body.length)]!;
		const kept = new Set(drawn.filter((n) => along(n) <= at));
		// A slice that would be lost as a whole stays: that would be another error.
		const lost = wt
			.slicesOf(drawn)
			.filter(({ elements }) => elements.some((n) => kept.has(n)))
			.flatMap(({ elements }) => elements.filter((n) => !kept.has(n)));
		return lost;
	});
	const least = cuts.reduce((a, b) => (b.length < a.length ? b : a));
	if (least.length > 0.6 * drawn.length) return { reason: 'tooSmall' };
	wt.draw(least, 0);
	return { region: 'TB', rules: ['R4-N1'] };
};

/** The non-enhancing region runs out of the body. In the brain such tissue is oedema, and that another error. */
const coreBeyondBody: Planter = (bench) => {
	const [ne, tb] = [bench.drawnSheets(['NE'])[0], bench.drawnSheets(['TB'])[0]];
	if (!ne || !tb || bench.sheet('WT')) return { reason: 'noRegion' };
	const body = ne.here(tb.drawing, tb.axial);
	const lobe = lobeOf(
		bench,
		ne,
		bench.between(0.5, 0.8),
		(n) => body[n] === 0 && !ne.isForbidden(n) && bench.isBrain(ne, n),
	);
	if (lobe.length < 0.35 * elementsOf(ne.reference).length) return { reason: 'noRoom' };
	ne.fill(lobe);
	return { region: 'NE', rules: ['R4-4a'] };
};

/** So much of the non-enhancing region is left out that it and the enhancing one do not make the body. */
const coreLeftOut: Planter = (bench) => {
	const [ne, et, tb] = (['NE', 'ET', 'TB'] as const).map((region) => bench.drawnSheets([region])[0]);
	if (!ne || !et || !tb) return { reason: 'noRegion' };
	const united = (core: Uint8Array, rim: Uint8Array) => core.map((value, n) => (value === 1 || rim[n] === 1 ? 1 : 0));
	const rim = ne.here(et.drawing, et.axial);
	const body = ne.here(tb.drawing, tb.axial);
	const expected = diceOf(united(ne.reference, ne.here(et.reference, et.axial)), ne.here(tb.reference, tb.axial));
	const most = Math.min(bench.limits.nest.unionDice, expected - 0.05) - 0.03;
	const direction = bench.direction();
	const core = elementsOf(ne.drawing);
	for (const share of [0.5, 0.6, 0.7, 0.8, 0.9]) {
		const lost = farSide(bench, ne, core, share, direction);
		const kept = ne.drawing.slice();
		for (const n of lost) kept[n] = 0;
		if (diceOf(united(kept, rim), body) > most) continue;
		ne.draw(lost, 0);
		return { region: 'NE', rules: ['R4-N3'] };
	}
	return { reason: 'tooSmall' };
};

/** E14: enhancing and non-enhancing have changed places. */
export const swapped: Planter = (bench) => {
	const [ne, et] = [bench.drawnSheets(['NE'])[0], bench.drawnSheets(['ET'])[0]];
	if (!ne || !et) return { reason: 'noRegion' };
	const smallest = Math.min(...[ne, et].map((sheet) => elementsOf(sheet.reference).length * sheet.voxelMl));
	if (smallest < 0.3) return { reason: 'tooSmall' };
	const [rim, core] = [ne.here(et.drawing, et.axial).slice(), et.here(ne.drawing, ne.axial).slice()];
	ne.drawing.set(rim);
	et.drawing.set(core);
	return { region: 'ET' };
};

/** E16: only the body is drawn as the whole tumour. */
export const oedemaLeftOut: Planter = (bench) => {
	const [wt, body] = [bench.drawnSheets(['WT'])[0], bench.drawnSheets(['TB'])[0] ?? bench.drawnSheets(['EN'])[0]];
	if (!wt || !body) return { reason: 'noRegion' };
	const inside = wt.here(body.drawing, body.axial);
	const share = elementsOf(inside).length / elementsOf(wt.reference).length;
	if (share > 0.75) return { reason: 'noOedema' };
	wt.drawing.set(inside);
	return { region: 'WT' };
};

/** E17: the body, or its non-enhancing part, runs into oedema at one side. */
export const oedemaAsBody: Planter = (bench) => {
	const [wt, tb] = [bench.drawnSheets(['WT'])[0], bench.drawnSheets(['TB'])[0]];
	if (!wt || !tb) return { reason: 'noRegion' };
	return firstWay(bench.drawnSheets(['TB', 'NE']), (sheet) => {
		const [whole, body] = [sheet.here(wt.reference, wt.axial), sheet.here(tb.reference, tb.axial)];
		const isOedema = (n: number) =>
			whole[n] === 1 && body[n] === 0 && sheet.reference[n] === 0 && !sheet.isForbidden(n);
		const lobe = lobeOf(bench, sheet, bench.between(0.3, 0.45), isOedema);
		const seen = lobe.filter((n) => !sheet.isUncertain(n)).length;
		if (seen < 0.18 * elementsOf(sheet.reference).length) return { reason: 'noOedema' };
		sheet.fill(lobe);
		return { region: sheet.region, rules: [sheet.region === 'NE' ? 'R4-4c' : 'R4-2b'] };
	});
};

/** E18: one side of the body is drawn as oedema. */
export const bodyAsOedema: Planter = (bench): Plant | Refusal => {
	const [ed, tb] = [bench.sheet('ED'), bench.drawnSheets(['TB'])[0]];
	if (!ed || !tb) return { reason: 'noRegion' };
	return addBody(bench, ed, tb);
};

function addBody(bench: Bench, ed: Sheet, tb: Sheet): Plant | Refusal {
	const body = elementsOf(ed.here(tb.reference, tb.axial)).filter((n) => !ed.isUncertain(n));
	const share = bench.limits.nest.edBodyFrac + bench.between(0.1, 0.4);
	ed.draw(farSide(bench, ed, body, share, bench.direction()), 1);
	return { region: 'ED' };
}
