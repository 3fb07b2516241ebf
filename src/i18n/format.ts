import { LANGUAGE_TAG, type Locale } from './locales.ts';

/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00a0';
/** Chinese sets a space between digits and Chinese words as well. */
const DURATION_WORDS = {
	zh: { hours: '小时', minutes: '分', seconds: '秒' },
	en: { hours: 'h', minutes: 'min', seconds: 's' },
} as const satisfies Record<Locale, unknown>;

/**
 * A number with a fixed count of decimals and a true minus (U+2212). Never "−0".
 * Throws on NaN and ±∞: an undefined measure has words of its own.
 */
export function formatNumber(value: number, decimals: number): string {
	if (!Number.isFinite(value)) throw new Error(`got ${value}, expected a finite number`);
	const text = Math.abs(value).toFixed(decimals);
	return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
}

/** A number and its unit, not to be broken: `6.0 mm`, `73.8 mL`, `0.7 cm²`. One decimal unless told. */
export function formatQuantity(value: number, unit: 'mm' | 'mL' | 'cm²', decimals = 1): string {
	return formatNumber(value, decimals) + NO_BREAK + unit;
}

/** A fraction of 1 as per cent: 0.914 gives `91%`. */
export function formatPercent(fraction: number, decimals = 0): string {
	return `${formatNumber(fraction * 100, decimals)}%`;
}

/** A score from 0 to 1, as Dice, sensitivity and precision are shown: two decimals. */
export function formatScore(score: number): string {
	return formatNumber(score, 2);
}

/** A size in bytes as megabytes (10⁶ bytes), at least `0.1 MB`, from 1000 of them as gigabytes: `7.4 MB`, `123 MB`, `2.1 GB`. */
export function formatBytes(bytes: number): string {
	if (bytes >= 999.5e6) return `${formatNumber(bytes / 1e9, bytes < 99.95e9 ? 1 : 0)}${NO_BREAK}GB`;
	const megabytes = Math.max(bytes / 1e6, 0.1);
	return `${formatNumber(megabytes, megabytes < 100 ? 1 : 0)}${NO_BREAK}MB`;
}

/** A length of time in whole units, the two largest: `45 秒`, `12 分 5 秒`, `1 小时 4 分`. Range: milliseconds ≥ 0. */
export function formatDuration(milliseconds: number, locale: Locale): string {
	const words = DURATION_WORDS[locale];
	const seconds = Math.floor(milliseconds / 1000);
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	const part = (count: number, word: string) => count + NO_BREAK + word;
	if (minutes === 0) return part(seconds, words.seconds);
	if (hours === 0) return [part(minutes, words.minutes), part(seconds % 60, words.seconds)].join(NO_BREAK);
	return [part(hours, words.hours), part(minutes % 60, words.minutes)].join(NO_BREAK);
}

/** Where and when a date is read. */
export interface Clock {
	/** The present: dates of the same year are shown without it. */
	readonly now: Date;
	/** IANA name; the reader's own when absent. */
	readonly timeZone?: string;
}

/** A date with its time of day, 24 hours: `11 月 23 日 14:32`, `23 Nov, 14:32`; other years name the year. */
export function formatDateTime(date: Date, locale: Locale, clock: Clock): string {
	const time = datePart(date, locale, clock, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
	return formatDate(date, locale, clock) + (locale === 'zh' ? ' ' : ', ') + time;
}

/** A date without its time: `11 月 23 日`, `23 Nov`; other years name the year. */
export function formatDate(date: Date, locale: Locale, clock: Clock): string {
	const part = (options: Intl.DateTimeFormatOptions, when = date) => datePart(when, locale, clock, options);
	const year = (when: Date) => Number.parseInt(part({ year: 'numeric' }, when), 10);
	const otherYear = year(date) === year(clock.now) ? undefined : year(date);
	const day = Number.parseInt(part({ day: 'numeric' }), 10);
	if (locale === 'zh') {
		const month = Number.parseInt(part({ month: 'numeric' }), 10);
		return (otherYear ? [otherYear, '年', month, '月', day, '日'] : [month, '月', day, '日']).join(NO_BREAK);
	}
	const month = part({ month: 'short' });
	return (otherYear ? [day, month, otherYear] : [day, month]).join(NO_BREAK);
}

/** Making one takes longer than using it a hundred times, and the saved mark shows the time at every stroke. */
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function datePart(date: Date, locale: Locale, { timeZone }: Clock, options: Intl.DateTimeFormatOptions): string {
	const all = timeZone === undefined ? options : { ...options, timeZone };
	const key = `${locale} ${JSON.stringify(all)}`;
	const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale === 'zh' ? LANGUAGE_TAG.zh : 'en-GB', all);
	dateFormats.set(key, format);
	return format.format(date);
}
