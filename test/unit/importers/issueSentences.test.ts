import { expect, test } from 'vitest';
import { FORMAT_ISSUES } from '../../../src/formats/formatIssue.ts';
import en from '../../../src/i18n/en/issue.json' with { type: 'json' };
import { translator } from '../../../src/i18n/translate.ts';
import zh from '../../../src/i18n/zh/issue.json' with { type: 'json' };
import { IMPORT_ISSUES } from '../../../src/importers/importIssue.ts';

const CODES: Record<string, readonly string[]> = { ...FORMAT_ISSUES, ...IMPORT_ISSUES };
const DICTIONARIES: Record<string, Record<string, string>> = { zh, en };

for (const [locale, dictionary] of Object.entries(DICTIONARIES)) {
	test(`every code of formats and importers has its sentence in ${locale}, and nothing else is there`, () => {
		expect(Object.keys(dictionary)).toEqual(Object.keys(CODES).map((code) => `issue.${code}`));
	});

	test(`every sentence in ${locale} can be filled in, and uses every figure`, () => {
		const t = translator(dictionary);
		for (const [code, names] of Object.entries(CODES)) {
			const params = Object.fromEntries(names.map((name) => [name, `<${name}>`]));
			const sentence = t(`issue.${code}`, params);
			for (const name of names) expect(sentence).toContain(`<${name}>`);
		}
	});
}

test('every sentence says what is wrong and, behind a colon or semicolon, what to do', () => {
	for (const sentence of Object.values(en)) expect(sentence).toMatch(/[:;,] (?!.*\b(please|oops)\b)/);
	for (const sentence of Object.values(zh)) {
		expect(sentence).toMatch(/[：；，]/);
		expect(sentence).not.toMatch(/您|请|[,;!！]|[^\x20-\x7e]:/);
	}
});
