import { part } from '../pageData.ts';
import type { ReviewWords } from './field.ts';
import type { ReviewBundle } from './reviewBundle.ts';
import { type ReviewMode, searchOf } from './session.ts';

/** Says at the head of the page what is asked about, and marks it among the other sets. */
export function showMode(mode: ReviewMode, { rules, lessons }: ReviewBundle, t: ReviewWords): void {
	for (const link of document.querySelectorAll<HTMLAnchorElement>('.modes a'))
		if (link.search === searchOf(mode)) link.setAttribute('aria-current', 'page');
	const lead = leadOf(mode, { rules, lessons }, t);
	if (lead !== undefined) part('[data-lead]').textContent = lead;
}

function leadOf(mode: ReviewMode, { rules, lessons }: Pick<ReviewBundle, 'rules' | 'lessons'>, t: ReviewWords) {
	switch (mode.kind) {
		case 'section':
			return t('lead.section', { section: mode.value });
		case 'rule': {
			const rule = rules[mode.value];
			return rule && t('lead.rule', { clause: rule.clause, text: rule.text });
		}
		case 'lesson': {
			const lesson = lessons[mode.value];
			return lesson && t('lead.lesson', { title: lesson.title });
		}
		default:
			return undefined;
	}
}
