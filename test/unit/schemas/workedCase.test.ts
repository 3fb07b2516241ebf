import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FAMILY_REGIONS, type Region } from '../../../src/protocol/protocol.ts';
import { caseRecipeSchema } from '../../../src/schemas/caseRecipe.ts';
import { ruleCatalogueSchema } from '../../../src/schemas/rule.ts';
import { workedCaseSchema } from '../../../src/schemas/workedCase.ts';

const content = resolve(import.meta.dirname, '../../../content');
const read = (...names: string[]) => readFileSync(resolve(content, ...names), 'utf8');
const files = readdirSync(resolve(content, 'worked')).sort();
const rules = new Map(
	ruleCatalogueSchema.parse(JSON.parse(read('rules', 'rules.json'))).rules.map((rule) => [rule.id, rule]),
);
const recipeOf = (id: string) => caseRecipeSchema.parse(parse(read('cases', id, 'case.yaml')));

const both = (text: string) => ({ zh: text, en: text });
const step = {
	title: both('t'),
	sequences: ['FLAIR'],
	slice: 'widest:WT',
	regions: ['WT'],
	text: both('x'),
	rules: ['R4-1a'],
	ask: both('?'),
	answer: both('.'),
};
const made = (change: object = {}, steps: object[] = [step, step, step]) => ({
	case: 'fig-1',
	next: 'ring-01',
	title: both('t'),
	lead: both('l'),
	steps: steps.map((each, n) => (n === 0 ? { ...each, ...change } : each)),
});
const problemOf = (given: unknown) => {
	const { error } = workedCaseSchema.safeParse(given);
	return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
};

describe('workedCaseSchema', () => {
	it('reads a slice into what it means, and leaves the usual window, a close look and outlines', () => {
		const [first] = workedCaseSchema.parse(made()).steps;
		expect(first).toMatchObject({ slice: { which: 'widest', region: 'WT' }, composite: false, crop: 'lesion' });
		expect(first?.window).toBeUndefined();
		expect(workedCaseSchema.parse(made({ slice: 21 })).steps[0]?.slice).toBe(21);
	});

	it.each([
		['a slice that nobody knows', { slice: 'middle' }, /steps\.0\.slice: got "middle", expected .*widest:WT/],
		['a sequence twice', { sequences: ['T2', 'T2'] }, /steps\.0\.sequences: expected each sequence once/],
		['a composite of nothing', { composite: true, regions: [] }, /steps\.0\.regions: expected regions to be filled/],
		['a window upside down', { window: { low: 90, high: 10 } }, /steps\.0\.window: expected low below high/],
		['no rule', { rules: [] }, /steps\.0\.rules/],
		['a rule twice', { rules: ['R4-1a', 'R4-1a'] }, /steps\.0\.rules: expected each rule once/],
		['one language', { text: { zh: '字' } }, /steps\.0\.text\.en/],
		['a key that means nothing', { sequence: 'T2' }, /steps\.0: .*sequence/],
	])('refuses %s, and says where', (_, change, expected) => {
		expect(problemOf(made(change))).toMatch(expected);
	});
});

describe('the worked cases', () => {
	it('are the six figures of the consensus', () => {
		expect(files).toEqual(['fig-1', 'fig-2', 'fig-3', 'fig-4', 'fig-5', 'fig-6'].map((id) => `${id}.yaml`));
	});

	describe.each(files)('%s', (file) => {
		const parsed = workedCaseSchema.safeParse(parse(read('worked', file)));
		const worked = parsed.data!;

		it('is what its schema says, and named after its case', () => {
			expect(parsed.error?.issues).toBeUndefined();
			expect(`${worked.case}.yaml`).toBe(file);
			expect(recipeOf(worked.case).figure).toBe(Number(/\d/.exec(file)?.[0]));
		});

		it('goes on to another case of the same family, for practice', () => {
			expect(existsSync(resolve(content, 'cases', worked.next))).toBe(true);
			const [own, next] = [recipeOf(worked.case), recipeOf(worked.next)];
			expect(next.family).toBe(own.family);
			expect(next.figure).toBeUndefined();
			expect(next.use).toBeUndefined();
		});

		it('shows and cites only what its family has', () => {
			const { family } = recipeOf(worked.case);
			for (const { regions, slice, rules: cited, sequences } of worked.steps) {
				const wanted: Region[] = [...regions, ...(typeof slice === 'number' ? [] : [slice.region])];
				for (const region of wanted) expect(FAMILY_REGIONS[family]).toContain(region);
				if (typeof slice === 'number')
					expect(slice).toBeLessThan(
						recipeOf(worked.case).sequences[sequences[0] === 'ADC' ? 'DWI' : sequences[0]!].slices,
					);
				for (const id of cited) {
					const { families } = rules.get(id)?.applies ?? {};
					expect(families, id).toBeDefined();
					if (families!.length > 0) expect(families, id).toContain(family);
				}
			}
		});
	});
});
