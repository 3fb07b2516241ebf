import { parse } from 'yaml';
import type { Locale } from '../../i18n/locales.ts';
import { caseTextSchema } from '../../schemas/caseRecipe.ts';

const texts = import.meta.glob<string>('../../../content/cases/*/*.md', {
	eager: true,
	query: '?raw',
	import: 'default',
});

/** Title of a built-in case, when a page is built. Throws where there is no such case, so that the build says so. */
export function caseTitle(id: string, locale: Locale): string {
	const text = texts[`../../../content/cases/${id}/${locale}.md`];
	const [, front] = /^---\n([\s\S]*?)\n---\n/.exec(text ?? '') ?? [];
	if (front === undefined) throw new Error(`got the case "${id}", expected one of content/cases`);
	return caseTextSchema.parse(parse(front)).title;
}
