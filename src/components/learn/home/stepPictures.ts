import { getCollection } from 'astro:content';
import type { Locale } from '../../../i18n/locales.ts';
import { shownPictures } from '../shownPictures.ts';

/**
 * Ids of the pictures beside a step by what it is about, when the site is built: `case:fig-1` one of that case, `lesson:scope`
 * the first of that lesson's text, `rule:R6-8b` that of a question about it.
 */
export async function stepPictures(locale: Locale): Promise<Record<string, string>> {
	const shown = shownPictures(locale);
	const [questions, lessonTexts] = await Promise.all([getCollection('questions'), getCollection('lessonTexts')]);
	const found: Record<string, string> = {};
	const put = (key: string, id: string | undefined) => {
		if (id !== undefined && shown[id]) found[key] ??= id;
	};
	for (const { id, body = '' } of lessonTexts) {
		const [slug, language] = id.split('/');
		if (language === locale) put(`lesson:${slug}`, /<(?:Picture|Pair)\b[^>]*\b(?:id|right)="([^"]+)"/.exec(body)?.[1]);
	}
	for (const { data } of questions) for (const rule of data.rules) put(`rule:${rule}`, data.picture);
	for (const [id, { caseId }] of Object.entries(shown)) put(`case:${caseId}`, id);
	return found;
}
