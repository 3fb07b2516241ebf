import { describe, expect, it } from 'vitest';
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
			if (id === undefined) return [];
			const term = terms[id]?.[locale];
			return text === term ? [] : [`${place}: “${text}”, in the glossary “${term}”`];
		});
		expect(wrong).toEqual([]);
	});
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
