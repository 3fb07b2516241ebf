import enAcceptance from '../../i18n/en/acceptance.json';
import enOpen from '../../i18n/en/open.json';
import type { Locale } from '../../i18n/locales.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import zhAcceptance from '../../i18n/zh/acceptance.json';
import zhOpen from '../../i18n/zh/open.json';
import { type Words as Terms, wordsFor } from '../words.ts';

/** The sentences of the page that opens files, the fixed terms and issues, and the language they are in. */
export interface Words {
	readonly locale: Locale;
	readonly t: Translate<keyof typeof zhOpen & keyof typeof enOpen>;
	readonly terms: Terms;
	readonly accept: Translate<keyof typeof zhAcceptance & keyof typeof enAcceptance>;
}

export function wordsIn(locale: Locale): Words {
	const zh = locale === 'zh';
	return {
		locale,
		t: translator(zh ? zhOpen : enOpen),
		terms: wordsFor(locale),
		accept: translator(zh ? zhAcceptance : enAcceptance),
	};
}
