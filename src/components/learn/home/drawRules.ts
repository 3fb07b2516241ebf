import type { LearnerState } from '../../../learning/fold.ts';
import { MASTERIES } from '../../../learning/mastery.ts';
import { part } from '../pageData.ts';
import type { HomeContext } from './homeData.ts';

/** Fills the cells of the rules, which are in the page as links, and counts them. */
export function drawRules({ mastery }: LearnerState, { data, t }: HomeContext): void {
	for (const { id, clause, text } of data.rules) {
		const cell = document.querySelector<HTMLElement>(`[data-rule="${CSS.escape(id)}"]`);
		const known = mastery.get(id);
		if (!cell || !known) continue;
		cell.dataset.mastery = known;
		cell.setAttribute('aria-label', t('rules.cell', { clause, text, mastery: t(`mastery.${known}`) }));
		cell.title = t('rules.tip', { clause, text });
	}
	const all = [...mastery.values()];
	for (const kind of MASTERIES)
		part(`[data-count="${kind}"]`).textContent = String(all.filter((one) => one === kind).length);
}
