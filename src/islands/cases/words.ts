import enBackup from '../../i18n/en/backup.json';
import enCases from '../../i18n/en/cases.json';
import enCommon from '../../i18n/en/common.json';
import enProblem from '../../i18n/en/problem.json';
import type { Locale } from '../../i18n/locales.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import zhBackup from '../../i18n/zh/backup.json';
import zhCases from '../../i18n/zh/cases.json';
import zhCommon from '../../i18n/zh/common.json';
import zhProblem from '../../i18n/zh/problem.json';

export type IssueKey = keyof typeof zhBackup;

/** The sentences of the page of cases, its fixed terms, what is wrong with a backup, how a problem is reported, and the language they are in. */
export interface Words {
	readonly locale: Locale;
	readonly t: Translate<keyof typeof zhCases>;
	readonly terms: Translate<keyof typeof zhCommon>;
	readonly issue: Translate<IssueKey>;
	readonly problem: Translate<keyof typeof zhProblem>;
}

export function wordsIn(locale: Locale): Words {
	return {
		locale,
		t: translator(locale === 'zh' ? zhCases : enCases),
		terms: translator(locale === 'zh' ? zhCommon : enCommon),
		issue: translator(locale === 'zh' ? zhBackup : enBackup),
		problem: translator(locale === 'zh' ? zhProblem : enProblem),
	};
}
