import { expect, it } from 'vitest';
import { amountIn } from '../../../../src/islands/cases/amount.ts';
import { wordsIn } from '../../../../src/islands/cases/words.ts';

it('an amount leaves out what is none, and is singular for one', () => {
	const [zh, en] = [wordsIn('zh'), wordsIn('en')];
	expect(amountIn(en, 1, 0)).toBe('1 attempt');
	expect(amountIn(en, 2, 1)).toBe('2 attempts and 1 case');
	expect(amountIn(en, 0, 3)).toBe('3 cases');
	expect(amountIn(en, 0, 0)).toBe('');
	expect(amountIn(zh, 0, 1)).toBe('1 个病例');
	expect(amountIn(zh, 1, 1)).toBe('1 次练习、1 个病例');
});
