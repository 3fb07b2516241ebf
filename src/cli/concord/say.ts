import acceptanceEn from '../../i18n/en/acceptance.json' with { type: 'json' };
import cliEn from '../../i18n/en/cli.json' with { type: 'json' };
import commonEn from '../../i18n/en/common.json' with { type: 'json' };
import findingEn from '../../i18n/en/finding.json' with { type: 'json' };
import gridEn from '../../i18n/en/grid.json' with { type: 'json' };
import issueEn from '../../i18n/en/issue.json' with { type: 'json' };
import measureEn from '../../i18n/en/measure.json' with { type: 'json' };
import type { Locale } from '../../i18n/locales.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import acceptanceZh from '../../i18n/zh/acceptance.json' with { type: 'json' };
import cliZh from '../../i18n/zh/cli.json' with { type: 'json' };
import commonZh from '../../i18n/zh/common.json' with { type: 'json' };
import findingZh from '../../i18n/zh/finding.json' with { type: 'json' };
import gridZh from '../../i18n/zh/grid.json' with { type: 'json' };
import issueZh from '../../i18n/zh/issue.json' with { type: 'json' };
import measureZh from '../../i18n/zh/measure.json' with { type: 'json' };

const zh = { ...acceptanceZh, ...commonZh, ...cliZh, ...findingZh, ...gridZh, ...issueZh, ...measureZh };
const en = { ...acceptanceEn, ...commonEn, ...cliEn, ...findingEn, ...gridEn, ...issueEn, ...measureEn };

/** Keys of everything the command line says. */
export type CliKey = keyof typeof zh & keyof typeof en;
export type Say = Translate<CliKey>;

/** The command line's sentences in one language. */
export function sayIn(locale: Locale): Say {
	return translator(locale === 'zh' ? zh : en);
}

/** The language of the terminal, as the usual variables give it: Chinese where they say so, else English. */
export function terminalLocale(env: Readonly<Record<string, string | undefined>>): Locale {
	return (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
