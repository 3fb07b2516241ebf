import type { Locale } from '../../i18n/locales.ts';

export function OpenPage(_: { locale: Locale }) {
	return null;
}
