import { parse } from 'yaml';
import type { Locale } from '../../i18n/locales.ts';
import { caseTextSchema } from '../../schemas/caseRecipe.ts';

const steps = import.meta.glob('../../../content/worked/*.yaml');
const texts = import.meta.glob<string>('../../../content/cases/*/*.md', {
	eager: true,
	query: '?raw',
	import: 'default',
});

/** Cases with an expert's example, in the order of the figures, when a page is built. */
export function workedCases(locale: Locale): { readonly id: string; readonly title: string }[] {
	return Object.keys(steps)
		.flatMap((path) => /([^/]+)\.yaml$/.exec(path)?.[1] ?? [])
		.sort()
		.map((id) => ({ id, title: titleOf(id, locale) }));
}

function titleOf(id: string, locale: Locale): string {
	const [, front] = /^---\n([\s\S]*?)\n---\n/.exec(texts[`../../../content/cases/${id}/${locale}.md`] ?? '') ?? [];
	if (front === undefined) throw new Error(`got the worked case "${id}", expected one of content/cases`);
	return caseTextSchema.parse(parse(front)).title;
}
