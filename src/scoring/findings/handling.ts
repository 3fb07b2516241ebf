import type { Context } from './context.ts';
import type { CaseRegion } from './crop.ts';
import type { Finding } from './finding.ts';
import { partsInSlices, type SlicePart } from './sliceParts.ts';

/**
 * E25: a proposal of a tool that nobody went over. The log ends with the tool, or the slices hold more specks or holes than
 * the reference does.
 */
export function findUneditedProposals(context: Context): Finding[] {
	return context.regions.flatMap((region) => ofRegion(region, context));
}

function ofRegion(region: CaseRegion, { limits, log, finding }: Context): Finding[] {
	const last = log?.filter((action) => action.region === region.region).at(-1);
	const { minIslandPx, maxIslands, maxHoles } = limits.semi;
	const isIsland = (part: SlicePart) => part.inside && part.pixels < minIslandPx;
	const isHole = (part: SlicePart) => !part.inside;
	const { grid, reference } = region;
	// With what lies in the uncertain band: a drawing that runs over it has no hole there.
	const [drawn, expected] = [partsInSlices(region.drawn, grid), partsInSlices(reference, grid)];
	for (const [problem, test, limit] of [
		['islands', isIsland, maxIslands],
		['holes', isHole, maxHoles],
	] as const) {
		const found = drawn.filter(test);
		const value = found.length - expected.filter(test).length;
		const elements = found.flatMap((part) => [...part.elements()]);
		if (value > limit) return [finding('E25', region, { elements, value, limit, unit: 'count', params: { problem } })];
	}
	if (last?.tool !== 'threshold') return [];
	const elements = drawn.filter(({ inside }) => inside).flatMap((part) => [...part.elements()]);
	return [finding('E25', region, { elements, value: 1, limit: 0, unit: 'count', params: { problem: 'unedited' } })];
}
