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
	readonly params: Readonly<Record<string, string | number>>;
}

type Variant =
	| 'finding.E02.empty'
	| 'finding.E03.moved'
	| `finding.E09.${'ventricle' | 'sulcus'}`
	| `finding.E13.${'outsideWT' | 'outsideTB' | 'overlap' | 'union'}`
	| `finding.E22.${'mirrored' | 'shifted' | 'axisOrder'}`
	| `finding.E24.${'other' | 'unnamed'}`
	| `finding.E25.${'islands' | 'holes'}`;

/** A finding in words, with what to do about it. Some codes have a sentence for each kind of fault. */
export function findingSentence<Code extends string>(
	{ code, magnitude, params }: Told<Code>,
	t: Translate<`finding.${Exclude<Code, 'E13'>}` | Variant | 'finding.slices'>,
): string {
	const { unit } = magnitude;
	const show = (value: number): string => {
		if (unit === 'ml') return formatQuantity(value, 'mL', 2);
		if (unit === 'mm') return formatQuantity(Math.abs(value), 'mm');
		// Dice is told as a figure, shares as per cent.
		if (unit === 'fraction' && params.relation === 'union') return formatNumber(value, 2);
		if (unit === 'fraction') return formatPercent(value);
		if (unit === 'slices') return t('finding.slices', { count: value });
		return formatNumber(value, 0);
	};
	const told = Object.entries(params).map(([name, value]) => [
		name,
		typeof value === 'number' ? formatNumber(value, 0) : value,
	]);
	const values = { ...Object.fromEntries(told), value: show(magnitude.value), limit: show(magnitude.limit) };
	const variant = variantOf(code, magnitude, params);
	return t(variant ?? `finding.${code as Exclude<Code, 'E13'>}`, values);
}

function variantOf(
	code: string,
	{ unit, limit }: Told<string>['magnitude'],
	{ csf, diagnosis, file, problem, relation }: Told<string>['params'],
): Variant | undefined {
	if (code === 'E02' && unit === 'ml') return 'finding.E02.empty';
	if (code === 'E03' && limit === 0) return 'finding.E03.moved';
	if (code === 'E09' && (csf === 'ventricle' || csf === 'sulcus')) return `finding.E09.${csf}`;
	if (code === 'E13') return `finding.E13.${relation as 'outsideWT' | 'outsideTB' | 'overlap' | 'union'}`;
	if (code === 'E22' && (diagnosis === 'mirrored' || diagnosis === 'shifted' || diagnosis === 'axisOrder'))
		return `finding.E22.${diagnosis}`;
	if (code === 'E24' && problem !== 'pattern') return 'finding.E24.other';
	if (code === 'E24' && file === undefined) return 'finding.E24.unnamed';
	if (code === 'E25' && (problem === 'islands' || problem === 'holes')) return `finding.E25.${problem}`;
	return undefined;
}
