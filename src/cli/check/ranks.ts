import { posix } from 'node:path';
import type { Check } from './check.ts';
import { namedModules } from './imports.ts';
import { sourceFiles } from './sourceFiles.ts';

/** Who may import whom: a room of `src/` only itself and rooms of a lower rank, never one of its own rank. */
const RANKS: Readonly<Record<string, number>> = {
	grid: 0,
	protocol: 0,
	i18n: 0,
	styles: 0,
	assets: 0,
	scoring: 1,
	mask: 2,
	formats: 2,
	schemas: 2,
	phantom: 3,
	importers: 3,
	learning: 3,
	workers: 4,
	viewer: 4,
	store: 4,
	node: 4,
	islands: 5,
	offline: 5,
	server: 5,
	cli: 6,
	'content.config': 6,
	components: 6,
	layouts: 7,
	pages: 8,
};

/** Rooms that compile without DOM and Node: of the packages, they get only what is listed for them below. */
const PURE = new Set([
	'grid',
	'protocol',
	'i18n',
	'scoring',
	'mask',
	'formats',
	'schemas',
	'phantom',
	'importers',
	'learning',
]);

/** Packages with a home, and the only rooms that may import them. */
const HOMES: readonly { readonly packages: RegExp; readonly rooms: readonly string[] }[] = [
	{ packages: /^node:/, rooms: ['node', 'server', 'cli'] },
	{ packages: /^@niivue\//, rooms: ['viewer'] },
	{ packages: /^pouchdb/, rooms: ['store'] },
	{ packages: /^zod$/, rooms: ['schemas', 'content.config'] },
	{ packages: /^(fflate|nifti-reader-js)$/, rooms: ['formats'] },
	{ packages: /^@zip\.js\//, rooms: ['store'] },
	{ packages: /^@noble\//, rooms: ['workers'] },
	{ packages: /^react(-dom)?$/, rooms: ['islands'] },
	{ packages: /^workbox-/, rooms: ['offline'] },
	{ packages: /^ts-fsrs$/, rooms: ['learning'] },
];

/** Files that Astro's configuration is made of, though they lie beside what they configure. */
const CONFIGURATION = new Set(['src/offline/integration.ts']);

/** The rank table over everything in `src/`, Astro's pages and the workers' entries included. */
export const ranks: Check = {
	name: 'ranks',
	about: 'who imports whom',
	problems: async (root) =>
		sourceFiles(root, 'src', /\.(ts|tsx|mts|mjs|js|jsx|astro|mdx)$/).flatMap((file) => {
			const room = roomOf(file.path);
			if (room === undefined) return file.path.endsWith('.d.ts') ? [] : [`${file.path}: lies in no room with a rank`];
			return namedModules(file).flatMap(({ specifier, line }) => {
				const breach = breachOf(file.path, room, specifier);
				return breach ? [`${file.path}:${line} imports ${specifier}: ${breach}`] : [];
			});
		}),
};

function breachOf(path: string, room: string, specifier: string): string | undefined {
	const target = projectPath(path, specifier);
	if (target === undefined) return packageBreach(path, room, specifier);
	if (!target.startsWith('src/')) return undefined;
	const other = roomOf(target);
	if (other === undefined) return 'that lies in no room with a rank';
	if (other === room) return undefined;
	const [own, its] = [RANKS[room] ?? 0, RANKS[other] ?? 0];
	if (its < own) return undefined;
	return `${room} (rank ${own}) may import only from lower ranks, ${other} has rank ${its}`;
}

function packageBreach(path: string, room: string, specifier: string): string | undefined {
	const home = HOMES.find(({ packages }) => packages.test(specifier));
	if (home?.rooms.includes(room) || (specifier.startsWith('node:') && CONFIGURATION.has(path))) return undefined;
	if (home) return `only ${home.rooms.join(', ')} may import it`;
	return PURE.has(room) ? `${room} is pure and may not import this package` : undefined;
}

/** The file a specifier names, relative to the root; undefined for packages. */
function projectPath(from: string, specifier: string): string | undefined {
	if (specifier.startsWith('/')) return posix.normalize(specifier.slice(1));
	return specifier.startsWith('.') ? posix.join(posix.dirname(from), specifier) : undefined;
}

function roomOf(path: string): string | undefined {
	const name = /^src\/(?:([^/]+)\/|(content\.config)\.)/.exec(path);
	const room = name?.[1] ?? name?.[2];
	return room !== undefined && Object.hasOwn(RANKS, room) ? room : undefined;
}
