// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { mustRun } from './children.mjs';
import { pinnedPackage } from './node.mjs';

/**
 * @typedef {Record<string, { version?: string, resolved?: string, optional?: boolean }>} LockedPackages
 */

/**
 * Why an installation is due, or undefined when what is installed is what the lock file says.
 * npm writes its own record last, so an interrupted installation has none.
 * @param {LockedPackages} locked packages of package-lock.json
 * @param {LockedPackages | undefined} installed packages of node_modules/.package-lock.json
 * @param {string | undefined} pinned the package that brings Node along on this machine
 * @returns {string | undefined}
 */
export function installReason(locked, installed, pinned) {
	if (installed === undefined) return 'nothing is installed yet';
	for (const [path, { version, optional }] of Object.entries(locked)) {
		if (path === '') continue;
		const present = installed[path];
		if (present === undefined) {
			// Packages for other platforms are left out by npm.
			if (!optional || path === `node_modules/${pinned}`) return `${nameOf(path)} is missing`;
		} else if (present.version !== version) {
			return `${nameOf(path)} is ${present.version}, package-lock.json says ${version}`;
		}
	}
	return undefined;
}

/**
 * Installs what package-lock.json says unless it is there already.
 * @param {string} root
 * @returns {Promise<string>} what was done
 */
export async function ensureInstalled(root) {
	const pinned = pinnedPackage(process.platform, process.arch);
	const reason = installReason(
		readPackages(join(root, 'package-lock.json')) ?? {},
		readPackages(join(root, 'node_modules', '.package-lock.json')),
		pinned,
	);
	if (reason === undefined) return 'up to date';
	// The root asks for a newer Node than the machine's own, which npm would warn about at length: the site's
	// tools run on the Node that is being installed.
	await mustRun(
		'The packages could not be installed (npm ci). Is the npm registry reachable from here?',
		'npm',
		['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error', '--no-engine-strict'],
		{ cwd: root, env: outsideProject(root, process.env), shell: process.platform === 'win32' },
	);
	return `installed, because ${reason}`;
}

/**
 * The environment without the project's own programs: npm must not run on a Node that it is about to delete.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function outsideProject(root, env) {
	const own = join(root, 'node_modules');
	const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	const kept = (env[name] ?? '').split(delimiter).filter((folder) => !folder.startsWith(own));
	return { ...env, [name]: kept.join(delimiter) };
}

/** @param {string} file */
function readPackages(file) {
	if (!existsSync(file)) return undefined;
	return /** @type {{ packages: LockedPackages }} */ (JSON.parse(readFileSync(file, 'utf8'))).packages;
}

/** @param {string} path */
function nameOf(path) {
	return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
