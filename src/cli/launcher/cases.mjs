// @ts-check
import { mustRun } from './children.mjs';

/**
 * Makes the cases of content/ that the data folder lacks.
 * @param {string} root
 * @param {string} node
 * @param {string} data
 * @param {readonly string[]} [only] no others than these
 * @returns {Promise<string>} what was done
 */
export async function ensureCases(root, node, data, only) {
	return prepare(root, node, data, (line) => console.log(`    ${line}`), only);
}

/**
 * The same, but as soon as one case can be opened `first` is settled; the others are made beside what follows.
 * @param {string} root
 * @param {string} node
 * @param {string} data
 * @returns {{ first: Promise<string>, all: Promise<string> }} what was done until then, and in all
 */
export function startCases(root, node, data) {
	/** @type {(note: string) => void} */
	let settle = () => {};
	let settled = false;
	const ready = new Promise((/** @type {(note: string) => void} */ resolve) => {
		settle = resolve;
	});
	const all = prepare(root, node, data, (line) => {
		const counts = READY.exec(line);
		if (!settled || counts) console.log(`    ${line}`);
		if (!counts) return;
		settled = true;
		settle(`${counts[1]} of ${counts[2]}, the others follow`);
	});
	return { first: Promise.race([ready, all]), all };
}

/** What `prepareCases` says when a case can be opened. */
const READY = /^(\d+) of (\d+) cases ready, /;

/**
 * @param {string} root
 * @param {string} node
 * @param {string} data
 * @param {(line: string) => void} onLine
 * @param {readonly string[]} [only]
 */
async function prepare(root, node, data, onLine, only) {
	const args = ['src/cli/prepareCases.ts', '--data', data, ...(only ? ['--only', only.join(',')] : [])];
	const output = await mustRun('The cases could not be prepared.', node, args, { cwd: root, onLine });
	return output.trim() === '' ? 'up to date' : 'made';
}
