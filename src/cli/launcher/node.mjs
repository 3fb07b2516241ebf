// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Oldest Node that the site's tools run on. */
const OLDEST_NODE = [22, 19];

/**
 * @typedef {object} Machine
 * @property {string} platform
 * @property {string} arch
 * @property {string} version own Node's, without the v
 * @property {string} execPath own Node
 * @property {(path: string) => boolean} runs whether the Node at a path starts
 */

/** @returns {Machine} */
export function thisMachine() {
	return {
		platform: process.platform,
		arch: process.arch,
		version: process.versions.node,
		execPath: process.execPath,
		runs: (path) => existsSync(path) && spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0,
	};
}

/**
 * The Node that came with the installation where there is one, else the own one if it is new enough.
 * @param {string} root
 * @param {Machine} machine
 * @returns {{ path: string } | { error: string }}
 */
export function chooseNode(root, { platform, arch, version, execPath, runs }) {
	if (pinnedPackage(platform, arch)) {
		const pinned = join(root, 'node_modules', `node-${platform}-${arch}`, 'bin', 'node');
		if (runs(pinned)) return { path: pinned };
	}
	if (isNewEnough(version)) return { path: execPath };
	return {
		error: `Concord needs Node ${OLDEST_NODE.join('.')} or newer on this machine (${platform} ${arch}); this is Node ${version}. Install a newer one from https://nodejs.org and start again.`,
	};
}

/**
 * Name of the package that brings Node along, where there is one.
 * @param {string} platform
 * @param {string} arch
 */
export function pinnedPackage(platform, arch) {
	return platform === 'linux' && (arch === 'x64' || arch === 'arm64') ? `node-linux-${arch}` : undefined;
}

/** @param {string} version */
function isNewEnough(version) {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
	return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
