import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInPath } from '../../../src/learning/isInPath.ts';
import { type Given, markAnswer } from '../../../src/learning/markAnswer.ts';
import { type Question, type QuestionKind, questionSchema } from '../../../src/schemas/question.ts';

const text = { zh: '甲', en: 'a' };
const choice = (id: string) => ({ id, ...text });
const shared = { section: '4', difficulty: 'easy', rules: ['R4-1a'], stem: text, rationale: text };
const question = (kind: QuestionKind, fields: object): Question =>
	questionSchema.parse({ id: 'q-4-wt-01', kind, ...shared, ...fields });

const options = ['A', 'B', 'C', 'D'].map(choice);
const single = question('single', { options, key: ['B'] });
const multiple = question('multiple', { options, key: ['A', 'B', 'C'] });
const ordering = question('ordering', { options, key: ['C', 'A', 'D', 'B'] });
const matching = question('matching', {
	options,
	targets: ['1', '2', '3'].map(choice),
	key: { A: 1, B: 2, C: 2, D: 3 },
});
const hotspot = question('hotspot', { picture: 'ring', area: 'TB' });
/** A square of ten with a hole of two in it. */
const areas = { TB: 'M10 10h10v10h-10zM14 14L16 14 16 16 14 16Z', WT: 'M0 0H100V100H0Z' };

describe('an answer to a question', () => {
	it.each<[string, Question, Given, object]>([
		['one choice, right', single, ['B'], { score: 1, right: ['B'], wrong: [], missed: [] }],
		['one choice, wrong', single, ['C'], { score: 0, right: [], wrong: ['C'], missed: ['B'] }],
		['nothing chosen', single, [], { score: 0, right: [], wrong: [], missed: ['B'] }],
		['all of several', multiple, ['C', 'A', 'B'], { score: 1, right: ['C', 'A', 'B'], wrong: [], missed: [] }],
		['a part of several', multiple, ['A', 'B'], { score: 2 / 3, right: ['A', 'B'], missed: ['C'] }],
		['a wrong one with the right ones', multiple, ['A', 'B', 'C', 'D'], { score: 2 / 3, wrong: ['D'] }],
		['one wrong, one right', multiple, ['A', 'D'], { score: 0, right: ['A'], wrong: ['D'], missed: ['B', 'C'] }],
		['a choice told twice', multiple, ['A', 'A', 'A'], { score: 1 / 3, right: ['A'] }],
		['the right order', ordering, ['C', 'A', 'D', 'B'], { score: 1, right: ['C', 'A', 'D', 'B'], wrong: [] }],
		['two neighbours swapped', ordering, ['A', 'C', 'D', 'B'], { score: 4 / 6, right: ['D', 'B'], wrong: ['C', 'A'] }],
		['the order turned round', ordering, ['B', 'D', 'A', 'C'], { score: 0, right: [] }],
		['half an order', ordering, ['C', 'A'], { score: 1 / 6, right: ['C', 'A'], missed: ['D', 'B'] }],
		['every match', matching, { A: '1', B: '2', C: '2', D: '3' }, { score: 1, wrong: [], missed: [] }],
		[
			'some matches',
			matching,
			{ A: '1', B: '1', C: '2' },
			{ score: 0.5, right: ['A', 'C'], wrong: ['B'], missed: ['D'] },
		],
		['a point in the area', hotspot, { x: 12, y: 18 }, { score: 1, right: ['TB'], missed: [] }],
		['a point in the hole of the area', hotspot, { x: 15, y: 15 }, { score: 0, right: [], missed: ['TB'] }],
		['a point beside it', hotspot, { x: 9.5, y: 15 }, { score: 0 }],
	])('%s', (_, asked, given, expected) => {
		expect(markAnswer(asked, given, areas)).toMatchObject(expected);
	});

	it('scores 1 for the key and for nothing else', () => {
		const orders = fc.shuffledSubarray(['A', 'B', 'C', 'D'], { minLength: 0 });
		fc.assert(
			fc.property(fc.constantFrom(single, multiple, ordering), orders, (asked, given) => {
				const { score } = markAnswer(asked, given);
				const key = 'key' in asked && Array.isArray(asked.key) ? asked.key : [];
				const same =
					asked.kind === 'ordering' ? given.join() === key.join() : [...given].sort().join() === [...key].sort().join();
				expect(score >= 0 && score <= 1).toBe(true);
				expect(score === 1).toBe(same);
			}),
		);
	});

	it('of another shape is a mistake of the page', () => {
		expect(() => markAnswer(single, { A: '1' })).toThrow('expected a list of ids');
		expect(() => markAnswer(matching, ['A'])).toThrow('expected targets by option');
		expect(() => markAnswer(hotspot, ['A'], areas)).toThrow('expected a point');
		expect(() => markAnswer(hotspot, { x: 1, y: 1 }, {})).toThrow('got no area TB');
	});
});

describe('a point in a path', () => {
	it('is told the same for absolute and relative lines', () => {
		fc.assert(
			fc.property(fc.double({ min: 0, max: 30, noNaN: true }), fc.double({ min: 0, max: 30, noNaN: true }), (x, y) => {
				const inside = x > 10 && x < 20 && y > 5 && y < 25;
				fc.pre(![x - 10, x - 20, y - 5, y - 25].includes(0));
				expect(isInPath('M10 5 L20,5 L20 25 L10 25 Z', x, y)).toBe(inside);
				expect(isInPath('m10-0v5h10v20h-10z', x, y)).toBe(inside);
			}),
		);
	});
	it('of nothing is nowhere, and a curve is refused', () => {
		expect(isInPath('', 1, 1)).toBe(false);
		expect(() => isInPath('M0 0C1 1 2 2 3 3Z', 1, 1)).toThrow('the command C');
	});
});

describe('a question', () => {
	const valid = { id: 'q-4-wt-01', kind: 'single', ...shared, options, key: ['B'] };
	it.each([
		['whose key names no option', { ...valid, key: ['E'] }],
		['with two keys where one is right', { ...valid, key: ['A', 'B'] }],
		['with an option twice', { ...valid, options: [...options, choice('A')] }],
		['on a default that it does not tell', { ...valid, default: true }],
		['that tells a default it does not rest on', { ...valid, defaultNote: text }],
		['without a rule', { ...valid, rules: [] }],
		['in one language', { ...valid, stem: { zh: '甲', en: '' } }],
		['with a field of another kind', { ...valid, area: 'WT' }],
		['whose order leaves one out', { ...valid, kind: 'ordering', key: ['A', 'B', 'C'] }],
		['that leaves an option without a match', { ...valid, kind: 'matching', targets: options, key: { A: 'A' } }],
		['without its picture', { id: valid.id, kind: 'hotspot', ...shared, area: 'WT' }],
		['with an id of no form', { ...valid, id: 'wt-1' }],
	])('%s is refused', (_, written) => {
		expect(questionSchema.safeParse(valid).success).toBe(true);
		expect(questionSchema.safeParse(written).success).toBe(false);
	});
	it('may have its section and its ids as YAML reads them', () => {
		expect(questionSchema.parse({ ...valid, section: 2.1 })).toMatchObject({ section: '2.1' });
		expect(matching).toMatchObject({ key: { A: '1', B: '2' } });
	});
});
