import { isLesionRegion } from '../findings/context.ts';
import type { LiveCheck, LiveRegion } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

const RULES = ['R6-6b'];

/** As many lesions drawn as were counted before drawing (§6-⑥). */
export function checkLesionCount(context: LiveContext): LiveCheck[] {
	const told = context.input.lesions;
	const drawn = drawnLesions(context);
	if (told === null || drawn === undefined) return [waiting('lesions', RULES)];
	const params = { told, drawn };
	const tooMany = drawn > told && lesionRegion(context)?.region !== 'ET';
	if (drawn >= told && !tooMany) return [fine('lesions', RULES, { params })];
	return [attention('lesions', RULES, { params: { ...params, problem: tooMany ? 'more' : 'fewer' } })];
}

/**
 * Lesions drawn of the region on which they are counted; undefined where nothing of it is. The rim of one glioma may lie
 * in pieces: there it is no more than a guess.
 */
export function drawnLesions(context: LiveContext): number | undefined {
	const region = lesionRegion(context);
	return (
		region && context.partsOf(region).lesions.filter((each) => each.volumeMl >= context.limits.lesion.minMl).length
	);
}

function lesionRegion({ input }: LiveContext): LiveRegion | undefined {
	return input.regions.find((region) => isLesionRegion(region, input.family));
}
