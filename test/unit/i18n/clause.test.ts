import { expect, it } from 'vitest';
import policy from '../../../content/policy/findings.json' with { type: 'json' };
import { clauseAnchor, clauseHref, clauseOfRule } from '../../../src/i18n/clause.ts';
import { REGION_CLAUSE } from '../../../src/protocol/protocol.ts';

it('a clause of the protocol has its anchor on the start page', () => {
	expect(Object.values(REGION_CLAUSE).map(clauseAnchor)).toEqual([
		'clause-4-1',
		'clause-5',
		'clause-4-2',
		'clause-4-3',
		'clause-4-4',
		'clause-4-4',
	]);
	expect(clauseAnchor('§2.2-⑥')).toBe('clause-2-2-6');
});

it('a clause chip leads to the start page of its language', () => {
	expect(clauseHref('en', '§6-⑧')).toBe('/en/rules/#clause-6-8');
});

it('anything else is refused', () => {
	expect(() => clauseAnchor('4-1')).toThrow('got the clause "4-1"');
});

it('a rule of the catalogue leads to its clause, and what is no rule is refused', () => {
	const rules = ['R6-8b', 'R4-1b', 'R5-2a', 'R4-N1', 'R6-L', 'R3.2-3', 'RF-3'];
	expect(rules.map(clauseOfRule)).toEqual(['§6-⑧', '§4-①', '§5', '§4', '§6', '§3.2-③', '§4-③']);
	expect(() => clauseOfRule('E10')).toThrow('got the rule "E10"');
});

it('every rule that a finding can cite has a clause', () => {
	const cited = policy.errors.flatMap(({ rules }) => rules);
	expect(cited.map((rule) => clauseAnchor(clauseOfRule(rule)))).toHaveLength(cited.length);
});
