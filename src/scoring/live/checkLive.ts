import type { FindingsPolicy } from '../findings/policy.ts';
import { checkBrowsed } from './browsed.ts';
import { checkCompared } from './compared.ts';
import { checkSequences } from './drawnOn.ts';
import { checkEnds } from './endSlices.ts';
import { checkFirstRegions } from './firstRegions.ts';
import { checkFluid } from './fluid.ts';
import { checkLesionCount } from './lesionCount.ts';
import { LIVE_CODES, type LiveCheck, type LiveCode, type LiveInput } from './live.ts';
import { type LiveContext, makeLiveContext } from './liveContext.ts';
import { checkNesting } from './nesting.ts';
import { checkOedema, checkOverlap, checkUnion } from './overlaps.ts';
import { checkProposals } from './proposals.ts';
import { checkGaps } from './sliceGaps.ts';
import { checkSpecks } from './specks.ts';
import { checkWindowed } from './windowed.ts';

const DETECTORS: Readonly<Record<LiveCode, (context: LiveContext) => LiveCheck[]>> = {
	csf: checkFluid,
	ends: checkEnds,
	gaps: checkGaps,
	sequence: checkSequences,
	first: checkFirstRegions,
	nesting: checkNesting,
	overlap: checkOverlap,
	oedema: checkOedema,
	union: checkUnion,
	browse: checkBrowsed,
	compare: checkCompared,
	window: checkWindowed,
	lesions: checkLesionCount,
	specks: checkSpecks,
	proposal: checkProposals,
};

/**
 * Checks a drawing under way by the rules that need no reference: in the order of `LIVE_CODES`, of each code one check for
 * every region or pair it concerns, or one for all. Rules that do not apply to the family or the case are left out. The
 * input is only read.
 * Source: consensus §4, §5, §6; the limits are the platform's.
 */
export function checkLive(input: LiveInput, limits: FindingsPolicy['limits']): readonly LiveCheck[] {
	const context = makeLiveContext(input, limits);
	return LIVE_CODES.flatMap((code) => DETECTORS[code](context));
}
