import { formatNumber, formatPercent, formatQuantity } from './format.ts';
import type { Translate } from './translate.ts';

/** What a finding says in numbers: its code, how much of it there is, and the limit that it passed. */
interface Told<Code extends string> {
	readonly code: Code;
	readonly magnitude: {
		readonly value: number;
		readonly limit: number;
		readonly unit: 'ml' | 'mm' | 'fraction' | 'slices' | 'count';
	};
}

/** A finding in words, with what to do about it. Two codes have a sentence more, for another kind of magnitude. */
export function findingSentence<Code extends string>(
	{ code, magnitude }: Told<Code>,
	t: Translate<`finding.${Code}` | 'finding.E02.empty' | 'finding.E03.moved' | 'finding.slices'>,
): string {
	const { unit } = magnitude;
	const show = (value: number): string => {
		if (unit === 'ml') return formatQuantity(value, 'mL', 2);
		if (unit === 'mm') return formatQuantity(Math.abs(value), 'mm');
		if (unit === 'fraction') return formatPercent(value);
		if (unit === 'slices') return t('finding.slices', { count: value });
		return formatNumber(value, 0);
	};
	const values = { value: show(magnitude.value), limit: show(magnitude.limit) };
	if (code === 'E02' && unit === 'ml') return t('finding.E02.empty', values);
	if (code === 'E03' && magnitude.limit === 0) return t('finding.E03.moved', values);
	return t(`finding.${code}`, values);
}
