// @ts-check
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StepError } from './args.mjs';
import { lastLines, runChild } from './children.mjs';
import { outsideProject } from './install.mjs';

/**
 * @typedef {object} ChromiumWorld what the search may look at and do
 * @property {string | undefined} chosen value of CONCORD_CHROMIUM
 * @property {string | undefined} playwrights where Playwright keeps its own
 * @property {readonly string[]} systems usual places of the system's
 * @property {(path: string) => boolean} exists
 * @property {(path: string) => Promise<boolean>} starts
 * @property {readonly { name: string, run: () => Promise<void> }[]} installers tried in this order
 */

/** Usual places of a system's Chromium. */
export const SYSTEM_CHROMIUMS = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/usr/bin/google-chrome-stable',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Switches that keep it quiet and let it run as root in a container. */
export const CHROMIUM_FLAGS = [
	'--no-sandbox',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * Finds a Chromium that starts: the chosen one, Playwright's own, the system's, else one that gets installed.
 * @param {ChromiumWorld} world
 * @returns {Promise<string>} path of its program
 */
export async function findChromium({ chosen, playwrights, systems, exists, starts, installers }) {
	if (chosen !== undefined) {
		// Whoever chose one wants that one: another in its place would be a surprise.
		if (!exists(chosen)) throw new StepError(`CONCORD_CHROMIUM is "${chosen}", where there is no file.`);
		if (!(await starts(chosen))) throw new StepError(`CONCORD_CHROMIUM is "${chosen}", which does not start.`);
		return chosen;
	}
	const search = async () => {
		for (const path of [playwrights, ...systems])
			if (path !== undefined && exists(path) && (await starts(path))) return path;
		return undefined;
	};
	let found = await search();
	for (const installer of found ? [] : installers) {
		await installer.run();
		found = await search();
		if (found) break;
	}
	if (!found)
		throw new StepError(
			'No Chromium starts here and none could be installed. Install Chromium or Chrome and set CONCORD_CHROMIUM to the path of its program.',
		);
	return found;
}

/**
 * This machine, as `findChromium` needs it.
 * @param {string} root
 * @param {string} node
 * @returns {Promise<ChromiumWorld>}
 */
export async function thisWorld(root, node) {
	const playwright = await import(pathToFileURL(join(root, 'node_modules', '@playwright', 'test', 'index.mjs')).href);
	return {
		chosen: process.env.CONCORD_CHROMIUM || undefined,
		playwrights: playwright.chromium.executablePath(),
		systems: SYSTEM_CHROMIUMS,
		exists: existsSync,
		starts: (path) => chromiumStarts(path, root),
		installers: [
			{
				name: 'Playwright',
				run: () => attempt(root, node, [join('node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']),
			},
			...(isRootOnDebian()
				? [
						{
							name: 'apt-get',
							run: async () => {
								await attempt(root, 'apt-get', ['update']);
								await attempt(root, 'apt-get', ['install', '-y', 'chromium', 'fonts-noto-cjk']);
							},
						},
					]
				: []),
		],
	};
}

/**
 * Sees to a font with Chinese characters, without which pictures of the pages show boxes.
 * @param {string} root
 * @returns {Promise<string>} what is worth saying, or nothing
 */
export async function ensureChineseFont(root) {
	const { code, output } = await runChild('fc-list', [':lang=zh'], { cwd: root, timeoutMs: 20_000 });
	if (code !== 0 || output.trim() !== '') return '';
	if (isRootOnDebian()) {
		await attempt(root, 'apt-get', ['update']);
		await attempt(root, 'apt-get', ['install', '-y', 'fonts-noto-cjk']);
		return '';
	}
	return '; no font with Chinese characters is installed (fonts-noto-cjk): screenshots will show boxes';
}

/**
 * @param {string} path
 * @param {string} root
 */
async function chromiumStarts(path, root) {
	const profile = mkdtempSync(join(tmpdir(), 'concord-chromium-'));
	const args = ['--headless', ...CHROMIUM_FLAGS, `--user-data-dir=${profile}`, '--dump-dom', 'about:blank'];
	const { code, output } = await runChild(path, args, { cwd: root, timeoutMs: 60_000 });
	rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
	return code === 0 && output.includes('<html');
}

/**
 * Runs an installer; what it says is shown when it fails, and the search decides what comes next.
 * @param {string} root
 * @param {string} command
 * @param {readonly string[]} args
 */
async function attempt(root, command, args) {
	console.log(`    ${command} ${args.join(' ')}`);
	const env = { ...outsideProject(root, process.env), DEBIAN_FRONTEND: 'noninteractive' };
	const { code, output } = await runChild(command, args, { cwd: root, env, timeoutMs: 10 * 60_000 });
	if (code !== 0) console.log(`${lastLines(output, 8)}\n    ended with ${code}`);
}

function isRootOnDebian() {
	return process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get');
}
