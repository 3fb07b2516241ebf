import type { RuleCard } from './cards.ts';
import type { LearnerState } from './fold.ts';
import type { Form } from './trial.ts';

/** Something that can be asked: a question, or an item of a drill. */
export interface ReviewItem {
	readonly id: string;
	readonly form: Exclude<Form, 'drawing'>;
	readonly rules: readonly string[];
	/** Family or families that it is about, told in any way; undefined where it is about none. */
	readonly family?: string | undefined;
}

/** How many: in all, and of rules not met before. */
export interface QueueLimits {
	readonly items: number;
	readonly fresh: number;
}

/**
 * What to ask now: for each card that is due, the least remembered first, an item that was longest not asked; then, where
 * there is room, items of rules never met, in the order of the catalogue. A rule that came out of a drawing is asked as a
 * question or in a drill. Two items of one rule never come in a row, and families take turns as far as they can; what
 * cannot be placed so is left for another time.
 */
export function reviewQueue(
	items: readonly ReviewItem[],
	state: Pick<LearnerState, 'due' | 'mastery' | 'answered'>,
	limits: QueueLimits,
): ReviewItem[] {
	const chosen: ReviewItem[] = [];
	const longestNotAsked = (fits: (item: ReviewItem) => boolean) =>
		items
			.filter((item) => fits(item) && !chosen.includes(item))
			.reduce<ReviewItem | undefined>(
				(best, item) =>
					!best || (state.answered.get(item.id) ?? '') < (state.answered.get(best.id) ?? '') ? item : best,
				undefined,
			);
	for (const card of state.due) {
		if (chosen.length >= limits.items) break;
		if (chosen.some((item) => asks(item, card))) continue;
		const item = longestNotAsked((each) => asks(each, card));
		if (item) chosen.push(item);
	}
	let fresh = 0;
	for (const [rule, mastery] of state.mastery) {
		if (chosen.length >= limits.items || fresh >= limits.fresh) break;
		if (mastery !== 'new' || chosen.some((item) => item.rules.includes(rule))) continue;
		const item = longestNotAsked(({ rules }) => rules.includes(rule));
		if (!item) continue;
		chosen.push(item);
		fresh++;
	}
	return interleave(chosen);
}

const asks = ({ form, rules }: ReviewItem, card: Pick<RuleCard, 'rule' | 'form'>) =>
	rules.includes(card.rule) && (card.form === 'drawing' || card.form === form);

/**
 * The items so that none has a rule in common with the one before it, and families take turns where that leaves a choice;
 * else in the given order. Items that fit nowhere are left out.
 */
export function interleave<Item extends Pick<ReviewItem, 'rules' | 'family'>>(items: readonly Item[]): Item[] {
	const left = [...items];
	const row: Item[] = [];
	for (;;) {
		const last = row.at(-1);
		const free = left.filter((item) => !last || !sharesRule(item, last));
		const next = free.find(({ family }) => family === undefined || family !== last?.family) ?? free[0];
		if (!next) break;
		row.push(next);
		left.splice(left.indexOf(next), 1);
	}
	const fits = (item: Item, at: number) =>
		[row[at - 1], row[at]].every((neighbour) => !neighbour || !sharesRule(neighbour, item));
	// What is put in makes other neighbours, between which another may fit.
	for (let n = 0; n < left.length; n++) {
		const at = Array.from({ length: row.length + 1 }, (_, place) => place).find((place) => fits(left[n]!, place));
		if (at === undefined) continue;
		row.splice(at, 0, ...left.splice(n, 1));
		n = -1;
	}
	return row;
}

const sharesRule = (a: Pick<ReviewItem, 'rules'>, b: Pick<ReviewItem, 'rules'>) =>
	a.rules.some((rule) => b.rules.includes(rule));
