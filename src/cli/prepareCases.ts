/** Makes the cases of content/cases in the data folder; prints only what it makes. */
import { resolve } from 'node:path';
import { RecipeError } from '../node/caseRecipes.ts';
import { prepareCases } from '../node/prepareCases.ts';
import { parseArgs, runCommand, StepError } from './launcher/args.mjs';

const HELP = `npm run cases [-- --data DIR --only ID,ID]
Makes the cases of content/cases, or some of them, in the data folder (else .data).`;

await runCommand(HELP, async () => {
	const { options } = parseArgs(process.argv.slice(2), { data: 'value', only: 'value', help: 'flag' });
	if (options.help) {
		console.log(HELP);
		return 0;
	}
	const root = resolve(import.meta.dirname, '../..');
	await prepareCases({
		contentDir: resolve(root, 'content'),
		dataDir: resolve(String(options.data ?? resolve(root, '.data'))),
		...(options.only && { only: String(options.only).split(',') }),
		onProgress: (line) => console.log(line),
	}).catch((error: unknown) => {
		throw error instanceof RecipeError ? new StepError(error.message) : error;
	});
	return 0;
});
