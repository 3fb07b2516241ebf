import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import acceptance from '../../../content/policy/acceptance.json' with { type: 'json' };
import findings from '../../../content/policy/findings.json' with { type: 'json' };
import catalogue from '../../../content/rules/rules.json' with { type: 'json' };
import { clauseOfRule } from '../../../src/i18n/clause.ts';
import { acceptCase } from '../../../src/importers/acceptance.ts';
import { judgeSet } from '../../../src/islands/drill/setFacts.ts';
import { drawSet, SET_FAULTS } from '../../../src/learning/drills/sets.ts';
import { readAuthoredCases } from '../../../src/node/caseRecipes.ts';
import { drillFacts } from '../../../src/node/drillFacts.ts';
import { drillOf, readDrills } from '../../../src/node/readDrills.ts';
import { FAMILY_REGIONS, type Region } from '../../../src/protocol/protocol.ts';
import { acceptancePolicySchema } from '../../../src/schemas/acceptancePolicy.ts';
import { gradeOf } from '../../../src/schemas/caseRecipe.ts';
import { recipeFacts } from '../importers/recipeFacts.ts';

const content = resolve(import.meta.dirname, '../../../content');
const yaml = readFileSync(resolve(content, 'drills.yaml'), 'utf8');
const drills = readDrills(yaml);
const cases = new Map((await readAuthoredCases(content)).map((one) => [one.id, one]));
const texts = Object.fromEntries(
	[...cases.keys()].flatMap((id) =>
		['case.yaml', 'zh.md', 'en.md'].map((file) => [
			`../content/cases/${id}/${file}`,
			readFileSync(resolve(content, 'cases', id, file), 'utf8'),
		]),
	),
);
const policy = acceptancePolicySchema.parse(acceptance);

describe('content/drills.yaml', () => {
	it('names rules of the catalogue, each with a clause', () => {
		const known = catalogue.rules.map(({ id }) => id);
		for (const { rules } of drills) {
			expect(known).toEqual(expect.arrayContaining(rules));
			for (const rule of rules) expect(clauseOfRule(rule)).toMatch(/^§/);
		}
	});

	it('draws rounds from enough cases that there are', () => {
		for (const drill of drills) {
			if (drill.kind === 'naming') continue;
			for (const { case: id } of drill.cases) expect([...cases.keys()]).toContain(id);
			const items = drill.kind === 'confounder' ? drill.cases.length * drill.marks : drill.cases.length;
			expect(items).toBeGreaterThanOrEqual(drill.perRound - (drill.kind === 'acceptance' ? drill.byChance : 0));
		}
	});

	it('asks for regions of the family', () => {
		for (const kind of ['region', 'end-slices'] as const)
			for (const { case: id, region } of drillOf(drills, kind).cases)
				expect(FAMILY_REGIONS[cases.get(id)!.recipe.family] as readonly Region[]).toContain(region);
	});

	it('tests the rules of the errors that it plants', () => {
		const { rules, cases: planted } = drillOf(drills, 'repair');
		const codes = new Set(planted.map(({ error }) => error));
		for (const code of codes) {
			const own = findings.errors.find((error) => error.code === code)?.rules ?? [];
			expect([code, own.some((rule) => rules.includes(rule))]).toEqual([code, true]);
		}
	});

	it('looks for confounders where there are some', () => {
		for (const { case: id } of drillOf(drills, 'confounder').cases)
			expect(Object.values(cases.get(id)!.recipe.confounders ?? {}).some((amount) => (amount ?? 0) > 0)).toBe(true);
	});

	it('says what is wrong in it', () => {
		expect(() => readDrills(yaml.replace('kind: naming', 'kind: nameing'))).toThrow('content/drills.yaml: 2.kind');
		expect(() => readDrills(yaml.replace(/- kind: end-slices[\s\S]*/, ''))).toThrow('end-slices');
		const region = drillOf(drills, 'region');
		const lost = { ...region, cases: [{ case: 'gone', region: 'WT' as const }] };
		expect(() => drillFacts(lost, texts, 'en')).toThrow('there is no case gone');
	});
});

describe('drillFacts', () => {
	it('gives titles in the language, and what spoils the series that are graded', () => {
		const facts = drillFacts(drillOf(drills, 'quality'), texts, 'zh');
		for (const { case: id } of drillOf(drills, 'quality').cases) {
			const { recipe, text } = cases.get(id)!;
			expect(facts.titles[id]).toBe(text.zh.title);
			const spoilt = (['T1', 'T2', 'FLAIR', 'T1C', 'DWI'] as const).filter((sequence) => gradeOf(recipe, sequence) < 3);
			expect(Object.keys(facts.artefacts[id] ?? {}).sort()).toEqual([...spoilt].sort());
		}
	});

	it('tells sets so that acceptance says of its table what it says of their files', () => {
		const { sets } = drillFacts(drillOf(drills, 'acceptance'), texts, 'en');
		const verdicts = Object.entries(sets).map(([id, set]) => {
			const report = acceptCase(recipeFacts(cases.get(id)!.recipe), policy);
			const failed = [...report.sequences, ...report.series.flatMap(({ checks }) => checks)]
				.filter(({ verdict }) => verdict === 'fail')
				.map(({ check }) => check);
			expect([id, judgeSet(set).failed.map(({ check }) => check)]).toEqual([id, failed]);
			expect(failed.every((check) => (SET_FAULTS as readonly string[]).includes(check))).toBe(true);
			return failed.length === 0;
		});
		expect(verdicts).toContain(true);
		expect(verdicts).toContain(false);
	});
});

describe('sets drawn by chance', () => {
	it('are accepted and refused, for every fault that there is to choose', () => {
		const verdicts = Array.from({ length: 400 }, (_, seed) => judgeSet(drawSet(seed)));
		expect(new Set(verdicts.flatMap(({ faults }) => faults))).toEqual(new Set(SET_FAULTS));
		const accepted = verdicts.filter(({ failed }) => failed.length === 0).length;
		expect(accepted).toBeGreaterThan(60);
		expect(accepted).toBeLessThan(200);
		for (const { failed, faults } of verdicts) expect(failed.length > 0).toBe(faults.length > 0);
		expect(drawSet(5)).toEqual(drawSet(5));
	});
});
