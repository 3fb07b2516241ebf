import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';

/** JavaScript of one page, each file compressed by itself. */
export interface PageWeight {
	/** What the page loads by itself. */
	readonly initialBytes: number;
	/** That, and what it can load later. */
	readonly totalBytes: number;
	readonly islands: number;
}

/** Weighs the scripts of a page of `dist`: those written into it, those it names, and theirs in turn. */
export function pageWeight(dist: string, html: string): PageWeight {
	let inlineBytes = 0;
	const entries = new Set<string>();
	const inline: string[] = [];
	for (const [, attributes = '', body = ''] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script\s*>/gi)) {
		if (/type\s*=\s*["']?application\/(ld\+)?json/i.test(attributes)) continue;
		const source = attribute(attributes, 'src');
		if (source) entries.add(source);
		else if (body.trim() !== '') {
			inlineBytes += gzipSync(body, { level: 9 }).length;
			inline.push(body);
		}
	}
	for (const [tag] of html.matchAll(/<link\b[^>]*>/gi))
		if (/modulepreload/i.test(tag)) entries.add(attribute(tag, 'href') ?? '');
	const islands = [...html.matchAll(/<astro-island\b[^>]*>/gi)];
	for (const [tag] of islands)
		for (const name of ['component-url', 'renderer-url', 'before-hydration-url'])
			entries.add(attribute(tag, name) ?? '');

	const initial = new Set<string>();
	const visit = (set: Set<string>, file: string, next: (file: string) => readonly string[]) => {
		if (set.has(file)) return;
		set.add(file);
		for (const other of next(file)) visit(set, other, next);
	};
	const first = [...entries].flatMap((url) => scriptFile(dist, '/', url) ?? []);
	for (const body of inline) first.push(...staticImports(body).flatMap((url) => scriptFile(dist, '/', url) ?? []));
	for (const file of first)
		visit(initial, file, (one) =>
			importsOf(dist, one).flatMap((url) => scriptFile(dist, posix.dirname(one), url) ?? []),
		);

	const total = new Set<string>();
	const lazy = inline.flatMap((body) => namedScripts(dist, '/', body));
	for (const file of [...initial, ...lazy])
		visit(total, file, (one) => namedScripts(dist, posix.dirname(one), read(dist, one)));

	const weigh = (files: Iterable<string>) => {
		let bytes = inlineBytes;
		for (const file of files) bytes += weightOf(dist, file);
		return bytes;
	};
	return { initialBytes: weigh(initial), totalBytes: weigh(total), islands: islands.length };
}

/** What a module imports before it runs: its import and export declarations, not its `import()` calls. */
function staticImports(code: string): string[] {
	const file = ts.createSourceFile('chunk.js', code, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
	return file.statements.flatMap((statement) => {
		if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
		const { moduleSpecifier } = statement;
		return moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? [moduleSpecifier.text] : [];
	});
}

/**
 * Every script of the site that a text names in quotes: what it imports now or later, and workers. The service
 * worker is left out: it names all there is, and has a budget of its own.
 */
function namedScripts(dist: string, folder: string, code: string): string[] {
	return [...code.matchAll(/["'`]([^"'`\s]+\.m?js)["'`]/g)].flatMap(([, url = '']) => {
		const file = scriptFile(dist, folder, url);
		return file === undefined || file === '/sw.js' ? [] : file;
	});
}

/** The file below `dist` that an address in a file of `folder` means, if it is there. */
function scriptFile(dist: string, folder: string, url: string): string | undefined {
	if (/^[a-z]+:|^\/\//i.test(url) || url === '') return undefined;
	// Vite's list of what to preload names files from the site's root, without the slash.
	const file = url.startsWith('/')
		? posix.normalize(url)
		: url.startsWith('_astro/')
			? `/${url}`
			: posix.join(folder, url);
	const path = join(dist, file.split(/[?#]/)[0] ?? '');
	return existsSync(path) && statSync(path).isFile() ? (file.split(/[?#]/)[0] ?? '') : undefined;
}

/** Pages share most of their files, and the large ones take a while to read. */
const read = remembered((path) => readFileSync(path, 'utf8'));
const importsOf = remembered((path) => staticImports(readFileSync(path, 'utf8')));
const weightOf = remembered((path) => gzipSync(readFileSync(path), { level: 9 }).length);

function remembered<T>(work: (path: string) => T): (dist: string, file: string) => T {
	const known = new Map<string, T>();
	return (dist, file) => {
		const path = join(dist, file);
		const value = known.get(path) ?? work(path);
		known.set(path, value);
		return value;
	};
}

function attribute(tag: string, name: string): string | undefined {
	return new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag)?.slice(1).find(Boolean);
}
