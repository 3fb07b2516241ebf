import { expect, test } from 'vitest';
import { formatDims, formatSpacing } from '../../../../src/islands/open/figures.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('a matrix is set with times signs and never broken', () => {
	expect(plain(formatDims([240, 240, 155]))).toBe('240 × 240 × 155');
	expect(formatDims([1, 2, 3])).not.toContain(' ');
});

test('spacings show what they have, two decimals at most', () => {
	expect(plain(formatSpacing([1, 1, 1]))).toBe('1 × 1 × 1 mm');
	expect(plain(formatSpacing([0.8984375, 0.8984375, 5.5]))).toBe('0.9 × 0.9 × 5.5 mm');
	expect(plain(formatSpacing([10, 20.004, 0.125]))).toBe('10 × 20 × 0.13 mm');
});
