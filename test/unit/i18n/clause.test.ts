import { expect, it } from 'vitest';
import { clauseAnchor, clauseHref } from '../../../src/i18n/clause.ts';
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
	expect(clauseHref('en', '§6-⑧')).toBe('/en/#clause-6-8');
});

it('anything else is refused', () => {
	expect(() => clauseAnchor('4-1')).toThrow('got the clause "4-1"');
});
