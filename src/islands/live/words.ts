import enCommon from '../../i18n/en/common.json';
import enFigure from '../../i18n/en/figure.json';
import enIssue from '../../i18n/en/issue.json';
import type { Locale } from '../../i18n/locales.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import zhCommon from '../../i18n/zh/common.json';
import zhFigure from '../../i18n/zh/figure.json';
import zhIssue from '../../i18n/zh/issue.json';

const zh = { ...zhCommon, ...zhIssue, ...zhFigure };
const en = { ...enCommon, ...enIssue, ...enFigure };

/** What a live figure says. */
export type FigureWords = Translate<keyof typeof zh & keyof typeof en>;

export function figureWords(locale: Locale): FigureWords {
	return translator(locale === 'zh' ? zh : en);
}
