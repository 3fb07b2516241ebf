import { describe, expect, it } from 'vitest';
import {
	formatBytes,
	formatDate,
	formatDateTime,
	formatDuration,
	formatNumber,
	formatPercent,
	formatQuantity,
	formatScore,
} from '../../../src/i18n/format.ts';

const clock = { now: new Date('2026-11-23T12:00:00Z'), timeZone: 'Asia/Shanghai' };
const seen = (text: string) => text.replaceAll('\u00a0', '~');

describe('numbers', () => {
	it('carry a true minus', () => expect(formatNumber(-2.14, 1)).toBe('\u22122.1'));
	it('are never minus zero', () => expect([formatNumber(-0.04, 1), formatNumber(-0, 0)]).toEqual(['0.0', '0']));
	it('that are undefined are refused', () => expect(() => formatNumber(Number.NaN, 1)).toThrow('got NaN'));
	it('stay on one line with their unit', () => expect(seen(formatQuantity(6, 'mm'))).toBe('6.0~mm'));
	it('take the decimals asked for', () => expect(seen(formatQuantity(0.714, 'cm²', 2))).toBe('0.71~cm²'));
	it('as per cent close up', () => expect([formatPercent(0.914), formatPercent(0.9964, 1)]).toEqual(['91%', '99.6%']));
	it('as scores have two decimals', () => expect([formatScore(1), formatScore(0.826)]).toEqual(['1.00', '0.83']));
	it('of bytes are megabytes', () =>
		expect([0, 7_412_000, 123_400_000, 999_499_999, 999_500_000, 10.7e9, 120e9].map(formatBytes).map(seen)).toEqual([
			'0.1~MB',
			'7.4~MB',
			'123~MB',
			'999~MB',
			'1.0~GB',
			'10.7~GB',
			'120~GB',
		]));
});

describe('durations', () => {
	it('name the two largest units in Chinese', () =>
		expect([45_900, 725_000, 3_840_000].map((ms) => seen(formatDuration(ms, 'zh')))).toEqual([
			'45~秒',
			'12~分~5~秒',
			'1~小时~4~分',
		]));
	it('name the two largest units in English', () =>
		expect([0, 725_000, 90_000_000].map((ms) => seen(formatDuration(ms, 'en')))).toEqual([
			'0~s',
			'12~min~5~s',
			'25~h~0~min',
		]));
});

describe('dates', () => {
	const evening = new Date('2026-11-23T06:32:00Z');
	const newYear = new Date('2025-12-31T16:05:00Z');
	it('of this year leave it out', () => {
		expect(seen(formatDateTime(evening, 'zh', clock))).toBe('11~月~23~日 14:32');
		expect(seen(formatDateTime(evening, 'en', clock))).toBe('23~Nov, 14:32');
	});
	it('change their year in the time zone of the reader', () => {
		expect(seen(formatDateTime(newYear, 'zh', clock))).toBe('1~月~1~日 00:05');
		expect(seen(formatDate(newYear, 'en', { ...clock, timeZone: 'UTC' }))).toBe('31~Dec~2025');
		expect(seen(formatDate(newYear, 'zh', { ...clock, timeZone: 'UTC' }))).toBe('2025~年~12~月~31~日');
	});
});
