import { type Locale, localePath } from '../../../i18n/locales.ts';
import { element } from '../element.ts';
import type { Learner } from '../loadLearner.ts';
import type { ReviewWords } from './field.ts';
import { type ReviewMode, searchOf } from './session.ts';
import { againWords } from './summaryView.ts';

/** What is shown where nothing is to be asked: nothing is due, or no question is about what was asked for. */
export function nothingView(
	mode: ReviewMode,
	learner: Learner | undefined,
	{ t, locale }: { readonly t: ReviewWords; readonly locale: Locale },
): HTMLElement {
	const next = mode.kind === 'due' ? learner?.state.nextDue : undefined;
	const sentence =
		mode.kind !== 'due'
			? t('nothing.found')
			: next === undefined
				? t('nothing.due')
				: t('nothing.next', { when: againWords(new Date(next), new Date(), t) });
	const all = `${localePath(locale, '/review/')}${searchOf({ kind: 'all' })}`;
	return element(
		'section',
		{ class: 'nothing' },
		element('h2', {}, t(mode.kind === 'due' ? 'nothing.title' : 'nothing.foundTitle')),
		element('p', { class: 'lead' }, sentence),
		element('p', {}, element('a', { class: 'btn pri', href: all }, t('mode.all'))),
	);
}
