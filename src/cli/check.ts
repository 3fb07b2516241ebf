/** `npm run check`: every rule of the house that a machine can see to, all of them, whatever fails. */
import { resolve } from 'node:path';
import { budgets } from './check/budgets.ts';
import type { Check } from './check/check.ts';
import { dictionaries } from './check/dictionaries.ts';
import { kernels } from './check/kernels.ts';
import { literalText } from './check/literalText.ts';
import { ranks } from './check/ranks.ts';
import { teaching } from './check/teaching.ts';
import { lint, pages, pureTypes, types, unused } from './check/tools.ts';
import { parseArgs, runCommand, StepError, UsageError } from './launcher/args.mjs';
import { ensureBuilt } from './launcher/build.mjs';

/** Two at a time: `pages` writes the types of Astro's modules that `types` reads, so these stay in a row. */
const ROWS: readonly (readonly Check[])[] = [
	[pages, types],
	[ranks, dictionaries, literalText, kernels, teaching, lint, unused, pureTypes],
];
const ALL = [...ROWS.flat(), budgets];

const HELP = `npm run check [-- options]
${ALL.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join('\n')}

  --only NAMES     only these, separated by commas
  --without NAMES  all but these
  --root DIR       look there instead of in this project; a missing build is then a problem`;

await runCommand(HELP, async () => {
	const { options } = parseArgs(process.argv.slice(2), {
		only: 'value',
		without: 'value',
		root: 'value',
		help: 'flag',
	});
	if (options.help) {
		console.log(HELP);
		return 0;
	}
	const own = resolve(import.meta.dirname, '../..');
	const root = resolve(String(options.root ?? own));
	const only = names(options.only);
	const without = names(options.without);
	const wanted = (check: Check) => (only.length === 0 || only.includes(check.name)) && !without.includes(check.name);

	let failed = 0;
	let run = 0;
	const runOne = async ({ name, about, problems }: Check) => {
		const began = performance.now();
		const found = await problems(root);
		const seconds = ((performance.now() - began) / 1000).toFixed(1);
		run++;
		if (found.length > 0) failed++;
		console.log(`${found.length > 0 ? 'FAILED' : 'ok    '}  ${name}: ${about} (${seconds} s)`);
		for (const problem of found) console.log(`        ${problem}`);
	};
	await Promise.all(
		ROWS.map(async (row) => {
			for (const check of row.filter(wanted)) await runOne(check);
		}),
	);
	if (wanted(budgets)) await runOne({ ...budgets, problems: (at) => weighed(at, at === own) });
	console.log(failed > 0 ? `\n${failed} of ${run} checks failed.` : `\nAll ${run} checks passed.`);
	return failed > 0 ? 1 : 0;
});

async function weighed(root: string, buildFirst: boolean): Promise<readonly string[]> {
	try {
		if (buildFirst) await ensureBuilt(root, process.execPath);
		return await budgets.problems(root);
	} catch (error) {
		if (error instanceof StepError) return [error.message];
		throw error;
	}
}

function names(option: string | true | undefined): string[] {
	const list = option === undefined ? [] : String(option).split(',');
	const unknown = list.filter((name) => !ALL.some((check) => check.name === name));
	if (unknown.length > 0) throw new UsageError(`there is no check "${unknown.join('", "')}"`);
	return list;
}
