import type { Words } from './words.ts';

/** So many attempts and cases in words, without those that are none; empty where there are neither. */
export function amountIn({ t }: Pick<Words, 't'>, attempts: number, cases: number): string {
	const some = t(attempts === 1 ? 'amount.attempt' : 'amount.attempts', { count: attempts });
	const others = t(cases === 1 ? 'amount.case' : 'amount.cases', { count: cases });
	if (attempts > 0 && cases > 0) return t('amount.both', { attempts: some, cases: others });
	return attempts > 0 ? some : cases > 0 ? others : '';
}
