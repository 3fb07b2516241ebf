import { expect, it } from 'vitest';
import { clauseLabel } from '../../../../src/components/learn/clauseLabel.ts';
import { catalogue } from '../../learning/learner.ts';

it.each([
	['§4①', '§4-①', '§4-①'],
	['derived §4②–④', '§4-②–④', '§4-②–④'],
	['§1 ¶1', '§1', '§1'],
	['§5, Fig 4', '§5', '§5'],
	['§2.2⑥', '§2.2-⑥', '§2.2-⑥'],
	['Figs 5–6', '图 5–6', 'Figs 5–6'],
	['Fig 7', '图 7', 'Fig 7'],
])('%s', (source, zh, en) => {
	expect(clauseLabel(source, 'zh')).toBe(zh);
	expect(clauseLabel(source, 'en')).toBe(en);
});

it('leaves no rule of the catalogue without a short label', () => {
	for (const { source } of catalogue.rules)
		expect(clauseLabel(source, 'zh')).toMatch(/^(§\d(\.\d)?(-[①-⑩–]+)?|图 [\d–, ]+)$/);
});
