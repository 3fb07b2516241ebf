import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import glossary from '../../../src/i18n/glossary.json' with { type: 'json' };
import { LOCALES, type Locale } from '../../../src/i18n/locales.ts';
import { FAMILIES, SEQUENCES } from '../../../src/protocol/protocol.ts';
import { TARGETS } from '../../../src/protocol/target.ts';

const dictionaries = import.meta.glob<Record<string, string>>('../../../src/i18n/{zh,en}/*.json', {
	eager: true,
	import: 'default',
});

/** Every sentence of a language with the place it stands. */
function sentences(locale: Locale): { place: string; key: string; text: string }[] {
	return Object.entries(dictionaries)
		.filter(([path]) => path.includes(`/i18n/${locale}/`))
		.flatMap(([path, dictionary]) =>
			Object.entries(dictionary).map(([key, text]) => ({ place: `${path.split('/i18n/')[1]} ${key}`, key, text })),
		);
}

/** Whether a text uses a word: Latin ones at their beginning, so that “oedema” is not taken for its variant. */
function stands(word: string, text: string): boolean {
	const escaped = word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(/^[a-z]/i.test(word) ? `\\b${escaped}` : escaped, 'i').test(text);
}

const written = import.meta.glob<string>(
	'../../../content/{rules,lessons,questions,pictures,worked}/**/*.{json,yaml,mdx}',
	{
		eager: true,
		query: '?raw',
		import: 'default',
	},
);
const drills = import.meta.glob<string>('../../../content/drills.yaml', {
	eager: true,
	query: '?raw',
	import: 'default',
});

const kept = new Map<Locale, readonly { place: string; text: string }[]>();

/** Every text of a language that is taught, with the file it stands in. Of components in MDX, the words of their attributes. */
function taught(locale: Locale): readonly { place: string; text: string }[] {
	const before = kept.get(locale);
	if (before) return before;
	const found = Object.entries({ ...written, ...drills }).flatMap(([path, text]) => {
		const place = path.split('/content/')[1] ?? '';
		if (!path.endsWith('.mdx')) return textsOf(parse(text), locale).map((each) => ({ place, text: each }));
		if (!path.endsWith(`/${locale}.mdx`)) return [];
		const words = text.matchAll(/\b(?:caption|rightText|wrongText|alt|title|label)="([^"]*)"/g);
		const prose = text.replaceAll(/<\/?[A-Z](?:"[^"]*"|[^">])*>/g, '\n');
		return [prose, ...[...words].map(([, each = '']) => each)].map((each) => ({ place, text: each }));
	});
	kept.set(locale, found);
	return found;
}

/** What stands under a language's name, at any depth. */
function textsOf(value: unknown, locale: Locale): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		key === locale && typeof inner === 'string' ? [inner] : textsOf(inner, locale),
	);
}

const terms: Record<string, Record<Locale, string>> = glossary.terms;

describe.each(LOCALES)('the dictionaries in %s', (locale) => {
	it('are there', () => expect(sentences(locale).length).toBeGreaterThan(50));

	it('use no variant of a fixed term and no word the copy rules ban', () => {
		const found = sentences(locale).flatMap(({ place, text }) =>
			glossary.forbidden[locale].filter((word) => stands(word, text)).map((word) => `${place}: “${word}” in “${text}”`),
		);
		expect(found).toEqual([]);
	});

	it('name every region, sequence and family as the glossary does', () => {
		const wrong = sentences(locale).flatMap(({ place, key, text }) => {
			const id = /^(?:region|sequence|family)\.([A-Za-z0-9_]+)$/.exec(key)?.[1];
			// Other sentences may begin with one of these words too.
			if (id === undefined || !(id in terms)) return [];
			const term = terms[id]?.[locale];
			return text === term ? [] : [`${place}: “${text}”, in the glossary “${term}”`];
		});
		expect(wrong).toEqual([]);
	});
});

describe.each(LOCALES)('what is taught in %s', (locale) => {
	it('is there', () => expect(taught(locale).length).toBeGreaterThan(200));

	it('uses no variant of a fixed term and no word the copy rules ban', () => {
		const found = taught(locale).flatMap(({ place, text }) =>
			glossary.forbidden[locale].filter((word) => stands(word, text)).map((word) => `${place}: “${word}” in “${text}”`),
		);
		expect(found).toEqual([]);
	});
});

it('Chinese that is taught sets a space before Latin letters and digits, and has its own punctuation', () => {
	const wrong = taught('zh').flatMap(({ place, text }) => {
		const found = /.{0,9}(?:[\u4e00-\u9fff][A-Za-z0-9,;:?!]|[A-Za-z0-9][\u4e00-\u9fff]).{0,9}/.exec(text);
		return found ? [`${place}: ${found[0]}`] : [];
	});
	expect(wrong).toEqual([]);
});

it('the glossary has every region, layer, sequence and family of the protocol', () => {
	expect([...TARGETS, ...SEQUENCES, ...FAMILIES].filter((id) => !(id in terms))).toEqual([]);
});

it('Chinese sentences set a space between Chinese and Latin letters or digits', () => {
	const tight = sentences('zh').filter(({ text }) => {
		const shown = text.replaceAll(/\{\w+\}/g, '');
		return /[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]/.test(shown);
	});
	expect(tight.map(({ place, text }) => `${place}: ${text}`)).toEqual([]);
});
