import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import findings from '../../../content/policy/findings.json' with { type: 'json' };
import { cardKey } from '../../../src/learning/cards.ts';
import { drawingsOf, trialsOfDrawing, unaidedTrials } from '../../../src/learning/drawing.ts';
import { foldLearner, type LearnerState } from '../../../src/learning/fold.ts';
import { masteryOf } from '../../../src/learning/mastery.ts';
import { passMark } from '../../../src/learning/regionScores.ts';
import { gradeAnswer } from '../../../src/learning/trial.ts';
import type { LearnerEvent } from '../../../src/schemas/learnerEvent.ts';
import { answered, catalogue, day, drawing, gone, iso, lessonRead, marks, options, policy } from './learner.ts';

const fold = (events: readonly LearnerEvent[], now: Date, drawings = [] as ReturnType<typeof drawing>[]) =>
	foldLearner(events, drawings, now, options);
const card = (state: LearnerState, rule: string, form: 'question' | 'drill' | 'drawing') =>
	state.cards.get(cardKey(rule, form));
const daysUntil = (due: string | undefined, from: Date) => (Date.parse(due ?? '') - from.getTime()) / 86_400_000;

describe('the grade of an answer', () => {
	it.each([
		['wrong', { score: 0 }, 'again'],
		['half right', { score: 0.5 }, 'hard'],
		['right, slowly', { score: 1, seconds: 50 }, 'good'],
		['right and fast', { score: 1, seconds: 5 }, 'easy'],
		['right, with what would fail an exam', { score: 1, seconds: 5, hardFail: true as const }, 'again'],
	])('%s', (_, fields, grade) => {
		expect(gradeAnswer(answered(iso(0), fields), policy)).toBe(grade);
	});
});

describe('a schedule', () => {
	it('has one card a rule and form', () => {
		const events = [
			answered(iso(0), { rules: ['R6-8a', 'R6-8b'] }),
			answered(iso(0, 1), { form: 'drill', item: 'drill:end-slices:ring-01', rules: ['R6-8b'] }),
		];
		expect([...fold(events, day(0, 2)).cards.keys()].sort()).toEqual(
			['R6-8a question', 'R6-8b drill', 'R6-8b question'].sort(),
		);
	});

	it('moves with time: what was known comes due, and goes further away each time it is known', () => {
		const events = [answered(iso(0))];
		let now = day(0);
		let before = 0;
		for (let n = 0; n < 4; n++) {
			const { due, nextDue } = fold(events, now);
			expect(due).toEqual([]);
			const days = daysUntil(nextDue, now);
			expect(days).toBeGreaterThan(before + 0.9);
			// At nine in ten the interval is the stability itself, and nothing is left to chance.
			const stability = card(fold(events, now), 'R6-8b', 'question')!.stabilityDays;
			expect(days).toBe(Math.min(Math.round(stability), policy.fsrs.maximumIntervalDays));
			before = days;
			now = new Date(nextDue ?? '');
			expect(fold(events, new Date(now.getTime() - 60_000)).due).toEqual([]);
			expect(fold(events, now).due.map(({ rule }) => rule)).toEqual(['R6-8b']);
			events.push(answered(now.toISOString()));
		}
	});

	it('brings back what was wrong before what was right, and lets the chance of remembering fall', () => {
		const right = answered(iso(0), { rules: ['R6-8a'] });
		const wrong = answered(iso(0), { rules: ['R6-8b'], score: 0 });
		const state = fold([right, wrong], day(0, 20));
		expect(state.due.map(({ rule }) => rule)).toEqual(['R6-8b']);
		expect(state.nextDue).toBe(card(state, 'R6-8a', 'question')?.due);
		const later = fold([right, wrong], day(9));
		expect(later.due.map(({ rule }) => rule)).toEqual(['R6-8b', 'R6-8a']);
		expect(card(later, 'R6-8a', 'question')!.retrievability).toBeLessThan(
			card(state, 'R6-8a', 'question')!.retrievability,
		);
	});

	it('leaves a rule in peace that came due in one form and was tried in another, until that one comes due', () => {
		const drilled = answered(iso(0), { form: 'drill', item: 'drill:end-slices:ring-01', score: 0 });
		expect(fold([drilled], day(1)).due.map(({ form }) => form)).toEqual(['drill']);
		const asked = answered(iso(1));
		expect(fold([drilled, asked], day(1, 1)).due).toEqual([]);
		const later = fold([drilled, asked], new Date(card(fold([asked], day(1)), 'R6-8b', 'question')?.due ?? ''));
		expect(later.due.map(({ form }) => form)).toEqual(['question']);
		// Tried in another form before it came due, it comes due all the same.
		const early = answered(iso(0, 1));
		expect(fold([drilled, early], day(1)).due.map(({ form }) => form)).toContain('drill');
	});

	it('never waits longer than the policy says', () => {
		const events: LearnerEvent[] = [];
		for (let n = 0; n < 12; n++) events.push(answered(iso(n * 200), { seconds: 3 }));
		const now = day(11 * 200);
		expect(daysUntil(card(fold(events, now), 'R6-8b', 'question')?.due, now)).toBeLessThanOrEqual(
			policy.fsrs.maximumIntervalDays,
		);
		expect(daysUntil(card(fold(events, now), 'R6-8b', 'question')?.due, now)).toBeGreaterThan(100);
	});

	it('is the same whatever the order of the lists, twice or once', () => {
		const rule = fc.constantFrom('R6-8a', 'R6-8b', 'R4-1b');
		const one = fc.record({ days: fc.nat(60), minutes: fc.nat(600), rule, score: fc.constantFrom(0, 0.6, 1) });
		fc.assert(
			fc.property(fc.array(one, { maxLength: 20 }), fc.gen(), (list, gen) => {
				const events = list.map(({ days, minutes, rule: id, score }) =>
					answered(iso(days, minutes), { rules: [id], score }),
				);
				const drawings = list.slice(0, 4).map(({ days }, n) => drawing(iso(days, n), { attemptId: `a${n}` }));
				const now = day(61);
				const mixed = gen(fc.shuffledSubarray, [...events, ...events], { minLength: 2 * events.length });
				const turned = [...drawings].reverse();
				expect(foldLearner(mixed, turned, now, options)).toEqual(foldLearner(events, drawings, now, options));
			}),
		);
	});

	it('knows nothing of what is still to come, nor of rules that there are not', () => {
		const state = fold([answered(iso(5)), answered(iso(0), { rules: ['R9-1'] }), lessonRead(iso(6), 'scope')], day(1));
		expect([state.cards.size, state.answered.size, state.lessons.size]).toEqual([0, 1, 0]);
	});
});

describe('mastery of a rule', () => {
	const good = { grade: 'good', hardFail: false } as const;
	const easy = { grade: 'easy', hardFail: false } as const;
	const below = { grade: 'hard', hardFail: false } as const;
	const wrong = { grade: 'again', hardFail: false } as const;
	const hard = { grade: 'again', hardFail: true } as const;
	it.each([
		['never tried', [], 'new'],
		['known once', [good], 'learning'],
		['known twice', [good, good], 'learning'],
		['known three times in a row', [wrong, good, easy, good], 'mastered'],
		['known, but not in a row', [good, good, below, good], 'learning'],
		['mastered, then wrong once', [good, good, good, wrong], 'learning'],
		['wrong twice in a row', [good, good, good, wrong, wrong], 'weak'],
		['wrong the first time', [wrong], 'weak'],
		['below good the first time', [below], 'learning'],
		['known, then a hard fail', [good, good, hard], 'weak'],
	] as const)('%s', (_, trials, mastery) => {
		expect(masteryOf(trials, policy)).toBe(mastery);
	});

	it('is told of every rule of the catalogue, whatever the form it was met in', () => {
		const events = [answered(iso(0)), answered(iso(1), { form: 'drill', item: 'drill:end-slices:ring-01' })];
		const state = fold(events, day(3), [drawing(iso(2))]);
		expect(state.mastery.size).toBe(catalogue.rules.length);
		expect(state.mastery.get('R6-8b')).toBe('mastered');
		expect(state.mastery.get('R7-1')).toBe('new');
	});
});

describe('a drawing', () => {
	const graded = (given: Parameters<typeof drawing>[1]) =>
		new Map(trialsOfDrawing(drawing(iso(0), given), policy).map((trial) => [trial.rule, trial]));

	it('breaks the rules of its findings: major and hard ones again, minor ones hard', () => {
		const trials = graded({
			findings: [
				{ code: 'E10', rules: ['R6-8b'], severity: 'hard', hardFail: 'HF3', region: 'WT' },
				{ code: 'E17', rules: ['R4-2b', 'R4-4c'], severity: 'major', hardFail: null, region: 'TB' },
				{ code: 'E03', rules: ['R6-4a'], severity: 'minor', hardFail: null, region: 'WT' },
			],
		});
		expect(trials.get('R6-8b')).toMatchObject({ grade: 'again', hardFail: true });
		expect(trials.get('R4-2b')).toMatchObject({ grade: 'again', hardFail: false });
		expect(trials.get('R6-4a')).toMatchObject({ grade: 'hard', hardFail: false });
	});

	it('takes the worse of two findings on a rule, in whatever order', () => {
		const minor = { code: 'E11', rules: ['R6-8b'], severity: 'minor', hardFail: null, region: 'ET' } as const;
		const hard = { code: 'E10', rules: ['R6-8b'], severity: 'hard', hardFail: 'HF3', region: 'WT' } as const;
		for (const list of [
			[minor, hard],
			[hard, minor],
		])
			expect(graded({ findings: list }).get('R6-8b')).toMatchObject({ grade: 'again', hardFail: true });
	});

	it('keeps the others that were looked at, as well as the region’s mark says', () => {
		expect(graded({}).get('R6-8b')?.grade).toBe('good');
		expect(graded({ tier: 'excellent', minutes: 5 }).get('R6-8b')?.grade).toBe('easy');
		expect(graded({ tier: 'excellent', minutes: 25 }).get('R6-8b')?.grade).toBe('good');
		expect(graded({ tier: 'qualified' }).get('R4-1b')?.grade).toBe('hard');
		// Whether a slice was skipped has nothing to do with how well the rest fits.
		expect(graded({ tier: 'qualified' }).get('R6-8a')?.grade).toBe('good');
	});

	it('tells nothing of what was not looked for or not drawn', () => {
		expect(graded({}).has('R6-2')).toBe(true);
		expect(graded({ unchecked: ['confounders'] }).has('R6-2')).toBe(false);
		expect(graded({ drawn: ['ET'] }).has('R4-1b')).toBe(false);
		expect(graded({ drawn: ['ET'] }).has('R4-N2')).toBe(false);
		expect(graded({ drawn: ['ET', 'NE'] }).has('R4-N2')).toBe(true);
		expect(graded({}).has('R6-6b')).toBe(false);
		expect(graded({ lesions: 3 }).has('R6-6b')).toBe(true);
		expect(graded({}).has('R5-3')).toBe(false);
		expect(graded({ family: 'meningioma', duralRecall: 0.8 }).has('R5-3')).toBe(true);
		const missed = { code: 'E01', rules: ['R4-1b'], severity: 'major', hardFail: null, region: 'WT' } as const;
		expect(graded({ drawn: ['ET'], findings: [missed] }).has('R4-1b')).toBe(false);
		expect(
			trialsOfDrawing({ ...drawing(iso(0)), report: { ...drawing(iso(0)).report, findings: null } }, policy),
		).toEqual([]);
	});

	it('counts for a rule as it was first scored: what came after was put right with help', () => {
		const fault = { code: 'E10', rules: ['R6-8b'], severity: 'hard', hardFail: 'HF3', region: 'WT' } as const;
		const first = drawing(iso(0, 0), { attemptId: 'a', drawn: ['WT'], findings: [fault] });
		const second = drawing(iso(0, 9), { attemptId: 'a' });
		const trials = unaidedTrials([first, second], policy);
		expect(trials.filter(({ rule }) => rule === 'R6-8b')).toMatchObject([{ at: iso(0, 0), grade: 'again' }]);
		expect(trials.filter(({ rule }) => rule === 'R4-N2')).toMatchObject([{ at: iso(0, 9), grade: 'good' }]);
	});

	it('comes from attempts made to practise, from the oldest score, with its case’s family', () => {
		const { report } = drawing(iso(0));
		const attempt = (id: string, caseId: string, purpose: string, ...times: string[]) => ({
			attempt: { id, caseId, purpose },
			reports: times.map((at, n) => ({ at, activeMs: n, report })),
		});
		const listed = [
			attempt('b', 'mine', 'practice', iso(1)),
			attempt('a', 'pcnsl-1', 'practice', iso(0), iso(2)),
			attempt('c', 'glioma-1', 'reference', iso(0)),
		];
		const found = drawingsOf(listed, options.families);
		expect(found.map(({ attemptId, at, family, activeMs }) => [attemptId, at, family, activeMs])).toEqual([
			['a', iso(0), 'pcnsl', 0],
			['b', iso(1), undefined, 0],
			['a', iso(2), 'pcnsl', 1],
		]);
		expect(foldLearner([], found, day(3), options).regions.every(({ family }) => family === 'pcnsl')).toBe(true);
	});

	it('is read by rules that findings are about, and only by them', () => {
		const told = new Set(findings.errors.flatMap(({ rules }) => rules));
		expect(policy.drawn.map(({ rule }) => rule).filter((rule) => !told.has(rule))).toEqual([]);
		expect(new Set(policy.drawn.map(({ rule }) => rule)).size).toBe(policy.drawn.length);
		// These are told by files and tools, and a drawing by hand does not say that they were kept.
		const left = [...told].filter((rule) => !policy.drawn.some((each) => each.rule === rule));
		expect(left.sort()).toEqual(['R3.2-3', 'R3.2-4', 'R6-4b', 'R6-5c']);
	});
});

describe('scores of regions', () => {
	it('are series by family and region, with a moving mean of five and its interval', () => {
		const dice = [0.6, 0.7, 0.8, 0.8, 0.9, 1];
		const drawings = dice.map((value, n) => drawing(iso(n), { dice: value }));
		const series = fold([], day(9), drawings).regions;
		expect(series.map(({ family, region }) => `${family} ${region}`)).toEqual([
			'glioma WT',
			'glioma ET',
			'glioma TB',
			'glioma NE',
		]);
		const { points, passMark: cut } = series[0]!;
		expect(cut).toBe(0.85);
		expect(points.map((point) => point.dice)).toEqual(dice);
		expect(points[0]).toMatchObject({ mean: 0.6, interval: null });
		expect(points[1]?.mean).toBeCloseTo(0.65, 9);
		expect(points[5]?.mean).toBeCloseTo(0.84, 9);
		// Five values 0.7 0.8 0.8 0.9 1: s = 0.114018, t(4) = 2.132.
		const half = (2.132 * 0.1140175) / Math.sqrt(5);
		expect(points[5]?.interval?.[0]).toBeCloseTo(0.84 - half, 5);
		expect(points[5]?.interval?.[1]).toBeCloseTo(0.84 + half, 5);
	});

	it('have one point an attempt, of the first score, and none where nothing was drawn', () => {
		const first = drawing(iso(0), { attemptId: 'a', dice: 0.5, drawn: ['WT'] });
		const second = drawing(iso(0, 5), { attemptId: 'a', dice: 0.9 });
		const series = fold([], day(1), [first, second]).regions;
		const points = new Map(series.map((each) => [each.region, each.points.map((point) => point.dice)]));
		expect(points).toEqual(
			new Map([
				['WT', [0.5]],
				['ET', [0.9]],
				['TB', [0.9]],
				['NE', [0.9]],
			]),
		);
	});

	it('tell the drawings that would fail an exam, and stay within what Dice can be', () => {
		const fault = { code: 'E10', rules: ['R6-8b'], severity: 'hard', hardFail: 'HF3', region: 'WT' } as const;
		const drawings = [drawing(iso(0), { dice: 0.1, findings: [fault] }), drawing(iso(1), { dice: 0.99 })];
		const series = fold([], day(2), drawings).regions;
		expect(series[0]?.points.map(({ hardFail }) => hardFail)).toEqual([true, false]);
		expect(series[1]?.points.map(({ hardFail }) => hardFail)).toEqual([false, false]);
		expect(series[0]?.points[1]?.interval).toEqual([0, 1]);
	});

	it('have the marks of the policy to pass', () => {
		expect(passMark('glioma', 'NE', marks)).toBe(0.7);
		expect(passMark('pcnsl', 'EN', marks)).toBe(0.84);
		expect(passMark('metastasis', 'EN', marks)).toBe(0.82);
		expect(passMark('hpc_sft', 'ED', marks)).toBe(0.75);
		expect(passMark('pcnsl', 'TB', marks)).toBeUndefined();
		expect(passMark('glioma', 'WT', { ...marks, sets: [...marks.sets].reverse() })).toBe(0.85);
	});
});

describe('what was done', () => {
	it('is remembered: lessons, worked cases, answers, cases drawn', () => {
		const state = fold(
			[lessonRead(iso(0), 'scope'), gone(iso(0), 'glioma'), answered(iso(1)), answered(iso(2))],
			day(3),
			[drawing(iso(2, 5), { family: 'pcnsl' })],
		);
		expect([...state.lessons]).toEqual(['scope']);
		expect([...state.worked]).toEqual(['glioma-1']);
		expect([...state.answered]).toEqual([['q-6-ends-01', iso(2)]]);
		expect([...state.drawn]).toEqual(['pcnsl-1']);
		expect(state.lastDrawing?.at).toBe(iso(2, 5));
	});
});
