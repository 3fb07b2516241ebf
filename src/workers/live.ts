import { checkLive as check } from '../scoring/live/checkLive.ts';
import type { LiveCheck, LiveInput } from '../scoring/live/live.ts';
import { findingsPolicy } from './policies.ts';

/** Checks a drawing under way by the rules that need no reference. */
export function checkLive(input: LiveInput): readonly LiveCheck[] {
	return check(input, findingsPolicy.limits);
}
