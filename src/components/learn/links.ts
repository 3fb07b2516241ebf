import { type Locale, localePath } from '../../i18n/locales.ts';
import { element } from './element.ts';

/** Address of a rule in the catalogue. */
export const ruleHref = (id: string, locale: Locale) => `${localePath(locale, '/rules/')}#${id}`;

/** The clause of a rule, leading to the rule. Several rules may stand in one clause: what tells them apart is the text, which is in its name. */
export function ruleChip(
	id: string,
	{ clause, text }: { readonly clause: string; readonly text: string },
	locale: Locale,
): HTMLAnchorElement {
	const href = ruleHref(id, locale);
	return element('a', { class: 'cl', href, title: text, 'aria-label': `${clause} ${text}` }, clause);
}

export function lessonLink(slug: string, text: string, locale: Locale): HTMLAnchorElement {
	return element('a', { href: localePath(locale, `/lessons/${slug}/`) }, text);
}
