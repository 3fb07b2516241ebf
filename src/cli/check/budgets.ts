import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from './check.ts';
import { pageWeight } from './pageWeight.ts';
import { sourceFiles } from './sourceFiles.ts';

/** budgets.json. Sizes in kB (1000 bytes). */
interface Budgets {
	readonly about: string;
	/** The first kind whose pattern matches a page's path in dist/ holds for it. */
	readonly kinds: readonly {
		readonly name: string;
		readonly pages: string;
		/** Scripts a page loads by itself, gzip: its own, what they import, and islands with what they import. */
		readonly initialKb: number;
		/** The same with everything these can load later, workers included. */
		readonly totalKb: number;
		/** Whether the page may have islands. */
		readonly islands: boolean;
	}[];
	/** Everything the service worker stores at install, uncompressed. */
	readonly precacheKb: number;
}

/** What the built pages ship, against budgets.json. */
export const budgets: Check = {
	name: 'budgets',
	about: 'what the pages ship',
	problems: async (root) => {
		const { kinds, precacheKb } = JSON.parse(readFileSync(join(root, 'budgets.json'), 'utf8')) as Budgets;
		const dist = join(root, 'dist');
		const pages = sourceFiles(root, 'dist', /\.html$/);
		if (pages.length === 0) return ['dist: there are no pages, the site is not built'];
		const problems: string[] = [];
		for (const { path, text } of pages) {
			const page = path.slice('dist/'.length);
			const kind = kinds.find(({ pages }) => new RegExp(pages).test(page));
			if (!kind) {
				problems.push(`${path}: budgets.json has no kind for it`);
				continue;
			}
			const { initialBytes, totalBytes, islands } = pageWeight(dist, text);
			const over = (what: string, bytes: number, kb: number) => {
				if (bytes > kb * 1000)
					problems.push(`${path}: ${what} ${kilobytes(bytes)} of JavaScript (gzip), a ${kind.name} page may ${kb} kB`);
			};
			over('loads', initialBytes, kind.initialKb);
			over('can load', totalBytes, kind.totalKb);
			if (islands > 0 && !kind.islands) problems.push(`${path}: has ${islands} islands, a ${kind.name} page has none`);
		}
		const stored = precached(dist);
		const bytes = stored.reduce((sum, file) => sum + statSync(join(dist, file)).size, 0);
		if (bytes > precacheKb * 1000)
			problems.push(`dist/sw.js: stores ${kilobytes(bytes)} at install, it may store ${precacheKb} kB`);
		return problems;
	},
};

/** The files that the service worker stores at install. */
function precached(dist: string): string[] {
	const worker = join(dist, 'sw.js');
	if (!existsSync(worker)) return [];
	const entries = readFileSync(worker, 'utf8').matchAll(/\{\s*"?(?:url|revision)"?:[^{}]*\}/g);
	return [...entries]
		.flatMap(([entry]) => /"?url"?:\s*["']([^"']+)["']/.exec(entry)?.[1] ?? [])
		.map(decodeURI)
		.filter((file) => existsSync(join(dist, file)));
}

function kilobytes(bytes: number): string {
	return `${(bytes / 1000).toFixed(1)} kB`;
}
