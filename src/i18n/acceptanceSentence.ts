import { formatNumber } from './format.ts';
import type { Translate } from './translate.ts';

/** What a check measured or was held against. */
type Measured = number | string | readonly number[] | readonly string[] | null;

/** A check that may not have passed, with its figures. */
interface Told<Check extends string, Reason extends string> {
	readonly check: Check;
	readonly measured: Measured;
	readonly limit: Measured;
	readonly reason: Reason | null;
	readonly params: Readonly<Record<string, Exclude<Measured, null>>>;
}

/** Measured words that differ from language to language. */
const WORDS = ['axial', 'sagittal', 'coronal', 'oblique', '2D', '3D'] as const;
type Word = (typeof WORDS)[number];
type Key = 'acceptance.comma' | 'acceptance.or' | 'acceptance.more' | 'acceptance.none' | `acceptance.word.${Word}`;

/** Checks that measure slices. */
const SLICES: readonly string[] = ['missingSlices', 'doubledSlices', 'sliceOrder'];

/** More slices than these are counted, not listed. */
const MOST_LISTED = 8;

/** Why a check did not pass and what to do; empty where it did. `sequenceName` gives the fixed term of a sequence. */
export function acceptanceSentence<Reason extends string>(
	{ reason, params }: Pick<Told<string, Reason>, 'reason' | 'params'>,
	t: Translate<`acceptance.why.${Reason}` | Key>,
	sequenceName: (sequence: string) => string,
): string {
	if (reason === null) return '';
	const told = Object.entries(params).map(([name, value]) => {
		if (name === 'slices') return [name, slicesInWords(value as readonly number[], t)];
		if (name === 'sequence') return [name, sequenceName(String(value))];
		return [name, inWords(value, t)];
	});
	return t(`acceptance.why.${reason}`, Object.fromEntries(told));
}

/** A check's measured value and its limit, for a table. */
export function acceptanceFigures<Check extends string>(
	{ check, measured, limit }: Pick<Told<Check, string>, 'check' | 'measured' | 'limit'>,
	t: Translate<Key>,
): { readonly measured: string; readonly limit: string } {
	const unit = UNITS[check] ?? '';
	const sign = SIGNS[check] ?? '';
	const figure = (value: Measured): string => {
		if (SLICES.includes(check))
			return Array.isArray(value) && value.length > 0 ? slicesInWords(value as readonly number[], t) : '';
		return value === null ? '' : inWords(value, t) + unit;
	};
	const [a, b] = [figure(measured), figure(limit)];
	return { measured: a || t('acceptance.none'), limit: b === '' ? t('acceptance.none') : sign + b };
}

const UNITS: Readonly<Record<string, string>> = {
	thickness: '\u00a0mm',
	gap: '\u00a0mm',
	coverage: '\u00a0mm',
	bValue: '\u00a0s/mm²',
	bitDepth: '\u00a0bit',
};
const SIGNS: Readonly<Record<string, string>> = {
	thickness: '≤\u00a0',
	gap: '≤\u00a0',
	coverage: '≥\u00a0',
	bitDepth: '≥\u00a0',
	quality: '≥\u00a0',
};

function inWords(value: Exclude<Measured, null>, t: Translate<Key>): string {
	if (typeof value === 'number') return shortest(value);
	if (typeof value === 'string') return isWord(value) ? t(`acceptance.word.${value}`) : value;
	const or = t('acceptance.or');
	// Chinese sets a space between figures and Chinese words, none between Chinese ones.
	const apart = value.every((each: number | string) => typeof each === 'number') ? ` ${or.trim()} ` : or;
	return value.map((each: number | string) => inWords(each, t)).join(apart);
}

/** Slices count from 1 for people. */
function slicesInWords(slices: readonly number[], t: Translate<Key>): string {
	const list = slices
		.slice(0, MOST_LISTED)
		.map((slice) => String(slice + 1))
		.join(t('acceptance.comma'));
	return slices.length <= MOST_LISTED ? list : t('acceptance.more', { list, count: slices.length });
}

function isWord(text: string): text is Word {
	return (WORDS as readonly string[]).includes(text);
}

/** Two decimals at most. */
function shortest(value: number): string {
	return formatNumber(value, 2).replace(/\.?0+$/, '');
}
