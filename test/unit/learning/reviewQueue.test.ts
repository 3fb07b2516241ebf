import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldLearner } from '../../../src/learning/fold.ts';
import { interleave, type ReviewItem, reviewQueue } from '../../../src/learning/reviewQueue.ts';
import type { LearnerEvent } from '../../../src/schemas/learnerEvent.ts';
import { answered, day, drawing, iso, options } from './learner.ts';

const item = (id: string, rules: readonly string[], family?: string, form: ReviewItem['form'] = 'question') => ({
	id,
	form,
	rules,
	family,
});
const shares = (a: Pick<ReviewItem, 'rules'>, b: Pick<ReviewItem, 'rules'>) =>
	a.rules.some((rule) => b.rules.includes(rule));
const ids = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id);

const anyItem = fc
	.record({
		rules: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 3 }),
		family: fc.constantFrom('glioma', 'pcnsl', undefined),
	})
	.map((fields) => ({ ...fields, id: '' }));

describe('a row of items', () => {
	it('never has two of one rule after each other, and leaves out only what fits nowhere', () => {
		fc.assert(
			fc.property(fc.array(anyItem, { maxLength: 14 }), (given) => {
				const items = given.map((each, n) => ({ ...each, id: `i${n}` }));
				const row = interleave(items);
				expect(new Set(ids(row)).size).toBe(row.length);
				expect(ids(items)).toEqual(expect.arrayContaining(ids(row)));
				for (const [n, each] of row.entries()) if (row[n + 1]) expect(shares(each, row[n + 1]!)).toBe(false);
				for (const each of items.filter(({ id }) => !ids(row).includes(id)))
					for (let at = 0; at <= row.length; at++) {
						const neighbours = [row[at - 1], row[at]].filter((other) => other !== undefined);
						expect(neighbours.some((other) => shares(other, each))).toBe(true);
					}
			}),
		);
	});

	it('lets families take turns', () => {
		const row = interleave([
			item('1', ['a'], 'glioma'),
			item('2', ['b'], 'glioma'),
			item('3', ['c'], 'pcnsl'),
			item('4', ['d'], 'pcnsl'),
			item('5', ['e']),
		]);
		expect(ids(row)).toEqual(['1', '3', '2', '4', '5']);
	});

	it('keeps the order where nothing speaks against it', () => {
		expect(ids(interleave([item('1', ['a']), item('2', ['b']), item('3', ['a'])]))).toEqual(['1', '2', '3']);
	});
});

describe('a review', () => {
	const limits = { items: 12, fresh: 0 };
	const items = [
		item('ends-1', ['R6-8b']),
		item('ends-2', ['R6-8b', 'R6-8a']),
		item('whole-1', ['R4-1b']),
		item('drill-ends', ['R6-8b'], 'glioma', 'drill'),
		item('loop-1', ['R7-1']),
	];
	const queue = (
		events: readonly LearnerEvent[],
		now: Date,
		given = limits,
		drawings: ReturnType<typeof drawing>[] = [],
	) => ids(reviewQueue(items, foldLearner(events, drawings, now, options), given));

	it('asks what is due in the form it was met in, by an item longest not asked', () => {
		const asked = answered(iso(0), { item: 'ends-1' });
		expect(queue([asked], day(0, 1))).toEqual([]);
		expect(queue([asked], day(20))).toEqual(['ends-2']);
		const both = [asked, answered(iso(1), { item: 'ends-2' })];
		expect(queue(both, day(60))).toEqual(['ends-1']);
		const drilled = answered(iso(0), { form: 'drill', item: 'drill-ends' });
		expect(queue([drilled], day(20))).toEqual(['drill-ends']);
	});

	it('asks an item that serves two cards once, and no second one for the other card', () => {
		const events = [
			answered(iso(0), { item: 'ends-2', rules: ['R6-8a', 'R6-8b'], score: 0 }),
			answered(iso(1), { item: 'whole-1', rules: ['R4-1b'] }),
			answered(iso(1, 1), { item: 'ends-1' }),
		];
		expect([...queue(events, day(40))].sort()).toEqual(['ends-2', 'whole-1']);
	});

	it('asks a rule that was broken in a drawing', () => {
		const fault = { code: 'E10', rules: ['R6-8b'], severity: 'hard', hardFail: 'HF3', region: 'WT' } as const;
		const due = queue([], day(0, 20), limits, [drawing(iso(0), { findings: [fault] })]);
		expect(due).toEqual(['ends-1']);
	});

	it('asks the least remembered first, no more than it may', () => {
		const events = [
			answered(iso(0), { item: 'whole-1', rules: ['R4-1b'] }),
			answered(iso(0, 1), { item: 'ends-1', score: 0 }),
			answered(iso(0, 2), { item: 'loop-1', rules: ['R7-1'], seconds: 1 }),
		];
		expect(queue(events, day(80))).toEqual(['ends-2', 'whole-1', 'loop-1']);
		expect(queue(events, day(80), { items: 2, fresh: 0 })).toEqual(['ends-2', 'whole-1']);
	});

	it('then asks rules never met, in the order of the catalogue, as many as it may', () => {
		expect(queue([], day(0), { items: 12, fresh: 2 })).toEqual(['whole-1', 'ends-2']);
		expect(queue([], day(0), { items: 12, fresh: 9 })).toEqual(['whole-1', 'ends-2', 'loop-1']);
		const wrong = answered(iso(0), { item: 'ends-1', score: 0 });
		expect(queue([wrong], day(0, 20), { items: 2, fresh: 9 })).toEqual(['ends-2', 'whole-1']);
	});
});
