/** Languages of the site; the first is the one a page falls back to. */
export const LOCALES = ['zh', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Language tag for the `lang` attribute. */
export const LANGUAGE_TAG: Record<Locale, string> = { zh: 'zh-CN', en: 'en' };

/** The other language of the switch. */
export function otherLocale(locale: Locale): Locale {
	return locale === 'zh' ? 'en' : 'zh';
}

/** Address of a page in a language: `path` starts and ends with a slash, e.g. `/practice/`. */
export function localePath(locale: Locale, path: string): string {
	return `/${locale}${path}`;
}
