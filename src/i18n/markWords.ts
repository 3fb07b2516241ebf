import { formatNumber, formatPercent, formatQuantity, formatScore } from './format.ts';
import type { Translate } from './translate.ts';

/** What of a mark is put into words. */
interface Marked<Region extends string, Kind extends string, Reason extends string> {
	readonly measure: Kind;
	readonly region: Region;
	readonly fromMm: number | null;
	readonly toMm: number | null;
	readonly toleranceMm: number | null;
	readonly value:
		| { readonly kind: 'value'; readonly value: number }
		| { readonly kind: 'undefined'; readonly reason: Reason };
}

/** What was marked: the region, the figure, the size of the lesions meant. */
export function markName<Region extends string, Kind extends string>(
	{ measure, region, fromMm, toMm, toleranceMm }: Marked<Region, Kind, string>,
	t: Translate<`region.${Region}` | `mark.${Kind}` | 'mark.lesions' | 'mark.lesionsTo'>,
): string {
	const figure = t(`mark.${measure}`, { mm: toleranceMm === null ? '' : formatNumber(toleranceMm, 1) });
	const name = `${t(`region.${region}`)} ${figure}`;
	if (fromMm === null) return name;
	return `${name} ${toMm === null ? t('mark.lesions', { from: fromMm }) : t('mark.lesionsTo', { from: fromMm, to: toMm })}`;
}

/** The figure itself, or why there is none. */
export function markValue<Kind extends string, Reason extends string>(
	{ measure, value }: Pick<Marked<string, Kind, Reason>, 'measure' | 'value'>,
	t: Translate<`undefined.${Reason}`>,
): string {
	if (value.kind === 'undefined') return t(`undefined.${value.reason}`);
	if (measure === 'volumeMl') return formatQuantity(value.value, 'mL', 2);
	if (measure === 'recall' || measure === 'duralRecall') return formatPercent(value.value);
	if (measure === 'falsePositives') return formatNumber(value.value, 0);
	return formatScore(value.value);
}
