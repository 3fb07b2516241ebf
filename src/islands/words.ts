import commonEn from '../i18n/en/common.json';
import findingEn from '../i18n/en/finding.json';
import gridEn from '../i18n/en/grid.json';
import issueEn from '../i18n/en/issue.json';
import liveEn from '../i18n/en/live.json';
import measureEn from '../i18n/en/measure.json';
import practiceEn from '../i18n/en/practice.json';
import protocolEn from '../i18n/en/protocol.json';
import referenceEn from '../i18n/en/reference.json';
import repairEn from '../i18n/en/repair.json';
import type { Locale } from '../i18n/locales.ts';
import { type Translate, translator } from '../i18n/translate.ts';
import commonZh from '../i18n/zh/common.json';
import findingZh from '../i18n/zh/finding.json';
import gridZh from '../i18n/zh/grid.json';
import issueZh from '../i18n/zh/issue.json';
import liveZh from '../i18n/zh/live.json';
import measureZh from '../i18n/zh/measure.json';
import practiceZh from '../i18n/zh/practice.json';
import protocolZh from '../i18n/zh/protocol.json';
import referenceZh from '../i18n/zh/reference.json';
import repairZh from '../i18n/zh/repair.json';

const zh = {
	...commonZh,
	...findingZh,
	...gridZh,
	...issueZh,
	...liveZh,
	...measureZh,
	...practiceZh,
	...protocolZh,
	...referenceZh,
	...repairZh,
};
const en = {
	...commonEn,
	...findingEn,
	...gridEn,
	...issueEn,
	...liveEn,
	...measureEn,
	...practiceEn,
	...protocolEn,
	...referenceEn,
	...repairEn,
};

/** Keys of everything the reading room says. */
export type WordKey = keyof typeof zh & keyof typeof en;
export type Words = Translate<WordKey>;

/** The reading room's sentences in one language. */
export function wordsFor(locale: Locale): Words {
	return translator(locale === 'zh' ? zh : en);
}
