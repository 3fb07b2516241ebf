import { expect, test } from 'vitest';
import enCommon from '../../../src/i18n/en/common.json' with { type: 'json' };
import en from '../../../src/i18n/en/live.json' with { type: 'json' };
import { liveSentence } from '../../../src/i18n/liveSentence.ts';
import { translator } from '../../../src/i18n/translate.ts';
import zhCommon from '../../../src/i18n/zh/common.json' with { type: 'json' };
import zh from '../../../src/i18n/zh/live.json' with { type: 'json' };
import type { Region, Sequence } from '../../../src/protocol/protocol.ts';
import { LIVE_CODES, type LiveCheck, type LiveCode } from '../../../src/scoring/live/live.ts';

type Told = Pick<LiveCheck, 'code' | 'region' | 'status' | 'params'>;

/** What each code may tell beside its status: one entry for each sentence. */
const TOLD: Record<LiveCode, readonly Partial<Told>[]> = {
	csf: [
		{ region: 'WT', params: { ml: 1.54, from: 20, to: 22 } },
		{ region: 'WT', params: { ml: 1.54, from: 20, to: 20 } },
	],
	ends: [
		{ region: 'WT', params: { problem: 'first', end: 16, slice: 15 } },
		{ region: 'WT', params: { problem: 'last', end: 28, slice: 29 } },
	],
	gaps: [{ region: 'WT', params: { slice: 21, count: 2 } }],
	sequence: [{ region: 'WT', params: { sequence: 'T2', expected: 'FLAIR' } }],
	first: [{ region: 'WT', params: { outer: 'WT', enhancing: 'ET', other: 'TB' } }],
	nesting: [{ region: 'TB', params: { outer: 'WT', share: 0.9962 } }],
	overlap: [{ region: 'NE', params: { share: 0.123 } }],
	oedema: [{ region: 'ED', params: { share: 0.2 } }],
	union: [{ region: 'TB', params: { dice: 0.712 } }],
	browse: [
		{ params: { problem: 'one', sequence: 'FLAIR', seen: 3, slices: 36 } },
		{ params: { problem: 'several', sequence: 'T1C', seen: 79, slices: 80 } },
	],
	compare: [{ region: 'ET', params: { sequence: 'T1', slice: 4, count: 3 } }],
	window: [{ params: {} }],
	lesions: [{ params: { problem: 'fewer', told: 3, drawn: 2 } }, { params: { problem: 'more', told: 1, drawn: 2 } }],
	specks: [
		{ region: 'WT', params: { problem: 'islands', count: 12 } },
		{ region: 'WT', params: { problem: 'holes', count: 12 } },
	],
	proposal: [{ region: 'ET', params: {} }],
};

const WORDS = {
	zh: { live: zh as Record<string, string>, t: translator({ ...zhCommon, ...zh }) },
	en: { live: en as Record<string, string>, t: translator({ ...enCommon, ...en }) },
};

for (const [locale, { live, t }] of Object.entries(WORDS)) {
	test(`every code has its sentences in ${locale}, and no other is there`, () => {
		const used = new Set<string>();
		const note = ((key, params) => {
			used.add(key);
			return t(key, params);
		}) as typeof t;
		for (const code of LIVE_CODES)
			for (const told of TOLD[code])
				for (const status of ['ok', 'waiting', 'attention'] as const) {
					const check = { code, region: null, params: {}, status, ...told };
					const { title, detail } = liveSentence<LiveCode, Region, Sequence>(check, note);
					expect(title).not.toMatch(/[{}]|undefined|NaN/);
					expect(detail === undefined).toBe(status !== 'attention');
					expect(detail ?? '').not.toMatch(/[{}]|undefined|NaN/);
				}
		liveSentence<LiveCode, Region, Sequence>({ code: 'sequence', region: null, status: 'waiting', params: {} }, note);
		const others = ['heading', 'open', 'none', 'go', 'own', 'status.attention', 'status.ok', 'status.waiting'];
		const sentences = [...used].filter((key) => key.startsWith('live.'));
		expect([...sentences, ...others.map((key) => `live.${key}`)].sort()).toEqual(Object.keys(live).sort());
	});
}

test('slices are counted from 1, shares told to a tenth of a per cent, regions and sequences by name', () => {
	const say = (check: Told, locale: 'zh' | 'en') => liveSentence<LiveCode, Region, Sequence>(check, WORDS[locale].t);
	const ends = { code: 'ends', region: 'WT', status: 'attention', params: TOLD.ends[0]!.params! } as const;
	expect(say(ends, 'zh').detail).toBe('全肿瘤从第 17 层画起，第 16 层还没看过。');
	expect(say(ends, 'en').detail).toBe('Whole tumour: you draw from slice 17, slice 16 has not been looked at.');
	const csf = { code: 'csf', region: 'WT', status: 'attention', params: TOLD.csf[0]!.params! } as const;
	expect(say(csf, 'zh').detail).toBe('第 21–23 层有 1.5\u00a0mL 像脑脊液：T2WI 高、FLAIR 低。');
	const nesting = { code: 'nesting', region: 'TB', status: 'ok', params: TOLD.nesting[0]!.params! } as const;
	expect(say(nesting, 'zh').title).toBe('瘤体在全肿瘤之内 99.6%');
	const compare = { code: 'compare', region: 'ET', status: 'waiting', params: { sequence: 'T1' } } as const;
	expect(say(compare, 'zh').title).toBe('强化要对照 T1WI 平扫');
});
