import { type Locale, localePath } from './locales.ts';

const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩';

/**
 * Anchor of a clause on the start page: `§4-①` gives `clause-4-1`, `§5` gives `clause-5`,
 * `§2.2-⑥` gives `clause-2-2-6`. Throws on anything that is not a clause.
 */
export function clauseAnchor(clause: string): string {
	const found = /^§(\d+(?:\.\d+)*)(?:-([①-⑩]))?$/.exec(clause);
	if (!found?.[1]) throw new Error(`got the clause "${clause}", expected one like §4-① or §5`);
	const item = found[2] ? `-${CIRCLED.indexOf(found[2]) + 1}` : '';
	return `clause-${found[1].replaceAll('.', '-')}${item}`;
}

/** Address of a clause in a language: where every clause chip leads. Throws as `clauseAnchor`. */
export function clauseHref(locale: Locale, clause: string): string {
	return `${localePath(locale, '/')}#${clauseAnchor(clause)}`;
}
