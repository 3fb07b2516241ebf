// @ts-check
// `npm run bench -- NAME`: runs test/bench/NAME on the Node that came with the installation.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand, StepError, UsageError } from './launcher/args.mjs';
import { ensureBuilt } from './launcher/build.mjs';
import { ensureCases } from './launcher/cases.mjs';
import { runChild } from './launcher/children.mjs';
import { findChromium, thisWorld } from './launcher/chromium.mjs';
import { chooseNode, thisMachine } from './launcher/node.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'test', 'bench');
const names = existsSync(folder)
	? readdirSync(folder)
			.filter((file) => /^[^_].*\.(ts|mjs)$/.test(file))
			.map((file) => file.replace(/\.\w+$/, ''))
	: [];

const HELP = `npm run bench -- NAME [arguments of the benchmark]
Builds the site and the cases if it needs them and they are not current, then measures. There are: ${names.join(', ') || 'none'}`;

/** Benchmarks that need neither the site nor a browser. */
const WITHOUT_SITE = new Set(['scoring', 'phantom']);

await runCommand(HELP, async () => {
	const [name, ...rest] = process.argv.slice(2);
	if (name === undefined || name === '--help' || name === '-h') {
		console.log(HELP);
		return name === undefined ? 2 : 0;
	}
	if (!names.includes(name)) throw new UsageError(`there is no benchmark "${name}"`);
	const node = chooseNode(root, thisMachine());
	if ('error' in node) throw new StepError(node.error);
	const file = ['ts', 'mjs'].map((ending) => join(folder, `${name}.${ending}`)).find(existsSync);
	const env = { ...process.env, ...(WITHOUT_SITE.has(name) ? {} : await prepareSite(node.path)) };
	const { code } = await runChild(node.path, [/** @type {string} */ (file), ...rest], { cwd: root, env, show: true });
	return code;
});

/**
 * The site and the cases as they are now, and the browser to open them in.
 * @param {string} node
 */
async function prepareSite(node) {
	console.log(`Site: ${await ensureBuilt(root, node)}`);
	console.log(`Cases: ${await ensureCases(root, node, join(root, '.data'))}`);
	return { CONCORD_CHROMIUM: await findChromium(await thisWorld(root, node)) };
}
