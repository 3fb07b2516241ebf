import { formatPercent } from '../../../i18n/format.ts';
import type { Locale } from '../../../i18n/locales.ts';
import { localePath } from '../../../i18n/locales.ts';
import { element } from '../element.ts';
import { ruleChip } from '../links.ts';
import type { Learner } from '../loadLearner.ts';
import { whenAgain } from '../whenAgain.ts';
import type { ReviewWords } from './field.ts';
import type { ReviewBundle } from './reviewBundle.ts';
import { outcomes, type ReviewSession } from './session.ts';

interface Around {
	readonly t: ReviewWords;
	readonly locale: Locale;
	/** Begins another session. */
	readonly again: HTMLElement;
}

/** The end of a session: how it went, and by rule when it is asked again. */
export function summaryView(
	session: ReviewSession,
	bundle: ReviewBundle,
	learner: Learner | undefined,
	{ t, locale, again }: Around,
): HTMLElement {
	const scores = session.items.flatMap((id) => session.answers[id]?.score ?? []);
	const rows = outcomes(session, bundle.questions, learner?.state);
	const now = new Date();
	return element(
		'section',
		{ class: 'summary' },
		element('h2', { tabindex: -1 }, t('summary.title')),
		element(
			'p',
			{ class: 'lead' },
			t(scores.length === 1 ? 'summary.scoreOne' : 'summary.score', {
				right: scores.filter((score) => score === 1).length,
				count: scores.length,
			}),
		),
		!learner && element('p', { class: 'attn' }, t('summary.unknown')),
		element(
			'table',
			{ class: 'tbl' },
			element(
				'thead',
				{},
				element(
					'tr',
					{},
					...(['rule', 'share', 'when'] as const).map((key) => element('th', { scope: 'col' }, t(`summary.${key}`))),
				),
			),
			element(
				'tbody',
				{},
				...rows.flatMap(({ rule, score, due, weak }) => {
					const told = bundle.rules[rule];
					if (!told) return [];
					const when = due === undefined ? t('again.unknown') : againWords(new Date(due), now, t);
					return element(
						'tr',
						{ 'data-rule': rule },
						element('th', { scope: 'row' }, ruleChip(rule, told, locale), ' ', told.text),
						element(
							'td',
							{ class: 'nw' },
							formatPercent(score),
							weak && element('span', { class: 'bdg attn' }, t('weak')),
						),
						element('td', { class: 'nw' }, when),
					);
				}),
			),
		),
		element(
			'p',
			{ class: 'bar' },
			again,
			element('a', { class: 'btn', href: localePath(locale, '/learn/') }, t('summary.home')),
		),
	);
}

/** When it comes back, in words. */
export function againWords(due: Date, now: Date, t: ReviewWords): string {
	const again = whenAgain(due, now);
	if (again.kind === 'minutes' || again.kind === 'days') return t(`again.${again.kind}`, { count: again.count });
	return t(`again.${again.kind}`);
}
