import type live from './en/live.json';
import { formatNumber, formatPercent, formatQuantity, formatScore } from './format.ts';
import type { Translate } from './translate.ts';

/** What a check made while drawing tells. */
interface Told<Code extends string, Region extends string> {
	readonly code: Code;
	readonly region: Region | null;
	readonly status: 'ok' | 'attention' | 'waiting';
	readonly params: Readonly<Record<string, string | number>>;
}

type LiveKey = keyof typeof live;

/** A check in words. */
interface LiveWords {
	/** The rule in short, or, where it is kept, what was found. */
	readonly title: string;
	/** What is wrong, in numbers; only of what needs attention. */
	readonly detail: string | undefined;
}

/** Slices are counted from 1 where people read them. */
const SLICES: ReadonlySet<string> = new Set(['slice', 'from', 'to', 'end']);
const REGIONS: ReadonlySet<string> = new Set(['outer', 'enhancing', 'other']);
const SEQUENCES: ReadonlySet<string> = new Set(['sequence', 'expected']);

/** Puts a check made while drawing into words. Some codes have a sentence for each kind of fault. */
export function liveSentence<Code extends string, Region extends string, Sequence extends string>(
	{ code, region, status, params }: Told<Code, Region>,
	t: Translate<LiveKey | `region.${Region}` | `sequence.${Sequence}`>,
): LiveWords {
	const values = Object.fromEntries(
		Object.entries(params).map(([name, value]) => [name, shown<Region, Sequence>(name, value, t)]),
	);
	const filled = region === null ? values : { region: t(`region.${region}`), ...values };
	const say = (key: string) => t(key as LiveKey, filled);
	// Looking through has a sentence of its own for several lesions whatever comes of it.
	const variant = code === 'browse' ? `.${params.problem}` : '';
	const rule = code === 'sequence' && region === null ? 'live.sequence.none' : `live.${code}${variant}`;
	if (status === 'ok') return { title: say(`live.${code}.ok${variant}`), detail: undefined };
	if (status === 'waiting') return { title: say(rule), detail: undefined };
	const problem = code === 'csf' && params.from === params.to ? 'one' : params.problem;
	return { title: say(rule), detail: say(`live.${code}.attention${problem === undefined ? '' : `.${problem}`}`) };
}

function shown<Region extends string, Sequence extends string>(
	name: string,
	value: string | number,
	t: Translate<`region.${Region}` | `sequence.${Sequence}`>,
): string {
	if (typeof value === 'string') {
		// Beside the region that a check is about, others are named within the sentence.
		if (REGIONS.has(name)) return t(`region.${value as Region}`).toLowerCase();
		return SEQUENCES.has(name) ? t(`sequence.${value as Sequence}`) : value;
	}
	if (name === 'share') return formatPercent(value, 1);
	if (name === 'dice') return formatScore(value);
	if (name === 'ml') return formatQuantity(value, 'mL');
	return formatNumber(SLICES.has(name) ? value + 1 : value, 0);
}
