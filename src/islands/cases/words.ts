import enCases from '../../i18n/en/cases.json';
import enCommon from '../../i18n/en/common.json';
import type { Locale } from '../../i18n/locales.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import zhCases from '../../i18n/zh/cases.json';
import zhCommon from '../../i18n/zh/common.json';

/** The sentences of the page of cases, its fixed terms, and the language they are in. */
export interface Words {
	readonly locale: Locale;
	readonly t: Translate<keyof typeof zhCases>;
	readonly terms: Translate<keyof typeof zhCommon>;
}

export function wordsIn(locale: Locale): Words {
	return {
		locale,
		t: translator(locale === 'zh' ? zhCases : enCases),
		terms: translator(locale === 'zh' ? zhCommon : enCommon),
	};
}
