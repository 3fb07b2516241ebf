import type { Translate } from '../../../i18n/translate.ts';
import type words from '../../../i18n/zh/review.json';
import type { AnswerMark, Given } from '../../../learning/markAnswer.ts';
import { element, icon } from '../element.ts';

export type ReviewWords = Translate<keyof typeof words>;

/** Where one question is answered. */
export interface AnswerField {
	readonly element: HTMLElement;
	/** What is answered so far; undefined while that is not enough to be checked. */
	given(): Given | undefined;
	/** Uses a key of the page, and says whether it did. */
	press?(key: string): boolean;
	/** Shows what was right and what was not; from then on nothing can be changed. */
	show(mark: AnswerMark): void;
	/** Fills in what was answered before. */
	restore(given: Given): void;
}

/** How one part of an answer turned out. */
export type Verdict = 'right' | 'wrong' | 'missed';

const ICONS = { right: 'check', wrong: 'x', missed: 'alert' } as const satisfies Record<Verdict, string>;

/** The verdict as a shape and a word. */
export function verdictMark(verdict: Verdict, t: ReviewWords): HTMLElement {
	return element('span', { class: `verdict ${verdict}` }, icon(ICONS[verdict], true), t(`verdict.${verdict}`));
}

/** The verdict on a part by its id; undefined where there is nothing to say of it. */
export function verdictOn(id: string, { right, wrong, missed }: AnswerMark): Verdict | undefined {
	if (right.includes(id)) return 'right';
	if (wrong.includes(id)) return 'wrong';
	return missed.includes(id) ? 'missed' : undefined;
}
