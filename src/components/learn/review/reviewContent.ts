import { getCollection } from 'astro:content';
import type { Locale } from '../../../i18n/locales.ts';
import type { Question } from '../../../schemas/question.ts';
import { clauseLabel } from '../clauseLabel.ts';
import { shownPictures } from '../shownPictures.ts';
import type { Asked, Named, ReviewBundle } from './reviewBundle.ts';

/** Everything that reviews ask and tell, in one language, when the site is built. Throws where a question's picture or area is missing. */
export async function reviewBundle(locale: Locale): Promise<ReviewBundle> {
	const [questions, rules, lessons] = await Promise.all([
		getCollection('questions'),
		getCollection('rules'),
		getCollection('lessons'),
	]);
	const teaching = [...lessons].sort((a, b) => a.data.order - b.data.order);
	const asked = questions.map(({ data }) => inLanguage(data, locale));
	const shown = new Set(asked.flatMap(({ picture }) => picture ?? []));
	const all = shownPictures(locale);
	for (const { id, picture, ...question } of asked) {
		const found = picture === undefined ? undefined : all[picture];
		if (picture !== undefined && !found) throw new Error(`got the picture ${picture} of ${id}, expected one there is`);
		if (question.kind === 'hotspot' && !found?.areas[question.area])
			throw new Error(`got the area ${question.area} of ${id}, expected one of ${picture}`);
	}
	const pictures = Object.entries(all).filter(([id]) => shown.has(id));
	return {
		questions: asked,
		rules: Object.fromEntries(
			rules.map(({ data: { id, source, text } }) => {
				const lesson = teaching.find(({ data }) => data.rules.includes(id))?.id;
				return [id, { clause: clauseLabel(source, locale), text: text[locale], ...(lesson ? { lesson } : {}) }];
			}),
		),
		lessons: Object.fromEntries(teaching.map(({ id, data }) => [id, { title: data.title[locale], rules: data.rules }])),
		pictures: Object.fromEntries(pictures),
	};
}

/** A question as it is asked in a language. Throws where it has a kind that is not known. */
function inLanguage(question: Question, locale: Locale): Asked {
	const { id, section, rules, stem, rationale, defaultNote, picture } = question;
	const base = {
		id,
		section,
		rules,
		stem: stem[locale],
		rationale: rationale[locale],
		...(defaultNote ? { note: defaultNote[locale] } : {}),
		...(picture ? { picture } : {}),
	};
	const named = (list: readonly { id: string; zh: string; en: string }[]): Named[] =>
		list.map((one) => ({ id: one.id, text: one[locale] }));
	switch (question.kind) {
		case 'single':
		case 'multiple':
		case 'ordering':
			return { ...base, kind: question.kind, options: named(question.options), key: question.key };
		case 'matching':
			return {
				...base,
				kind: question.kind,
				options: named(question.options),
				targets: named(question.targets),
				key: question.key,
			};
		case 'hotspot':
			return { ...base, kind: question.kind, picture: question.picture, area: question.area };
	}
}
