import { expect, it } from 'vitest';
import { shownOrder } from '../../../../src/components/learn/review/orderField.ts';

const options = ['A', 'B', 'C'].map((id) => ({ id, text: id }));

it('shows things to bring into order as they are written', () => {
	expect(shownOrder({ options, key: ['B', 'A', 'C'] })).toEqual(options);
});

it('never shows them solved', () => {
	const shown = shownOrder({ options, key: ['A', 'B', 'C'] }).map(({ id }) => id);
	expect(shown).not.toEqual(['A', 'B', 'C']);
	expect([...shown].sort()).toEqual(['A', 'B', 'C']);
});
