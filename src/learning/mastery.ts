import type { LearningPolicy } from '../schemas/learningPolicy.ts';
import { isGood, type Trial } from './trial.ts';

/**
 * How far somebody is with a rule. `mastered`: the last trials were good, as many as the policy asks for. `weak`: the last
 * ones failed, or the very last would fail an exam; the first trial counts for all. `new`: never tried.
 */
export const MASTERIES = ['mastered', 'learning', 'weak', 'new'] as const;
export type Mastery = (typeof MASTERIES)[number];

/** Mastery by the trials of one rule in any form, from the oldest. */
export function masteryOf(
	trials: readonly Pick<Trial, 'grade' | 'hardFail'>[],
	{ advance, stepBack }: Pick<LearningPolicy, 'advance' | 'stepBack'>,
): Mastery {
	const last = trials.at(-1);
	if (!last) return 'new';
	if (hasAdvanced(trials, advance.attempts)) return 'mastered';
	const failed = ({ grade, hardFail }: Pick<Trial, 'grade' | 'hardFail'>) => hardFail || grade === 'again';
	return last.hardFail || trials.slice(-stepBack.fails).every(failed) ? 'weak' : 'learning';
}

/** Whether the last `attempts` trials are there and all good. */
function hasAdvanced(trials: readonly Pick<Trial, 'grade' | 'hardFail'>[], attempts: number): boolean {
	return trials.length >= attempts && trials.slice(-attempts).every(isGood);
}
