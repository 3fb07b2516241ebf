import type { APIRoute } from 'astro';
import { reviewBundle } from '../../../components/learn/review/reviewContent.ts';
import { LOCALES, type Locale } from '../../../i18n/locales.ts';

export function getStaticPaths() {
	return LOCALES.map((locale) => ({ params: { locale }, props: { locale } }));
}

/** All that reviews ask, in one language: fetched once, kept for offline use with the pages. */
export const GET: APIRoute<{ locale: Locale }> = async ({ props }) => Response.json(await reviewBundle(props.locale));
