import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isNarrowed, passes, readWanted, wantedSearch } from '../../../../src/components/learn/rules/address.ts';
import {
	clauseAnchors,
	clausesOf,
	filterValues,
	inOrder,
	trapsOf,
} from '../../../../src/components/learn/rules/ruleFacts.ts';
import { searchable, searchFor } from '../../../../src/components/learn/rules/searchText.ts';
import { wordsOfRule } from '../../../../src/components/learn/rules/wordsOfRule.ts';
import { clauseAnchor, clauseOfRule } from '../../../../src/i18n/clause.ts';
import { REGION_CLAUSE } from '../../../../src/protocol/protocol.ts';
import { TRAP_CLAUSE } from '../../../../src/protocol/trap.ts';
import { ruleCatalogueSchema, SECTIONS } from '../../../../src/schemas/rule.ts';
import { FINDING_CODES } from '../../../../src/scoring/findings/finding.ts';

const file = resolve(import.meta.dirname, '../../../../content/rules/rules.json');
const { rules } = ruleCatalogueSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
const ruleOf = (id: string) => rules.find((rule) => rule.id === id)!;
const finds = (query: string, text: string) => searchFor(query)(searchable(text));
const found = (query: string) => rules.filter((rule) => finds(query, wordsOfRule(rule))).map(({ id }) => id);

describe('a search', () => {
	it.each([
		['', 'anything'],
		['首末层', '不遗漏肿瘤首、末层。'],
		['T2wi', '在 T₂WI 上画'],
		['ＦＬＡＩＲ 水肿', '水肿，在 FLAIR 上'],
		['slices FIRST', 'Do not miss the first and last tumour slices.'],
		['et', 'ET on T1C'],
		['瘤体T2', '瘤体画在 T2WI 上'],
	])('for "%s" finds "%s"', (query, text) => expect(finds(query, text)).toBe(true));
	it.each([
		['et', 'between'],
		['E1', 'E10'],
		['ssue', 'tissue'],
		['脑室', '脑沟'],
		['oedema 脑沟', '水肿 oedema'],
	])('for "%s" does not find "%s"', (query, text) => expect(finds(query, text)).toBe(false));
});

describe('the catalogue', () => {
	it('is searched in Chinese, in English and by error type', () => {
		expect(found('首层')).toContain('R6-8b');
		expect(found('first slice')).toContain('R6-8b');
		expect(found('E10')).toEqual(['R6-8b']);
		expect(found('脑室')).toEqual(expect.arrayContaining(['R4-1c', 'R6-1']));
		expect(found('leukoaraiosis')).toContain('R6-2');
		expect(found('R5-3')).toEqual(['R5-3']);
		expect(found('§6-⑧')).toEqual(expect.arrayContaining(['R6-8a', 'R6-8b', 'R6-8c']));
		expect(found('独角兽')).toEqual([]);
	});

	it('has an anchor for every clause that a chip names', () => {
		const anchors = new Set([
			...SECTIONS.filter((section) => section !== 'F').map((section) => clauseAnchor(`§${section}`)),
			...[...clauseAnchors(rules).values()].flat(),
		]);
		const named = rules.filter(({ id }) => !/^RF-(?!3$)/.test(id)).map(({ id }) => clauseOfRule(id));
		const chips = [...named, ...Object.values(REGION_CLAUSE), ...Object.values(TRAP_CLAUSE)];
		expect(chips.filter((clause) => !anchors.has(clauseAnchor(clause)))).toEqual([]);
	});

	it('gives each clause one place', () => {
		const all = [...clauseAnchors(inOrder(rules, SECTIONS)).values()].flat();
		expect(new Set(all).size).toBe(all.length);
	});

	it('knows the clauses of a source, ranges among them', () => {
		expect(clausesOf({ id: 'R4-N3', source: 'derived §4②–④' })).toEqual(['§4-②', '§4-③', '§4-④']);
		expect(clausesOf({ id: 'R4-N1', source: 'derived §4①②' })).toEqual(['§4-①', '§4-②']);
		expect(clausesOf({ id: 'RF-C1', source: 'Figs 1–2, 4' })).toEqual([]);
	});

	it('leads to cases that have what a rule warns of', () => {
		expect(trapsOf(ruleOf('R6-2'))).toEqual(['leukoaraiosis', 'lacunes', 'infarcts']);
		expect(trapsOf(ruleOf('R5-3'))).toEqual(['duralTail']);
		expect(trapsOf(ruleOf('R3.1-1a'))).toEqual([]);
	});

	it('counts oedema as what whole tumour is to meningeal tumours', () => {
		expect(filterValues(ruleOf('R5-2a')).region).toEqual(['WT']);
		expect(filterValues(ruleOf('R6-2')).region).toEqual(['WT']);
	});

	it('puts what leads a section in first', () => {
		const ids = inOrder(rules, SECTIONS).map(({ id }) => id);
		expect(ids.indexOf('R7-0')).toBeLessThan(ids.indexOf('R7-1'));
		expect(ids.indexOf('R1-7')).toBeLessThan(ids.indexOf('R2.1-G1'));
		expect([...ids].sort()).toEqual(rules.map(({ id }) => id).sort());
	});

	it('names every type of error by some rule', () => {
		const named = new Set(rules.flatMap(({ errorCodes }) => errorCodes));
		expect(FINDING_CODES.filter((code) => !named.has(code))).toEqual([]);
	});
});

describe('the address', () => {
	it('keeps what is looked for', () => {
		const search = '?q=%E9%A6%96%E5%B1%82&section=6,7-8&force=must&view=error';
		const wanted = readWanted(search);
		expect(wanted).toMatchObject({ query: '首层', byError: true });
		expect(wanted.filters).toMatchObject({ section: ['6', '7-8'], force: ['must'], region: [] });
		expect(wantedSearch(wanted)).toBe(search);
		expect(wantedSearch(readWanted(''))).toBe('');
		expect([isNarrowed(wanted), isNarrowed(readWanted('?view=error'))]).toEqual([true, false]);
	});

	it('passes over what it does not know', () => {
		expect(wantedSearch(readWanted('?section=9&colour=red&region=ED,ET'))).toBe('?region=ET');
	});

	it('lets alternatives of one filter pass, and asks for each filter', () => {
		const { filters } = readWanted('?section=4,6&region=WT');
		const values = (id: string) => (key: string) =>
			(filterValues(ruleOf(id)) as Record<string, readonly string[]>)[key] ?? [];
		expect(passes(filters, values('R6-2'))).toBe(true);
		expect(passes(filters, values('R4-2b'))).toBe(false);
		expect(passes(filters, values('R5-2a'))).toBe(false);
	});
});
