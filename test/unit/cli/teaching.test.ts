import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { entriesOf, RUNS_FILE, runHashes, sharedRuns } from '../../../src/cli/check/sharedRuns.ts';
import { teaching } from '../../../src/cli/check/teaching.ts';
import { firstDifference } from '../../../src/cli/check/twins.ts';
import { LESSONS } from '../../../src/schemas/lesson.ts';
import { sharedFolder } from '../../sharedData.ts';

const text = { zh: '甲', en: 'a' };
const rule = (id: string, derived = false) => ({
	...{ id, section: '4', source: '§4', type: 'knowledge', force: 'must', severity: 'major', derived, text },
	applies: { families: [], regions: [], sequences: [] },
	check: { mode: 'quiz', method: 'm', config: [] },
	...{ feedback: text, errorCodes: [], ambiguities: [] },
});
const question = (n: number, fields: object = {}) => ({
	...{ id: `q-4-wt${n}-01`, kind: 'single', section: '4', difficulty: 'easy', rules: ['R4-1'], stem: text },
	options: [
		{ id: 'A', ...text },
		{ id: 'B', ...text },
	],
	...{ key: ['A'], rationale: text, ...(n <= 24 && { origin: `Q${String(n).padStart(2, '0')}` }), ...fields },
});
const questions = (first: object = {}) => Array.from({ length: 120 }, (_, n) => question(n + 1, n === 0 ? first : {}));
const lesson = (order: number, fields: object = {}) =>
	JSON.stringify({ order, section: '4', minutes: 5, rules: ['R4-1', 'R4-2'], title: text, hard: text, ...fields });
const mdx = (words: string) => `${words}

## ${words}

<Rule ids="R4-1 R4-2" />

<Think question="q-4-wt1-01" />
<Picture id="ring" caption="${words}" />
<Pair right="ring" wrong="ring" rightText="${words}" wrongText="${words}" />
`;
/** A sentence that no consensus has. */
const SENTENCE = '春眠不觉晓处处闻啼鸟夜来风雨声';

/** A project in which nothing is wrong, but for what is told. */
function project(other: Readonly<Record<string, string | undefined>> = {}): string {
	const root = mkdtempSync(join(tmpdir(), 'concord-teaching-'));
	roots.push(root);
	const files: Record<string, string | undefined> = {
		'content/rules/rules.json': JSON.stringify({
			meta: { title: text, source: 's', version: '1' },
			rules: [rule('R4-1'), rule('R4-2', true)],
			ambiguities: [],
		}),
		'content/rules/consensus-runs.txt': `# hashes\n${runHashes(SENTENCE).join('\n')}\n`,
		'content/rules/fixed-terms.txt': '# terms\n处处闻啼鸟\n',
		'content/questions/4.yaml': JSON.stringify(questions()),
		'content/drills.yaml': JSON.stringify([{ kind: 'region', rules: ['R4-2'] }]),
		'content/pictures/ring.yaml': 'case: ring-01\nareas: [WT]',
		'content/worked/fig-1.yaml': 'steps: [{ rules: [R4-1], picture: ring }, { rules: [R4-2] }]',
	};
	for (const [n, slug] of LESSONS.entries()) {
		files[`content/lessons/${slug}/lesson.yaml`] = lesson(n + 1);
		files[`content/lessons/${slug}/zh.mdx`] = mdx('甲');
		files[`content/lessons/${slug}/en.mdx`] = mdx('a');
	}
	for (const [path, content] of Object.entries({ ...files, ...other })) {
		if (content === undefined) continue;
		mkdirSync(join(root, dirname(path)), { recursive: true });
		writeFileSync(join(root, path), content);
	}
	return root;
}
const roots: string[] = [];
afterEach(() => {
	for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});
const problemsOf = (other?: Parameters<typeof project>[0]) => teaching.problems(project(other));

describe('the check of what is taught', () => {
	it('has nothing to say where all is well', async () => {
		expect(await problemsOf()).toEqual([]);
	});

	it.each<[string, Parameters<typeof project>[0], RegExp]>([
		[
			'a rule that no lesson teaches',
			Object.fromEntries(
				LESSONS.map((slug, n) => [`content/lessons/${slug}/lesson.yaml`, lesson(n + 1, { rules: ['R4-1'] })]),
			),
			/^content\/rules\/rules\.json: R4-2 is taught in no lesson$/,
		],
		[
			'a rule that nothing tests',
			{ 'content/drills.yaml': '[{ kind: region, rules: [R4-1] }]' },
			/R4-2 is tested by no/,
		],
		['no catalogue', { 'content/rules/rules.json': undefined }, /^content\/rules\/rules\.json: is missing$/],
		['no drills', { 'content/drills.yaml': undefined }, /^content\/drills\.yaml: is missing$/],
		['drills without rules', { 'content/drills.yaml': '[]' }, /names no rules of any drill$/],
		[
			'a lesson less',
			{ 'content/lessons/scope/lesson.yaml': undefined },
			/^content\/lessons\/scope\/lesson\.yaml: is missing$/,
		],
		['a text less', { 'content/lessons/scope/en.mdx': undefined }, /^content\/lessons\/scope\/en\.mdx: is missing$/],
		['two lessons at one place', { 'content/lessons/scope/lesson.yaml': lesson(2) }, /has the place 2 of/],
		['YAML that is none', { 'content/lessons/scope/lesson.yaml': 'a: [' }, /^content\/lessons\/scope\/lesson\.yaml: /],
		[
			'a drill of a rule that there is not',
			{ 'content/drills.yaml': '[{ kind: region, rules: [R4-2, R4-3] }]' },
			/^content\/drills\.yaml: region names the rule R4-3, which there is not$/,
		],
		[
			'a question of a rule that there is not',
			{ 'content/questions/4.yaml': JSON.stringify(questions({ rules: ['R4-9'] })) },
			/^content\/questions\/4\.yaml: q-4-wt1-01 names the rule R4-9/,
		],
		[
			'a key that there is not',
			{ 'content/questions/4.yaml': JSON.stringify(questions({ key: ['C'] })) },
			/^content\/questions\/4\.yaml: 0\.key: the key names what there is/,
		],
		[
			'too few questions',
			{ 'content/questions/4.yaml': JSON.stringify(questions().slice(0, 119)) },
			/has 119 questions, at least 120/,
		],
		[
			'a question twice',
			{ 'content/questions/5.yaml': JSON.stringify([question(7, { origin: undefined })]) },
			/^content\/questions\/5\.yaml: q-4-wt7-01 comes twice, first in content\/questions\/4\.yaml/,
		],
		[
			'a question whose id tells another section',
			{ 'content/questions/4.yaml': JSON.stringify(questions({ section: '5' })) },
			/q-4-wt1-01 is of section 5, its id says otherwise$/,
		],
		[
			'a shared draft that is lost',
			{ 'content/questions/4.yaml': JSON.stringify(questions({ origin: 'Q02' })) },
			/no question has the origin Q01$/,
		],
		[
			'a question on inferred rules alone that does not say so',
			{ 'content/questions/4.yaml': JSON.stringify(questions({ rules: ['R4-2'] })) },
			/q-4-wt1-01 rests on rules that we inferred alone/,
		],
		[
			'a question that speaks of a default, unmarked',
			{
				'content/questions/4.yaml': JSON.stringify(questions({ rationale: { zh: '平台默认，共识未给数值', en: 'a' } })),
			},
			/q-4-wt1-01 speaks of a default/,
		],
		[
			'a text that cites a rule that there is not',
			{ 'content/lessons/scope/zh.mdx': mdx('甲').replace('R4-2', 'R4-2 R4-3') },
			/^content\/lessons\/scope\/zh\.mdx:5 cites R4-3, which there is not$/,
		],
		[
			'a text that leaves out a rule of its lesson',
			{
				'content/lessons/scope/zh.mdx': mdx('甲').replace(' R4-2', ''),
				'content/lessons/scope/en.mdx': mdx('a').replace(' R4-2', ''),
			},
			/^content\/lessons\/scope\/en\.mdx: cites R4-2 nowhere/,
		],
		[
			'a question asked that there is not',
			{ 'content/lessons/scope/zh.mdx': mdx('甲').replace('wt1', 'wt0') },
			/^content\/lessons\/scope\/zh\.mdx:7 asks the question q-4-wt0-01/,
		],
		[
			'a picture shown that there is not',
			{ 'content/pictures/ring.yaml': undefined },
			/zh\.mdx:9 shows the picture ring/,
		],
		[
			'texts that are not built alike',
			{ 'content/lessons/scope/en.mdx': mdx('a').replace('## a', '### a') },
			/^content\/lessons\/scope\/en\.mdx:3 has a heading of level 3 where .*zh\.mdx:3 has a heading of level 2$/,
		],
		[
			'a sentence of the consensus in a lesson',
			{ 'content/lessons/scope/zh.mdx': mdx(`甲\n\n春眠不觉晓，处处 闻啼 鸟，夜来风`) },
			/^content\/lessons\/scope\/zh\.mdx:3 shares with the consensus: 春眠不觉晓处处闻啼鸟夜来/,
		],
		[
			'a sentence of the consensus in a dictionary',
			{ 'src/i18n/zh/a.json': `{ "a": "春眠不觉晓，处处 闻啼鸟，夜来风" }` },
			/^src\/i18n\/zh\/a\.json:1 shares with the consensus: /,
		],
		[
			'a question about a picture that there is not',
			{ 'content/questions/4.yaml': JSON.stringify(questions({ picture: 'rings' })) },
			/q-4-wt1-01 shows the picture rings, which there is not$/,
		],
		[
			'a question about an area that its picture does not have',
			{
				'content/questions/4.yaml': JSON.stringify(
					questions({ kind: 'hotspot', picture: 'ring', area: 'TB', options: undefined, key: undefined }),
				),
			},
			/q-4-wt1-01 asks for the area TB, which ring does not have$/,
		],
		[
			'a worked case that names a rule that there is not',
			{ 'content/worked/fig-1.yaml': 'steps: [{ rules: [R4-1] }, { rules: [R4-3] }]' },
			/^content\/worked\/fig-1\.yaml: step 2 names the rule R4-3, which there is not$/,
		],
		[
			'a worked case that shows a picture that there is not',
			{ 'content/worked/fig-1.yaml': 'steps: [{ rules: [R4-1], picture: rings }]' },
			/^content\/worked\/fig-1\.yaml: step 1 shows the picture rings/,
		],
		['no hashes', { 'content/rules/consensus-runs.txt': undefined }, /consensus-runs\.txt: is missing$/],
	])('finds %s', async (_, other, problem) => {
		expect(await problemsOf(other)).toContainEqual(expect.stringMatching(problem));
	});

	it('lets a lesson cite what another one teaches', async () => {
		expect(await problemsOf({ 'content/lessons/scope/lesson.yaml': lesson(1, { rules: ['R4-1'] }) })).toEqual([]);
	});

	it('lets fixed terms pass, and twelve characters', async () => {
		const zh = '春眠不觉晓处处闻啼鸟夜来风雨声\n\n春眠不觉晓处处，闻啼 x 鸟夜来风雨声';
		expect(await problemsOf({ 'content/worked/a.yaml': zh })).toEqual([]);
	});
});

describe('runs that are shared', () => {
	const hashes = new Set(runHashes(SENTENCE));
	it('are told once, as long as they are, whatever stands between their characters', () => {
		const found = sharedRuns('一二三\n春眠、不觉晓（处处闻啼鸟）\n夜来——风 雨', hashes, []);
		expect(found).toEqual([{ line: 2, words: '春眠不觉晓处处闻啼鸟夜来风雨' }]);
	});
	it('end at letters and digits, and need thirteen characters', () => {
		expect(sharedRuns('春眠不觉晓处处闻啼鸟夜来', hashes, [])).toEqual([]);
		expect(sharedRuns('春眠不觉晓处处闻 MRI 啼鸟夜来风雨声', hashes, [])).toEqual([]);
		expect(sharedRuns('春眠不觉晓2处处闻啼鸟夜来风雨', hashes, [])).toEqual([]);
	});
	it('are those of the consensus: the file was made from its text', () => {
		const folder = sharedFolder('consensus');
		if (!folder) return;
		const name = readdirSync(folder).find((each) => /^000_.*\.txt$/.test(each)) ?? '';
		const kept = readFileSync(new URL(`../../../${RUNS_FILE}`, import.meta.url), 'utf8');
		expect(entriesOf(kept)).toEqual(runHashes(readFileSync(join(folder, name), 'utf8')));
	});
	it('do not tell the text that they were made of', () => {
		expect(runHashes(SENTENCE)).toHaveLength(3);
		for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{10}$/);
	});
});

describe('texts built alike', () => {
	it.each([
		['one more component', '<A x="1" />', '<A x="1" />\n<B />', '<B /> where the end'],
		['another value', '<A x="1" />', '<A x="2" />', '<A x="2" /> where <A x="1" />'],
		[
			'attributes in another order',
			'<A x="1" y="2" />',
			'<A y="2" x="1" />',
			'<A y="2" x="1" /> where <A x="1" y="2" />',
		],
		['another heading', '# 一\n## 二', '# one\n# two', 'a heading of level 1 where a heading of level 2'],
		['a component that is left open', '<A>甲</A>', '<A>a', 'the end where </A>'],
		['headings and components in another order', '# 一\n<A />', '<A />\n# one', '<A /> where a heading of level 1'],
	])('differ by %s', (_, zh, en, expected) => {
		const difference = firstDifference(zh, en);
		expect(`${difference?.shapes[1]} where ${difference?.shapes[0]}`).toBe(expected);
	});
	it('may have other words, also in captions, and what they like between fences', () => {
		const zh = '# 一\n\n<A caption="这 > 那" x={1}>甲</A>\n\n```\n# 甲\n<B />\n```\n1 < 2';
		const en = '# one\n\nMore words.\n\n<A caption="this" x={1}>a</A>\n';
		expect(firstDifference(zh, en)).toBeUndefined();
	});
});
