import { type Card, createEmptyCard, FSRS, generatorParameters, Rating } from 'ts-fsrs';
import type { LearningPolicy } from '../schemas/learningPolicy.ts';
import type { Form, Grade, Trial } from './trial.ts';

/** What is remembered of a rule in one form. */
export interface RuleCard {
	readonly rule: string;
	readonly form: Form;
	/** When it should come back, ISO 8601, UTC. */
	readonly due: string;
	/** Chance of remembering it at the time of the fold, 0..1. */
	readonly retrievability: number;
	/** Days until that chance is nine in ten. */
	readonly stabilityDays: number;
	readonly trials: number;
	/** How often it was forgotten once known. */
	readonly lapses: number;
	/** ISO 8601, UTC. */
	readonly lastAt: string;
}

/** Name of a card among the others. */
export const cardKey = (rule: string, form: Form) => `${rule} ${form}`;

const RATINGS = {
	again: Rating.Again,
	hard: Rating.Hard,
	good: Rating.Good,
	easy: Rating.Easy,
} as const satisfies Record<Grade, Rating>;

/**
 * The cards after trials, which come from the oldest, by `cardKey`. Same trials, same cards: nothing is left to chance.
 * Source: FSRS 6, github.com/open-spaced-repetition/ts-fsrs 5.4.2.
 */
export function foldCards(trials: readonly Trial[], { fsrs }: LearningPolicy, now: Date): Map<string, RuleCard> {
	const scheduler = new FSRS(
		generatorParameters({
			request_retention: fsrs.requestRetention,
			maximum_interval: fsrs.maximumIntervalDays,
			learning_steps: fsrs.learningSteps,
			relearning_steps: fsrs.relearningSteps,
			enable_fuzz: false,
		}),
	);
	const kept = new Map<string, { readonly card: Card; readonly trial: Trial }>();
	for (const trial of trials) {
		const key = cardKey(trial.rule, trial.form);
		const at = new Date(trial.at);
		const before = kept.get(key)?.card ?? createEmptyCard<Card>(at);
		kept.set(key, { card: scheduler.next(before, at, RATINGS[trial.grade]).card, trial });
	}
	return new Map(
		[...kept].map(([key, { card, trial }]) => [
			key,
			{
				rule: trial.rule,
				form: trial.form,
				due: dueOf(card, fsrs.maximumIntervalDays).toISOString(),
				retrievability: scheduler.get_retrievability(card, now, false),
				stabilityDays: card.stability,
				trials: card.reps,
				lapses: card.lapses,
				lastAt: trial.at,
			},
		]),
	);
}

/** FSRS lets good and easy go a day or two beyond the longest interval. */
function dueOf({ due, last_review }: Card, longestDays: number): Date {
	const longest = (last_review ?? due).getTime() + longestDays * 86_400_000;
	return new Date(Math.min(due.getTime(), longest));
}

/**
 * Cards that are due, the least remembered first. One whose rule was tried in another form since it came due is not: that
 * form's card says when the rule comes back, or a rule that came out of a drawing would be asked again and again.
 */
export function dueCards(cards: Iterable<RuleCard>, now: Date): RuleCard[] {
	const at = now.toISOString();
	const all = [...cards];
	const tried = new Map<string, string>();
	for (const { rule, lastAt } of all) if (lastAt > (tried.get(rule) ?? '')) tried.set(rule, lastAt);
	return all
		.filter(({ rule, due }) => due <= at && (tried.get(rule) ?? '') < due)
		.sort((a, b) => a.retrievability - b.retrievability || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}
