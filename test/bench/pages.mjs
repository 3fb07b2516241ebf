// @ts-check
// `npm run bench -- pages`: the JavaScript that each page loads by itself, and what it hydrates before it is touched.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startSite } from '../../src/server/startSite.ts';
import { describeMachine, startBrowser } from './_benchTools.mjs';

const TARGET_KB = 40;
/** Without a click, a key or a scroll; what a page loads when idle is loaded by then. */
const UNTOUCHED_MS = 2500;

const root = resolve(import.meta.dirname, '../..');
const dist = resolve(process.env.CONCORD_DIST || join(root, 'dist'));
const data = resolve(process.env.CONCORD_DATA || join(root, '.data'));
/** @type {{ kinds: readonly { name: string, pages: string }[] }} */
const { kinds } = JSON.parse(readFileSync(join(root, 'budgets.json'), 'utf8'));

const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
	.map((file) => file.replaceAll('\\', '/'))
	.filter((file) => file.endsWith('index.html'))
	.sort();
const site = await startSite({ dist, data }, { port: 0 });
const browser = await startBrowser();
try {
	console.log(`${(await describeMachine(browser)).join('\n')}\n`);
	console.log('page                        kind           JS, kB gzip   requests   islands: hydrated / all');
	let heaviest = 0;
	let hydratedEarly = 0;
	for (const file of files) {
		const kind = kinds.find(({ pages }) => new RegExp(pages).test(file))?.name ?? 'unknown';
		const { bytes, scripts, islands, hydrated } = await load(`/${file.slice(0, -'index.html'.length)}`);
		if (kind === 'reading') {
			heaviest = Math.max(heaviest, bytes / 1000);
			hydratedEarly += hydrated;
		}
		console.log(
			`/${file.slice(0, -'index.html'.length).padEnd(26)} ${kind.padEnd(14)} ${(bytes / 1000).toFixed(1).padStart(11)} ${String(scripts).padStart(10)} ${`${hydrated} / ${islands}`.padStart(12)}`,
		);
	}
	const verdict = heaviest <= TARGET_KB && hydratedEarly === 0 ? 'met' : 'MISSED';
	console.log(
		`\n  target: reading pages ≤ ${TARGET_KB} kB, nothing hydrated: ${verdict} (heaviest ${heaviest.toFixed(1)} kB, ${hydratedEarly} islands)`,
	);
} finally {
	await browser.close();
	await site.stop();
}

/** Opens a page in a browser that has nothing of it yet, and leaves it alone. @param {string} path */
async function load(path) {
	// Without its service worker, which fetches the other pages' code in the background.
	const context = await browser.newContext({ serviceWorkers: 'block', locale: 'en-GB' });
	const page = await context.newPage();
	/** @type {Set<string>} */
	const scripts = new Set();
	page.on('response', (response) => {
		if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.add(response.url());
	});
	// The door, `/`, leads on by itself: what is measured there includes where it leads.
	await page.goto(site.url + path, { waitUntil: 'load' });
	await page.waitForTimeout(UNTOUCHED_MS);
	const { inline, islands, hydrated } = await page.evaluate(() => {
		const all = [...document.querySelectorAll('astro-island')];
		const written = [...document.querySelectorAll('script')].filter(({ src }) => src === '');
		return {
			inline: written.filter(({ type }) => !/json|importmap/.test(type)).map(({ textContent }) => textContent ?? ''),
			islands: all.length,
			hydrated: all.filter((island) => !island.hasAttribute('ssr')).length,
		};
	});
	await context.close();
	// Fetched again: the browser no longer has what a page loaded before it led elsewhere.
	const loaded = await Promise.all([...scripts].map(async (url) => (await fetch(url)).text()));
	const bytes = [...loaded, ...inline].reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
	return { bytes, scripts: scripts.size, islands, hydrated };
}
