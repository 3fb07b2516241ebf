import { LANGUAGE_TAG, type Locale } from '../../../i18n/locales.ts';

/** A time of day, 24 hours: `14:32`. */
export function formatTime(date: Date, locale: Locale): string {
	return date.toLocaleTimeString(locale === 'zh' ? LANGUAGE_TAG.zh : 'en-GB', { hour: '2-digit', minute: '2-digit' });
}
