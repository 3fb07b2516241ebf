import { describe, expect, it } from 'vitest';
import { foldLearner } from '../../../src/learning/fold.ts';
import { nextSteps, type Offer } from '../../../src/learning/nextSteps.ts';
import type { PathPlace } from '../../../src/learning/path.ts';
import type { Family } from '../../../src/protocol/protocol.ts';
import type { LearnerEvent } from '../../../src/schemas/learnerEvent.ts';
import { answered, day, drawing, families, gone, iso, lessonRead, options, policy, repaired } from './learner.ts';

type Drawings = readonly ReturnType<typeof drawing>[];
const fold = (events: readonly LearnerEvent[], drawings: Drawings = [], now = day(50)) =>
	foldLearner(events, drawings, now, options);
const place = (events: readonly LearnerEvent[], drawings: Drawings = [], family: Family = 'glioma'): PathPlace =>
	fold(events, drawings).paths.find((each) => each.family === family)!;

const upToRegion = (from = 0, family: Family = 'glioma') => [
	gone(iso(from), family),
	...[1, 2, 3].map((n) => repaired(iso(from, n), family)),
];
const fault = { code: 'E10', rules: ['R6-8b'], severity: 'hard', hardFail: 'HF3', region: 'WT' } as const;
const oneRegion = (n: number, given: object = {}) => drawing(iso(n), { drawn: ['WT'], attemptId: `r${n}`, ...given });
/** A whole case that is good at last, but not at once. */
const bettered = (n: number, given: object = {}) => [
	drawing(iso(n), { attemptId: `c${n}`, tier: 'below', ...given }),
	drawing(iso(n, 9), { attemptId: `c${n}`, ...given }),
];

describe('the way of a learner', () => {
	it('begins with an expert’s example, and with repairs where there is none', () => {
		expect(place([])).toMatchObject({ stage: 'worked', good: 0, needed: 1, lastAt: undefined });
		expect(place([], [], 'hpc_sft')).toMatchObject({ stage: 'repair', good: 0, needed: 3 });
	});

	it('goes on after three good ones in a row', () => {
		expect(place([gone(iso(0), 'glioma')])).toMatchObject({ stage: 'repair', good: 0 });
		const two = [gone(iso(0), 'glioma'), repaired(iso(1), 'glioma'), repaired(iso(2), 'glioma')];
		expect(place(two)).toMatchObject({ stage: 'repair', good: 2, needed: 3, lastAt: iso(2) });
		expect(place([...two, repaired(iso(3), 'glioma', 0.6)])).toMatchObject({ stage: 'repair', good: 0 });
		expect(place(upToRegion())).toMatchObject({ stage: 'region', good: 0 });
		expect(
			place(
				upToRegion(),
				[1, 2].map((n) => oneRegion(n)),
			),
		).toMatchObject({ stage: 'region', good: 2 });
		expect(
			place(
				upToRegion(),
				[1, 2, 3].map((n) => oneRegion(n)),
			),
		).toMatchObject({ stage: 'case' });
	});

	it('is not passed by a drawing that would fail an exam, or is below good', () => {
		const failing = oneRegion(3, { findings: [fault] });
		expect(place(upToRegion(), [oneRegion(1), oneRegion(2), failing])).toMatchObject({ stage: 'region', good: 0 });
		const poor = oneRegion(3, { tier: 'qualified' });
		expect(place(upToRegion(), [oneRegion(1), oneRegion(2), poor])).toMatchObject({ stage: 'region', good: 0 });
	});

	it('lets a whole case be bettered, and then asks for it at once', () => {
		const cases = [1, 2, 3].flatMap((n) => bettered(n));
		expect(place([], cases)).toMatchObject({ stage: 'delayed', good: 0 });
		const atOnce = [4, 5, 6].map((n) => drawing(iso(n), { attemptId: `d${n}` }));
		expect(place([], [...cases, ...atOnce.slice(0, 2)])).toMatchObject({ stage: 'delayed', good: 2 });
		expect(place([], [...cases, ...atOnce])).toMatchObject({ stage: 'mock' });
	});

	it('steps back after two fails, and goes on again after three good ones', () => {
		const failed = [5, 6].map((n) => oneRegion(n, { tier: 'below' }));
		expect(place(upToRegion(), failed.slice(0, 1))).toMatchObject({ stage: 'region', steppedBack: false });
		expect(place(upToRegion(), failed)).toMatchObject({ stage: 'repair', good: 0, steppedBack: true });
		const again = [7, 8, 9].map((n) => repaired(iso(n), 'glioma'));
		expect(place([...upToRegion(), ...again.slice(0, 2)], failed)).toMatchObject({ stage: 'repair', good: 2 });
		expect(place([...upToRegion(), ...again], failed)).toMatchObject({ stage: 'region', steppedBack: false });
	});

	it('does not step back for a fail at another stage', () => {
		const wrong = repaired(iso(5), 'glioma', 0);
		const failed = [6, 7].map((n) => oneRegion(n, { tier: 'below' }));
		expect(place([...upToRegion(), wrong], failed.slice(0, 1))).toMatchObject({ stage: 'region' });
		expect(place([...upToRegion(), wrong], failed)).toMatchObject({ stage: 'repair' });
	});

	it('is gone in each family by itself', () => {
		expect(place(upToRegion(), [], 'meningioma')).toMatchObject({ stage: 'worked', lastAt: undefined });
		expect(place([repaired(iso(0), 'pcnsl')], [], 'pcnsl')).toMatchObject({ stage: 'worked', lastAt: iso(0) });
	});
});

describe('what to do next', () => {
	const offer: Offer = {
		lessons: [
			{ slug: 'scope', minutes: 6, rules: ['R1-1'] },
			{ slug: 'intra-axial', minutes: 12, rules: ['R4-1a', 'R4-1b'] },
			{ slug: 'principles', minutes: 14, rules: ['R6-8a', 'R6-8b'] },
		],
		cases: [...families].map(([id, family]) => ({
			id,
			family,
			difficulty: id.endsWith('-1') ? 'medium' : 'easy',
		})),
		workedCases: options.workedCases,
	};
	const steps = (events: readonly LearnerEvent[], drawings: Drawings = [], now = day(50)) =>
		nextSteps(fold(events, drawings, now), offer, policy);

	it('for a newcomer is an expert’s example, then the first lesson', () => {
		expect(steps([])).toMatchObject([
			{ kind: 'worked', family: 'glioma', caseId: 'glioma-1', minutes: policy.minutes.worked },
			{ kind: 'lesson', lesson: 'scope', minutes: 6, weak: 0, fresh: 1 },
		]);
	});

	it('stays with the family that was begun until a whole case of it went well', () => {
		const begun = upToRegion(0, 'pcnsl');
		expect(steps(begun, [], day(0, 30))).toMatchObject([
			{ kind: 'region', family: 'pcnsl', caseId: 'pcnsl-2', place: { good: 0, needed: 3 } },
			{ kind: 'lesson' },
		]);
		const cases = [1, 2, 3].flatMap((n) => bettered(n, { family: 'pcnsl' }));
		expect(steps(begun, cases)).toContainEqual(expect.objectContaining({ kind: 'worked', family: 'glioma' }));
	});

	it('is first of all what would fail an exam in the last drawing', () => {
		const list = [fault, { ...fault, code: 'E09', rules: ['R4-1c', 'R6-1'], hardFail: 'HF4' } as const];
		const failing = drawing(iso(49), { attemptId: 'x', findings: list });
		expect(steps([], [failing])[0]).toEqual({
			kind: 'fix',
			minutes: policy.minutes.fix,
			attemptId: 'x',
			caseId: 'glioma-1',
			region: 'WT',
			where: { sequence: 'FLAIR', slice: 3, xyzMm: [1, -2, 3.5] },
			rules: ['R6-8b', 'R4-1c', 'R6-1'],
		});
		expect(steps([], [failing, drawing(iso(49, 9))]).map(({ kind }) => kind)).not.toContain('fix');
	});

	it('is then what is due, with what is weak counted', () => {
		const events = [answered(iso(0), { rules: ['R6-8a'] }), answered(iso(40), { rules: ['R6-8b'], score: 0 })];
		expect(steps(events)[0]).toEqual({
			kind: 'review',
			minutes: 2 * policy.minutes.reviewItem,
			rules: expect.arrayContaining(['R6-8a', 'R6-8b']),
			weak: 1,
		});
		expect(steps(events, [], day(0, 1)).map(({ kind }) => kind)).not.toContain('review');
	});

	it('is the lesson of what is weak before the next one, and none that was read', () => {
		const weak = answered(iso(40), { rules: ['R6-8b'], score: 0 });
		expect(steps([weak])).toContainEqual({ kind: 'lesson', lesson: 'principles', minutes: 14, weak: 1, fresh: 1 });
		const read = ['scope', 'intra-axial', 'principles'].map((slug) => lessonRead(iso(41), slug));
		expect(steps([weak, ...read]).map(({ kind }) => kind)).not.toContain('lesson');
		expect(steps([weak, read[2]!])).toContainEqual(expect.objectContaining({ kind: 'lesson', lesson: 'scope' }));
	});

	it('is a mock exam once every family is there', () => {
		const all = [...new Set(families.values())].flatMap((family, n) =>
			[0, 1, 2].map((m) => drawing(iso(n, m), { family, attemptId: `${family}${m}` })),
		);
		expect(steps([], all, day(5))).toContainEqual({ kind: 'mock', minutes: policy.minutes.mock });
		const most = all.filter(({ family }) => family !== 'hpc_sft');
		expect(steps([], most, day(5))).toContainEqual(expect.objectContaining({ kind: 'repair', family: 'hpc_sft' }));
	});

	it('names no case where all were drawn, and nothing where nothing is on offer', () => {
		const drawn = [1, 2, 3].flatMap((n) => bettered(n, { caseId: `glioma-${(n % 2) + 1}` }));
		const only = { ...offer, cases: offer.cases.filter(({ family }) => family === 'glioma') };
		const found = nextSteps(fold([], drawn), only, policy);
		expect(found).toContainEqual(expect.objectContaining({ kind: 'delayed', family: 'glioma', caseId: undefined }));
		expect(nextSteps(fold([]), { lessons: [], cases: [], workedCases: [] }, policy)).toEqual([]);
	});
});
