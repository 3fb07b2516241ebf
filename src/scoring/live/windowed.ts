import type { LiveCheck } from './live.ts';
import { attention, fine, type LiveContext, waiting } from './liveContext.ts';

const RULES = ['R6-5a'];

/** A blurred margin asks for another contrast (§6-⑤). Of a sharp one nothing is told. */
export function checkWindowed({ input: { margin, windowed, regions } }: LiveContext): LiveCheck[] {
	if (margin === 'sharp') return [];
	if (windowed.size > 0) return [fine('window', RULES)];
	return [(margin === null || regions.length === 0 ? waiting : attention)('window', RULES, {})];
}
