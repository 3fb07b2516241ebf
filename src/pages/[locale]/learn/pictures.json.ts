import type { APIRoute } from 'astro';
import { stepPictures } from '../../../components/learn/home/stepPictures.ts';
import { shownPictures } from '../../../components/learn/shownPictures.ts';
import { LOCALES, type Locale } from '../../../i18n/locales.ts';

export function getStaticPaths() {
	return LOCALES.map((locale) => ({ params: { locale }, props: { locale } }));
}

/** The pictures that the home page may show beside a step: fetched when one is, kept for offline use with the pages. */
export const GET: APIRoute<{ locale: Locale }> = async ({ props: { locale } }) => {
	const ids = new Set(Object.values(await stepPictures(locale)));
	return Response.json(Object.fromEntries(Object.entries(shownPictures(locale)).filter(([id]) => ids.has(id))));
};
