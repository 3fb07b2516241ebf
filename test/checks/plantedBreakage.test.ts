import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RUNS_FILE, runHashes } from '../../src/cli/check/sharedRuns.ts';
import { copyProject, type ProjectCopy } from './projectCopy.ts';

// `pages` is left out: it is the slow one, and its types are those of `types`.
const OPTIONS = ['--without', 'pages'];
const CHECKS = [
	'ranks',
	'dictionaries',
	'literal-text',
	'teaching',
	'lint',
	'unused',
	'pure-types',
	'types',
	'budgets',
];

let copy: ProjectCopy;
let before: Awaited<ReturnType<ProjectCopy['check']>>;
let after: typeof before;

beforeAll(async () => {
	copy = copyProject();
	before = await copy.check(OPTIONS);
	plantEverything();
	after = await copy.check(OPTIONS);
});
afterAll(() => copy.remove());

/** One breach of every rule, each in a place of its own. */
function plantEverything(): void {
	const append = (path: string, line: string) =>
		copy.write(path, `${readFileSync(join(copy.root, path), 'utf8')}\n${line}\n`);

	copy.write(
		'src/mask/planted.ts',
		`import type { title } from '../formats/planted.ts';\nexport type M = typeof title;\n`,
	);
	copy.write('src/scoring/planted.ts', `import { W } from '../islands/planted.tsx';\nexport type S = typeof W;\n`);
	copy.write('src/layouts/Planted.astro', `---\nimport Page from '../pages/index.astro';\n---\n<Page />\n`);
	copy.write('src/viewer/planted.ts', `new Worker(new URL('../workers/planted.ts', import.meta.url));\n`);
	copy.write('src/workers/planted.ts', `import { z } from 'zod';\nimport 'node:fs';\nexport const s = z.string();\n`);
	copy.write('src/formats/planted.ts', `export const title = () => document.title;\n`);
	copy.write(
		'src/islands/planted.tsx',
		`export const W = ({ on }: { on: boolean }) => (
	<button aria-label="Save this" title={on ? '保存' : undefined}>
		Draw here {on && 'now'} <b>{String('fine')}</b> — 12 <kbd>N</kbd>
	</button>
);
`,
	);
	append('src/grid/grid.ts', `export const plantedDeadExport = 1;`);
	append('src/grid/rasView.ts', `export const plantedType: number = 'text';`);
	copy.write('src/grid/planted.ts', `export function planted(): void {\n\tdebugger;\n}\n`);
	copy.write('src/i18n/zh/planted.json', `{ "a": "{n} 层", "b": "有", "c": "空", "d": "少" }`);
	copy.write('src/i18n/en/planted.json', `{ "b": "there", "a": "{m} slices", "c": " " }`);
	copy.write('src/i18n/zh/plantedAlone.json', `{}`);
	plantInLessons(append);
	copy.write('dist/_astro/big.js', `import './bigger.js'; console.log("${randomBytes(15_000).toString('hex')}");`);
	copy.write('dist/_astro/bigger.js', `console.log("${randomBytes(30_000).toString('hex')}");`);
	copy.write('dist/zh/index.html', '<script type="module" src="/_astro/big.js"></script><astro-island></astro-island>');
	copy.write('dist/sw.js', `precache([{url:"_astro/big.wasm",revision:null}])`);
	copy.write('dist/_astro/big.wasm', 'x'.repeat(20_000_000));
}

/** A sentence that stands for one of the consensus. */
const SENTENCE = '春眠不觉晓处处闻啼鸟夜来风雨声';

function plantInLessons(append: (path: string, line: string) => void): void {
	const catalogue = JSON.parse(readFileSync(join(copy.root, 'content/rules/rules.json'), 'utf8'));
	catalogue.rules.push({ ...catalogue.rules[0], id: 'R1-99' });
	copy.write('content/rules/rules.json', `${JSON.stringify(catalogue, null, '\t')}\n`);
	append('content/lessons/scope/en.mdx', '## Planted');
	append(RUNS_FILE, runHashes(SENTENCE).join('\n'));
	append('content/lessons/quality/zh.mdx', '春眠不觉晓，处处闻啼鸟。夜来风');
}

describe('as the project stands', () => {
	test.each(CHECKS)('%s has nothing to say', (name) => {
		expect(before.problems.get(name)).toEqual([]);
	});
	test('the check as a whole passes', () => expect(before.code).toBe(0));
});

describe('a breach of a rule is named by', () => {
	test.each([
		[
			'ranks',
			/^src\/mask\/planted\.ts:1 imports \.\.\/formats\/planted\.ts: mask \(rank 2\) may import only from lower/,
		],
		['ranks', /^src\/scoring\/planted\.ts:1 imports .* islands has rank 5$/],
		['ranks', /^src\/layouts\/Planted\.astro:2 imports .* pages has rank 8$/],
		['ranks', /^src\/viewer\/planted\.ts:1 imports \.\.\/workers\/planted\.ts: .* workers has rank 4$/],
		['ranks', /^src\/workers\/planted\.ts:1 imports zod: only schemas, content\.config may import it$/],
		['ranks', /^src\/workers\/planted\.ts:2 imports node:fs: only node, server, cli may import it$/],
		['dictionaries', /^src\/i18n\/en\/planted\.json: the key "d" is missing$/],
		['dictionaries', /^src\/i18n\/en\/planted\.json: "c" is empty$/],
		['dictionaries', /^src\/i18n\/en\/planted\.json: "a" has the placeholders \[m\], .* has \[n\]$/],
		['dictionaries', /^src\/i18n\/en\/planted\.json: "b" stands where .* has "a"$/],
		['dictionaries', /^src\/i18n\/en\/plantedAlone\.json: is missing/],
		['literal-text', /^src\/islands\/planted\.tsx:2 has the text "Save this" in aria-label$/],
		['literal-text', /^src\/islands\/planted\.tsx:2 has the text "保存" in title$/],
		['literal-text', /^src\/islands\/planted\.tsx:3 has the text "Draw here" in an element$/],
		['literal-text', /^src\/islands\/planted\.tsx:3 has the text "now" in an element$/],
		['teaching', /^content\/rules\/rules\.json: R1-99 is taught in no lesson$/],
		['teaching', /^content\/rules\/rules\.json: R1-99 is tested by no question or drill$/],
		['teaching', /^content\/lessons\/scope\/en\.mdx:\d+ has a heading of level 2 where .*zh\.mdx:\d+ has the end$/],
		['teaching', /^content\/lessons\/quality\/zh\.mdx:\d+ shares with the consensus: 春眠不觉晓处处闻啼鸟夜来风$/],
		['lint', /^src\/grid\/planted\.ts:2 lint\/suspicious\/noDebugger/],
		['unused', /^src\/grid\/grid\.ts:\d+ nothing uses the export plantedDeadExport$/],
		['unused', /^src\/grid\/planted\.ts: nothing uses this file$/],
		['pure-types', /^src\/formats\/planted\.ts.* error TS\d+: .*'document'/],
		['types', /^src\/grid\/rasView\.ts.* error TS2322/],
		['budgets', /^dist\/zh\/index\.html: loads .* of JavaScript \(gzip\), a reading page may 40 kB$/],
		['budgets', /^dist\/zh\/index\.html: has 1 islands/],
		['budgets', /^dist\/sw\.js: stores 20000\.0 kB at install/],
	])('%s: %s', (name, line) => {
		expect(after.problems.get(name)).toContainEqual(expect.stringMatching(line));
	});

	test('and what is no breach is not named', () => {
		expect(after.problems.get('literal-text')?.filter((problem) => problem.includes('planted'))).toHaveLength(4);
		expect(after.problems.get('dictionaries')?.filter((problem) => problem.includes('planted'))).toHaveLength(5);
	});

	test('the check as a whole, which fails', () => expect(after.code).toBe(1));
});
