import { expect, test } from 'vitest';
import { FORMAT_ISSUES } from '../../../src/formats/formatIssue.ts';
import enBackup from '../../../src/i18n/en/backup.json' with { type: 'json' };
import enIssue from '../../../src/i18n/en/issue.json' with { type: 'json' };
import { translator } from '../../../src/i18n/translate.ts';
import zhBackup from '../../../src/i18n/zh/backup.json' with { type: 'json' };
import zhIssue from '../../../src/i18n/zh/issue.json' with { type: 'json' };
import { IMPORT_ISSUES } from '../../../src/importers/importIssue.ts';

/** What `src/store` says of a backup. */
const BACKUP_ISSUES = {
	'zip.notZip': [],
	'zip.truncated': [],
	'zip.damaged': ['path'],
	'zip.missing': ['path'],
	'zip.tooMany': ['limit'],
	'zip.tooLarge': ['limitMb'],
	'backup.none': [],
	'backup.newer': ['version'],
	'backup.index': ['field'],
	'backup.changed': ['path'],
	'backup.document': ['path', 'field'],
	'backup.fileMissing': ['path', 'file'],
} as const;

/** What `src/workers/reference.ts` says of a drawing that becomes a reference. */
const REFERENCE_ISSUES = { 'reference.changed': ['region'], 'reference.parts': ['limit'] } as const;

const CODES: Record<string, readonly string[]> = {
	...FORMAT_ISSUES,
	...IMPORT_ISSUES,
	...BACKUP_ISSUES,
	...REFERENCE_ISSUES,
};
const zh = { ...zhIssue, ...zhBackup };
const en = { ...enIssue, ...enBackup };
const DICTIONARIES: Record<string, Record<string, string>> = { zh, en };

for (const [locale, dictionary] of Object.entries(DICTIONARIES)) {
	test(`every code of formats, importers, backup and reference has its sentence in ${locale}, and nothing else is there`, () => {
		const keys = Object.keys(CODES).map((code) => `issue.${code}`);
		expect(Object.keys(dictionary).sort()).toEqual(keys.sort());
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
