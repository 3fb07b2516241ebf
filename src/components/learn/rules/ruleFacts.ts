import { clauseAnchor, clauseOfRule } from '../../../i18n/clause.ts';
import type { Region } from '../../../protocol/protocol.ts';
import { TRAP_CLAUSE, TRAPS, type Trap } from '../../../protocol/trap.ts';
import type { Force, Rule } from '../../../schemas/rule.ts';

type Section = Rule['section'];

/** What rules can be filtered by, each with its values in the order in which they are offered. */
export const FILTERS = {
	section: ['1', '2', '3', '4', '5', '6', '7-8', 'F'],
	force: ['must', 'should', 'may', 'info'],
	region: ['WT', 'TB', 'ET', 'NE', 'EN'],
	family: ['glioma', 'pcnsl', 'metastasis', 'meningioma', 'hpc_sft'],
	mode: ['auto', 'semi', 'quiz'],
	state: ['weak', 'learning', 'mastered', 'new'],
} as const;
export type FilterKey = keyof typeof FILTERS;

/** A rule's values of all that can be filtered by without knowing who reads. A rule of no region or of every family has all or none. */
export function filterValues(rule: Rule): Record<Exclude<FilterKey, 'state'>, readonly string[]> {
	return {
		section: [chapterOf(rule.section)],
		force: [strengthOf(rule.force)],
		region: [...new Set(rule.applies.regions.map(shownRegion))],
		family: rule.applies.families,
		mode: [rule.check.mode],
	};
}

function chapterOf(section: Section): (typeof FILTERS.section)[number] {
	const chapter = section.split('.')[0]!;
	return chapter === '7' || chapter === '8' ? '7-8' : (chapter as (typeof FILTERS.section)[number]);
}

function strengthOf(force: Force): (typeof FILTERS.force)[number] {
	return force.replace('_not', '') as (typeof FILTERS.force)[number];
}

/** Oedema is what whole tumour is to meningeal tumours: yellow on FLAIR. */
function shownRegion(region: Region): Region {
	return region === 'ED' ? 'WT' : region;
}

/**
 * The clauses that a rule stands for, without the paragraphs of a section as a whole: those of its source, and the one that
 * the findings of the reading room name. `§4②–④` gives three.
 */
export function clausesOf({ id, source }: Pick<Rule, 'id' | 'source'>): string[] {
	const [, section, items = ''] = /§(\d+(?:\.\d+)?)([①-⑩–]*)/.exec(source) ?? [];
	const numbers = [...items.replace(/([①-⑩])–([①-⑩])/g, (_, from, to) => between(from, to))];
	const named = numbers.map((number) => `§${section}-${number}`);
	// Of the figures' rules, that of figure 3 alone is one that findings name.
	const own = /^RF-(?!3$)/.test(id) ? [] : [clauseOfRule(id)].filter((clause) => clause.includes('-'));
	return [...new Set([...named, ...own])];
}

function between(from: string, to: string): string {
	const [first, last] = [from.codePointAt(0)!, to.codePointAt(0)!];
	return Array.from({ length: last - first + 1 }, (_, n) => String.fromCodePoint(first + n)).join('');
}

/** Anchors of clauses on the catalogue's page, each before the first rule that stands for it. */
export function clauseAnchors(rules: readonly Rule[]): ReadonlyMap<string, readonly string[]> {
	const seen = new Set<string>();
	return new Map(
		rules.map((rule) => {
			const fresh = clausesOf(rule).filter((clause) => !seen.has(clause));
			for (const clause of fresh) seen.add(clause);
			return [rule.id, fresh.map(clauseAnchor)];
		}),
	);
}

/** Traps whose clause is a section as a whole, by the rule that warns of them. */
const SECTION_TRAPS: Readonly<Record<string, readonly Trap[]>> = {
	'R2.1-3': ['artefacts'],
	'R5-3': ['duralTail'],
};

/** What in cases is easily drawn wrong by a rule: the traps that its clauses warn of. */
export function trapsOf(rule: Pick<Rule, 'id' | 'source'>): readonly Trap[] {
	const own = clausesOf(rule);
	return SECTION_TRAPS[rule.id] ?? TRAPS.filter((trap) => own.includes(TRAP_CLAUSE[trap]));
}

/** Rules in the order of the consensus; what leads a section in comes first in it. */
export function inOrder(rules: readonly Rule[], sections: readonly Section[]): Rule[] {
	const lead = ({ id }: Rule) => (/-0$/.test(id) ? 0 : 1);
	return [...rules].sort((a, b) => sections.indexOf(a.section) - sections.indexOf(b.section) || lead(a) - lead(b));
}
