import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** A copy of the project that may be broken, with the packages of the real one and a small built site. */
export interface ProjectCopy {
	readonly root: string;
	write(path: string, text: string): void;
	/** Runs `npm run check` on the copy; gives the problems by check, and whether the whole of it failed. */
	check(options: readonly string[]): Promise<{ code: number; problems: ReadonlyMap<string, readonly string[]> }>;
	remove(): void;
}

const COPIED = [
	...['src', 'test', 'content', 'public', '.gitignore', 'package.json', 'package-lock.json', 'astro.config.mjs'],
	...['tsconfig.json', 'tsconfig.pure.json', 'biome.json', 'knip.json', 'budgets.json'],
	...['vitest.config.ts', 'playwright.config.ts', '.astro'],
];

export function copyProject(): ProjectCopy {
	const copy = mkdtempSync(join(tmpdir(), 'concord-check-'));
	for (const path of COPIED)
		if (existsSync(join(root, path))) cpSync(join(root, path), join(copy, path), { recursive: true });
	// A folder of its own with links to the packages, so that nothing in it is written to the real one.
	mkdirSync(join(copy, 'node_modules'));
	for (const entry of readdirSync(join(root, 'node_modules')))
		if (entry !== '.cache' && entry !== '.vite')
			symlinkSync(join(root, 'node_modules', entry), join(copy, 'node_modules', entry));
	const write = (path: string, text: string) => {
		mkdirSync(join(copy, path, '..'), { recursive: true });
		writeFileSync(join(copy, path), text);
	};
	write('dist/index.html', '<script type="module" src="/_astro/small.js"></script>');
	write('dist/_astro/small.js', 'console.log(1);');
	return {
		root: copy,
		write,
		check: (options) => runCheck(copy, options),
		remove: () => rmSync(copy, { recursive: true }),
	};
}

function runCheck(copy: string, options: readonly string[]): ReturnType<ProjectCopy['check']> {
	return new Promise((done, fail) => {
		const args = [join(root, 'src/cli/check.ts'), '--root', copy, ...options];
		const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
		let said = '';
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
			said += chunk;
		});
		child.once('error', fail);
		child.once('close', (code) => done({ code: code ?? 1, problems: problemsByCheck(said) }));
	});
}

function problemsByCheck(said: string): Map<string, string[]> {
	const problems = new Map<string, string[]>();
	let current: string[] = [];
	for (const line of said.split('\n')) {
		const [, name] = /^(?:ok|FAILED) +([\w-]+):/.exec(line) ?? [];
		if (name) {
			current = [];
			problems.set(name, current);
		} else if (line.startsWith('  ')) current.push(line.trim());
	}
	return problems;
}
