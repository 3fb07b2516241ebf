import enAcceptance from '../../i18n/en/acceptance.json';
import enCommon from '../../i18n/en/common.json';
import enDrill from '../../i18n/en/drill.json';
import enProblem from '../../i18n/en/problem.json';
import enRepair from '../../i18n/en/repair.json';
import type { Locale } from '../../i18n/locales.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import zhAcceptance from '../../i18n/zh/acceptance.json';
import zhCommon from '../../i18n/zh/common.json';
import zhDrill from '../../i18n/zh/drill.json';
import zhProblem from '../../i18n/zh/problem.json';
import zhRepair from '../../i18n/zh/repair.json';

const zh = { report: zhProblem.report, ...zhCommon, ...zhAcceptance, ...zhRepair, ...zhDrill };
const en = { report: enProblem.report, ...enCommon, ...enAcceptance, ...enRepair, ...enDrill };

/** The sentences of the drills and the language they are in. */
export interface Words {
	readonly locale: Locale;
	readonly t: Translate<keyof typeof zh & keyof typeof en>;
}

export function wordsIn(locale: Locale): Words {
	return { locale, t: translator(locale === 'zh' ? zh : en) };
}
