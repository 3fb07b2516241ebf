import type { Locale } from '../../i18n/locales.ts';

/**
 * Where a rule stands, as chips show it, from the catalogue's `source`: `§4①` gives `§4-①`, `derived §4②–④` gives `§4-②–④`,
 * `§1 ¶1` gives `§1`, `Figs 5–6` gives `图 5–6` and `Figs 5–6`. Of `§5, Fig 4` the clause is enough.
 */
export function clauseLabel(source: string, locale: Locale): string {
	const clause = /§(\d+(?:\.\d+)*)([①-⑩–]*)/.exec(source);
	if (clause) return `§${clause[1]}${clause[2] ? `-${clause[2]}` : ''}`;
	return locale === 'zh' ? source.replace(/^Figs? /, '图 ') : source;
}
