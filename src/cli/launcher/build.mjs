// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines, mustRun } from './children.mjs';

/** What the built site is made from. */
const INPUTS = ['src', 'content', 'public', 'package-lock.json', 'package.json', 'astro.config.mjs', 'tsconfig.json'];

/** What runs beside the site and leaves no trace in it. */
const NOT_INPUTS = new Set(['src/cli', 'src/server']);

/**
 * SHA-256 over names and contents of everything the site is built from.
 * @param {string} root
 */
export function hashInputs(root) {
	const hash = createHash('sha256');
	for (const input of INPUTS) addToHash(hash, root, input);
	return hash.digest('hex');
}

/** @param {string} root */
export function buildIsCurrent(root) {
	const stamp = stampFile(root);
	return (
		existsSync(join(root, 'dist', 'index.html')) &&
		existsSync(stamp) &&
		readFileSync(stamp, 'utf8') === hashInputs(root)
	);
}

/**
 * Builds the site into dist/ unless its inputs are the ones of the last build.
 * @param {string} root
 * @param {string} node
 * @param {{ force?: boolean }} [options]
 * @returns {Promise<string>} what was done
 */
export async function ensureBuilt(root, node, { force = false } = {}) {
	if (!force && buildIsCurrent(root)) return 'up to date';
	const stamp = stampFile(root);
	rmSync(stamp, { force: true });
	// Hashed before the build: a file that is saved meanwhile makes the next start build again.
	const inputs = hashInputs(root);
	const output = await mustRun(
		'The site could not be built.',
		node,
		[join('node_modules', 'astro', 'bin', 'astro.mjs'), 'build'],
		{ cwd: root, env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' } },
	);
	mkdirSync(join(stamp, '..'), { recursive: true });
	writeFileSync(stamp, inputs);
	return /(\d+) page\(s\) built/.exec(lastLines(output, 20))?.[0] ?? 'built';
}

/** @param {string} root */
function stampFile(root) {
	return join(root, 'node_modules', '.cache', 'concord', 'build-inputs.sha256');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} root
 * @param {string} path relative to root, with slashes
 */
function addToHash(hash, root, path) {
	const full = join(root, path);
	if (NOT_INPUTS.has(path) || !existsSync(full)) return;
	if (statSync(full).isDirectory()) {
		for (const entry of readdirSync(full).sort()) addToHash(hash, root, `${path}/${entry}`);
		return;
	}
	const bytes = new Uint8Array(readFileSync(full));
	hash.update(`${path}\0${bytes.length}\0`).update(bytes);
}
