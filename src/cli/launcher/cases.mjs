// @ts-check
import { mustRun } from './children.mjs';

/**
 * Makes the cases of content/ that the data folder lacks.
 * @param {string} root
 * @param {string} node
 * @param {string} data
 * @returns {Promise<string>} what was done
 */
export async function ensureCases(root, node, data) {
	const output = await mustRun('The cases could not be prepared.', node, ['src/cli/prepareCases.ts', '--data', data], {
		cwd: root,
		onLine: (line) => console.log(`    ${line}`),
	});
	return output.trim() === '' ? 'up to date' : 'made';
}
