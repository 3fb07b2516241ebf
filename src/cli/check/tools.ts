import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { runChild } from '../launcher/children.mjs';
import type { Check } from './check.ts';

const TSC = 'typescript/bin/tsc';

/** Types, everywhere. */
export const types = compiler('types', 'TypeScript', 'tsconfig.json');

/** Types of the pure rooms, which know neither DOM nor Node. */
export const pureTypes = compiler('pure-types', 'the pure rooms need neither DOM nor Node', 'tsconfig.pure.json');

/** Types in the pages' templates. */
export const pages: Check = {
	name: 'pages',
	about: 'astro check',
	problems: (root) =>
		tool(root, 'astro/bin/astro.mjs', ['check', '--minimumSeverity', 'error'], (line) =>
			/ - error |^\[?ERROR/.test(line) ? line : undefined,
		),
};

/** Lint and format. */
export const lint: Check = {
	name: 'lint',
	about: 'Biome',
	problems: (root) =>
		tool(root, '@biomejs/biome/bin/biome', ['ci', '--reporter=github', '--error-on-warnings'], (line) => {
			const [, level, fields = '', message = ''] = /^::(error|warning) ([^:]*(?::[^:]+)*?)::(.*)$/.exec(line) ?? [];
			if (level === undefined) return undefined;
			const field = (name: string) => new RegExp(`(?:^|,)${name}=([^,]*)`).exec(fields)?.[1] ?? '';
			return `${relative(root, field('file'))}:${field('line')} ${field('title')}: ${message}`;
		}),
};

/** Files, exports and packages that nothing uses. */
export const unused: Check = {
	name: 'unused',
	about: 'knip',
	problems: async (root) => {
		const { code, output } = await runTool(root, 'knip/bin/knip.js', [
			'--reporter',
			'json',
			'--no-progress',
			'--no-config-hints',
		]);
		const json = output.slice(output.indexOf('{"issues"')).split('\n')[0] ?? '';
		if (!json.startsWith('{')) return code === 0 ? [] : [output.trim()];
		const { issues } = JSON.parse(json) as { issues: readonly KnipIssues[] };
		return issues.flatMap(({ file, ...kinds }) =>
			Object.entries(kinds).flatMap(([kind, found]) =>
				(Array.isArray(found) ? found.flat() : []).map(({ name, line }: { name: string; line?: number }) => {
					const what = KNIP_WORDS[kind] ?? `${kind}:`;
					return kind === 'files' ? `${file}: ${what}` : `${file}${line ? `:${line}` : ''} ${what} ${name}`;
				}),
			),
		);
	},
};

interface KnipIssues {
	readonly file: string;
	readonly [kind: string]: unknown;
}

const KNIP_WORDS: Readonly<Record<string, string>> = {
	files: 'nothing uses this file',
	exports: 'nothing uses the export',
	types: 'nothing uses the exported type',
	dependencies: 'nothing uses the dependency',
	devDependencies: 'nothing uses the development dependency',
	unlisted: 'package.json does not list',
	unresolved: 'cannot find',
	duplicates: 'is exported twice:',
	binaries: 'package.json does not bring the program',
};

function compiler(name: string, about: string, project: string): Check {
	// What the last run knew stays in the cache, which makes the next one quick.
	const known = join('node_modules', '.cache', 'concord', `${name}.tsbuildinfo`);
	const args = ['-p', project, '--pretty', 'false', '--incremental', '--tsBuildInfoFile', known];
	return {
		name,
		about,
		problems: (root) => tool(root, TSC, args, (line) => (/error TS\d+:/.test(line) ? line : undefined)),
	};
}

/** Runs a tool and picks the lines that name a problem; where it fails without one, all it said is the problem. */
async function tool(
	root: string,
	program: string,
	args: readonly string[],
	pick: (line: string) => string | undefined,
): Promise<string[]> {
	const { code, output } = await runTool(root, program, args);
	const problems = output.split('\n').flatMap((line) => pick(line.trim()) ?? []);
	return code === 0 || problems.length > 0 ? problems : [output.trim() || `${program} ended with ${code}`];
}

async function runTool(root: string, program: string, args: readonly string[]) {
	const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ASTRO_TELEMETRY_DISABLED: '1' };
	const { code, output } = await runChild(process.execPath, [join('node_modules', program), ...args], {
		cwd: root,
		env,
	});
	return { code, output: stripVTControlCharacters(output) };
}
