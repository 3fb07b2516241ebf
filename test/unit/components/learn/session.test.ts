import { describe, expect, it } from 'vitest';
import type { Asked } from '../../../../src/components/learn/review/reviewBundle.ts';
import {
	chooseItems,
	currentItem,
	keepSession,
	keptSession,
	modeOf,
	outcomes,
	type ReviewMode,
	searchOf,
	startSession,
	withAnswer,
	withNext,
} from '../../../../src/components/learn/review/session.ts';
import { foldLearner } from '../../../../src/learning/fold.ts';
import { answered, day, iso, options, policy } from '../../learning/learner.ts';

const asked = (id: string, section: string, rules: string[]): Asked => ({
	id,
	section,
	rules,
	kind: 'single',
	stem: id,
	rationale: id,
	options: [
		{ id: 'A', text: 'a' },
		{ id: 'B', text: 'b' },
	],
	key: ['A'],
});
const questions = [
	asked('q-4-a-01', '4', ['R4-1a']),
	asked('q-4-a-02', '4', ['R4-1a']),
	asked('q-4-b-01', '4', ['R4-2a', 'R4-2b']),
	asked('q-6-a-01', '6', ['R6-8b']),
	asked('q-6-b-01', '6', ['R6-1']),
];
const lessons = { principles: { title: 'principles', rules: ['R6-1', 'R6-8b'] } };
const bundle = { questions, lessons };
const limits = policy.session;
const known = (events: Parameters<typeof foldLearner>[0], now: Date) => foldLearner(events, [], now, options);
const newcomer = known([], day(0));

describe('what a session asks', () => {
	it.each<[string, ReviewMode]>([
		['', { kind: 'due' }],
		['?all', { kind: 'all' }],
		['?section=2.1', { kind: 'section', value: '2.1' }],
		['?rule=R6-8b', { kind: 'rule', value: 'R6-8b' }],
		['?question=q-4-a-01', { kind: 'question', value: 'q-4-a-01' }],
		['?lesson=principles', { kind: 'lesson', value: 'principles' }],
	])('is read from the address %s, and leads back to it', (search, mode) => {
		expect(modeOf(search)).toEqual(mode);
		expect(searchOf(mode)).toBe(search);
	});

	it('is of the section, the rule, the lesson, the question that was asked for', () => {
		const of = (mode: ReviewMode) => chooseItems(mode, bundle, newcomer, limits).sort();
		expect(of({ kind: 'section', value: '6' })).toEqual(['q-6-a-01', 'q-6-b-01']);
		expect(of({ kind: 'rule', value: 'R4-2b' })).toEqual(['q-4-b-01']);
		expect(of({ kind: 'lesson', value: 'principles' })).toEqual(['q-6-a-01', 'q-6-b-01']);
		expect(of({ kind: 'question', value: 'q-6-b-01' })).toEqual(['q-6-b-01']);
		expect(of({ kind: 'lesson', value: 'absurd' })).toEqual([]);
		expect(of({ kind: 'all' })).toEqual(questions.map(({ id }) => id).sort());
	});

	it('is all there is of a rule, though they come in a row', () => {
		const items = chooseItems({ kind: 'rule', value: 'R4-1a' }, bundle, newcomer, { items: 1, fresh: 0 });
		expect(items).toEqual(['q-4-a-01', 'q-4-a-02']);
	});

	it('begins with what was never answered, then what was longest not', () => {
		const events = [
			answered(iso(0), { item: 'q-6-a-01', rules: ['R6-8b'] }),
			answered(iso(1), { item: 'q-6-b-01', rules: ['R6-1'] }),
		];
		const state = known(events, day(2));
		expect(chooseItems({ kind: 'section', value: '6' }, bundle, state, limits)).toEqual(['q-6-a-01', 'q-6-b-01']);
		expect(chooseItems({ kind: 'all' }, bundle, state, { items: 3, fresh: 0 })).not.toContain('q-6-a-01');
	});

	it('never has two of one rule in a row where that can be helped', () => {
		const items = chooseItems({ kind: 'all' }, bundle, newcomer, limits);
		const at = items.indexOf('q-4-a-01');
		expect(Math.abs(at - items.indexOf('q-4-a-02'))).toBeGreaterThan(1);
	});

	it('is new rules for a newcomer, and what is due as soon as it is', () => {
		expect(chooseItems({ kind: 'due' }, bundle, newcomer, { items: 12, fresh: 2 })).toHaveLength(2);
		const events = [answered(iso(0), { item: 'q-6-a-01', rules: ['R6-8b'], score: 0 })];
		const none = { items: 12, fresh: 0 };
		expect(chooseItems({ kind: 'due' }, bundle, known(events, day(0, 1)), none)).toEqual([]);
		expect(chooseItems({ kind: 'due' }, bundle, known(events, day(1)), none)).toEqual(['q-6-a-01']);
	});

	it('is asked as a question where it came due in a drill', () => {
		const drilled = answered(iso(0), { form: 'drill', item: 'drill:end-slices:ring-01', score: 0 });
		const none = { items: 12, fresh: 0 };
		expect(chooseItems({ kind: 'due' }, bundle, known([drilled], day(1)), none)).toEqual(['q-6-a-01']);
		const asked = answered(iso(1), { item: 'q-6-a-01' });
		expect(chooseItems({ kind: 'due' }, bundle, known([drilled, asked], day(1, 1)), none)).toEqual([]);
	});
});

describe('a session', () => {
	const mode: ReviewMode = { kind: 'section', value: '6' };
	const begun = startSession(mode, ['q-6-a-01', 'q-6-b-01']);
	const right = { given: ['A'], score: 1 };
	const wrong = { given: ['B'], score: 0 };
	const storage = () => {
		const kept = new Map<string, string>();
		return {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => void kept.set(key, value),
			removeItem: (key: string) => void kept.delete(key),
		};
	};

	it('goes from item to item, and counts the first answer only', () => {
		expect(() => withNext(begun)).toThrow('got no answer to q-6-a-01');
		const one = withAnswer(withAnswer(begun, right), wrong);
		expect(one.answers['q-6-a-01']).toEqual(right);
		const two = withNext(one);
		expect(currentItem(two)).toBe('q-6-b-01');
		const over = withNext(withAnswer(two, wrong));
		expect(currentItem(over)).toBeUndefined();
		expect(() => withAnswer(over, right)).toThrow('got an answer after the session');
	});

	it('goes on where it was when the tab is loaded anew', () => {
		const tab = storage();
		const session = withNext(withAnswer(begun, right));
		keepSession(session, tab);
		expect(keptSession(mode, questions, tab)).toEqual(session);
		expect(keptSession({ kind: 'due' }, questions, tab)).toBeUndefined();
		expect(keptSession(mode, questions.slice(0, 4), tab)).toBeUndefined();
		keepSession(withNext(withAnswer(session, wrong)), tab);
		expect(keptSession(mode, questions, tab)).toBeUndefined();
	});

	it('begins anew where what was kept is damaged, or nothing can be kept', () => {
		const tab = storage();
		tab.setItem('concord.review', '{"search":');
		expect(keptSession(mode, questions, tab)).toBeUndefined();
		const full = {
			...storage(),
			setItem() {
				throw new Error('full');
			},
		};
		expect(() => keepSession(begun, full)).not.toThrow();
	});

	it('ends with its rules, the worst first, and when each comes back', () => {
		const events = [
			answered(iso(0), { item: 'q-6-a-01', rules: ['R6-8b'], score: 1 }),
			answered(iso(0), { item: 'q-6-b-01', rules: ['R6-1'], score: 0 }),
		];
		const state = known(events, day(0));
		const session = withAnswer(withNext(withAnswer(begun, right)), wrong);
		const [first, second, ...rest] = outcomes(session, questions, state);
		expect(rest).toEqual([]);
		expect(first).toMatchObject({ rule: 'R6-1', score: 0, weak: true });
		expect(second).toMatchObject({ rule: 'R6-8b', score: 1, weak: false });
		expect((first?.due ?? '') < (second?.due ?? '')).toBe(true);
		expect(outcomes(session, questions, undefined).map(({ due }) => due)).toEqual([undefined, undefined]);
	});
});
