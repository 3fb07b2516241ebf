import { describe, expect, it } from 'vitest';
import type { HomeContext, HomeData } from '../../../../src/components/learn/home/homeData.ts';
import { toldStep } from '../../../../src/components/learn/home/toldStep.ts';
import type { Learner } from '../../../../src/components/learn/loadLearner.ts';
import enCommon from '../../../../src/i18n/en/common.json';
import en from '../../../../src/i18n/en/learn.json';
import { LOCALES, type Locale } from '../../../../src/i18n/locales.ts';
import { translator } from '../../../../src/i18n/translate.ts';
import zhCommon from '../../../../src/i18n/zh/common.json';
import zh from '../../../../src/i18n/zh/learn.json';
import { foldLearner } from '../../../../src/learning/fold.ts';
import { type NextStep, nextSteps } from '../../../../src/learning/nextSteps.ts';
import type { PathPlace } from '../../../../src/learning/path.ts';
import { answered, catalogue, day, iso, options, policy } from '../../learning/learner.ts';

const data = (locale: Locale): HomeData => ({
	locale,
	words: locale === 'zh' ? zh : en,
	terms: locale === 'zh' ? zhCommon : enCommon,
	rules: catalogue.rules.map(({ id, source, text }) => ({ id, clause: source, text: text[locale] })),
	lessons: [{ slug: 'principles', order: 7, title: 'P', minutes: 10, rules: ['R6-8b'] }],
	workedCases: [{ id: 'fig-1', title: 'Fig 1' }],
	pictures: { 'lesson:principles': 'ends' },
	picturesUrl: `/${locale}/learn/pictures.json`,
});
const context = (locale: Locale): HomeContext => ({
	data: data(locale),
	t: translator(data(locale).words),
	terms: translator(data(locale).terms),
	now: day(0),
});
const learner: Learner = {
	state: foldLearner([], [], day(0), options),
	events: [],
	isNew: true,
	cases: [],
	titles: new Map([['ring-01', { zh: '环形', en: 'Ring' }]]),
	unreadable: 0,
	policy,
};
const place = (fields: Partial<PathPlace> = {}): PathPlace => ({
	family: 'glioma',
	stage: 'region',
	good: 1,
	needed: 3,
	steppedBack: false,
	lastAt: iso(0),
	...fields,
});
const way = (kind: 'worked' | 'repair' | 'region' | 'case' | 'delayed', caseId: string | undefined): NextStep => ({
	kind,
	minutes: 8,
	family: 'glioma',
	caseId,
	place: place({ stage: kind }),
});
const where = { sequence: 'FLAIR', slice: 15, xyzMm: [0, 0, 0] } as const;
const fix = { kind: 'fix', minutes: 5, attemptId: 'a1', caseId: 'ring-01', region: 'WT', rules: ['R6-8b'] } as const;

describe('a step in words', () => {
	it.each<[string, NextStep, string]>([
		['faults to put right lead to the attempt', { ...fix, where }, 'practice/?case=ring-01&attempt=a1'],
		['so do those without a place', { ...fix, where: null }, 'practice/?case=ring-01&attempt=a1'],
		['what is due leads to a review', { kind: 'review', minutes: 4, rules: ['R6-8b', 'R4-1a'], weak: 1 }, 'review/'],
		[
			'a lesson leads to it',
			{ kind: 'lesson', minutes: 9, lesson: 'principles', weak: 0, fresh: 3 },
			'lessons/principles/',
		],
		['an example leads to the worked case', way('worked', 'fig-1'), 'worked/fig-1/'],
		['a repair leads to the drill', way('repair', undefined), 'drills/repair/'],
		['a region leads to the case', way('region', 'ring-01'), 'practice/?case=ring-01'],
		['a case leads to it', way('case', 'ring-01'), 'practice/?case=ring-01'],
		['a case of a family that has none left leads to the family', way('delayed', undefined), 'cases/?family=glioma'],
		['a mock exam, which is not there yet, leads to the cases', { kind: 'mock', minutes: 60 }, 'cases/'],
	])('%s', (_, step, href) => {
		for (const locale of LOCALES) {
			const told = toldStep(step, learner, context(locale));
			expect(told.href).toBe(`/${locale}/${href}`);
			expect(told.minutes).toBe(step.minutes);
			for (const words of [told.title, told.why, told.action]) expect(words).toMatch(/\S/);
		}
	});

	it('has the picture of its lesson, else the thumbnail of its case', () => {
		const lesson = { kind: 'lesson', minutes: 9, lesson: 'principles', weak: 0, fresh: 3 } as const;
		expect(toldStep(lesson, learner, context('en')).picture).toEqual({ kind: 'still', id: 'ends' });
		const thumbnail = { file: 'thumbnail.png', sequence: 'FLAIR', bytes: 1, sha256: 'f'.repeat(64) } as const;
		const title = { zh: '环形', en: 'Ring' };
		const listed = {
			id: 'ring-01',
			title,
			subtitle: title,
			family: 'glioma',
			synthetic: true,
			bytes: 1,
			thumbnail,
		} as const;
		expect(toldStep(way('region', 'ring-01'), { ...learner, cases: [listed] }, context('en')).picture).toEqual({
			kind: 'thumbnail',
			src: `/cases/ring-01/thumbnail.png?v=${'f'.repeat(16)}`,
			alt: 'Ring',
		});
		expect(toldStep(way('region', 'ring-01'), learner, context('en')).picture).toBeUndefined();
	});

	it('names the slice as the reader counts it, and the case by its title', () => {
		const { title, why } = toldStep({ ...fix, where }, learner, context('en'));
		expect(title).toContain('Ring');
		expect(why).toContain('FLAIR, slice 16');
	});

	it('says how far it is, or that it goes a step back', () => {
		const why = (fields: Partial<PathPlace>) =>
			toldStep(
				{ kind: 'region', minutes: 8, family: 'glioma', caseId: 'ring-01', place: place(fields) },
				learner,
				context('en'),
			).why;
		expect(why({ good: 2 })).toContain('2 of 3');
		expect(why({ steppedBack: true })).toContain('failed twice');
	});

	it('is there for whatever a learner may have to do', () => {
		const offer = {
			lessons: data('en').lessons,
			cases: [{ id: 'ring-01', family: 'glioma' as const }],
			workedCases: ['fig-1'],
		};
		const events = [answered(iso(0), { score: 0 })];
		const steps = nextSteps(foldLearner(events, [], day(3), options), offer, policy);
		expect(steps.map(({ kind }) => kind)).toEqual(['review', 'worked', 'lesson']);
		for (const step of steps) expect(toldStep(step, learner, context('zh')).title).toMatch(/\S/);
	});
});
