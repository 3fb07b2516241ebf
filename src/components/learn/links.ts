import { type Locale, localePath } from '../../i18n/locales.ts';
import { element } from './element.ts';

/** Address of a rule in the catalogue. */
export const ruleHref = (id: string, locale: Locale) => `${localePath(locale, '/rules/')}#${id}`;

/** The clause of a rule, leading to the rule; its text is told on pointing at it. */
export function ruleChip(
	id: string,
	{ clause, text }: { readonly clause: string; readonly text: string },
	locale: Locale,
): HTMLAnchorElement {
	return element('a', { class: 'cl', href: ruleHref(id, locale), title: text }, clause);
}

export function lessonLink(slug: string, text: string, locale: Locale): HTMLAnchorElement {
	return element('a', { href: localePath(locale, `/lessons/${slug}/`) }, text);
}
