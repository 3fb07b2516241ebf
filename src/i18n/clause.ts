import { type Locale, localePath } from './locales.ts';

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩';

/**
 * Anchor of a clause in the rule catalogue, and on the start page: `§4-①` gives `clause-4-1`, `§5` gives `clause-5`,
 * `§2.2-⑥` gives `clause-2-2-6`. Throws on anything that is not a clause.
 */
export function clauseAnchor(clause: string): string {
	const found = /^§(\d+(?:\.\d+)*)(?:-([①-⑩]))?$/.exec(clause);
	if (!found?.[1]) throw new Error(`got the clause "${clause}", expected one like §4-① or §5`);
	const item = found[2] ? `-${CIRCLED.indexOf(found[2]) + 1}` : '';
	return `clause-${found[1].replaceAll('.', '-')}${item}`;
}

/** Address of a clause in the rule catalogue: where every clause chip leads. Throws as `clauseAnchor`. */
export function clauseHref(locale: Locale, clause: string): string {
	return `${localePath(locale, '/rules/')}#${clauseAnchor(clause)}`;
}

/**
 * Clause of a rule of the catalogue: `R6-8b` gives `§6-⑧`, `R5-2a` gives `§5`, whose items have no numbers, `R4-N1` and
 * `R6-L`, which are derived from a section as a whole, give `§4` and `§6`, as does `R6-0`, its first paragraph; `RF-3`, from figure 3, belongs to `§4-③`.
 * Throws on anything that is not a rule.
 */
export function clauseOfRule(rule: string): string {
	if (rule === 'RF-3') return '§4-③';
	const [, section, item] = /^R(\d+(?:\.\d+)?)-(?:(\d+)[a-z]?|[A-Z]\d*)$/.exec(rule) ?? [];
	if (section === undefined) throw new Error(`got the rule "${rule}", expected one like R6-8b`);
	return item === undefined || item === '0' || section === '5'
		? `§${section}`
		: `§${section}-${CIRCLED[Number(item) - 1]}`;
}
