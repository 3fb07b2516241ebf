// @ts-check
// `npm test`. Plain JavaScript: it runs on Node 20, before anything is installed.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, runCommand, StepError, UsageError } from './launcher/args.mjs';
import { ensureBuilt } from './launcher/build.mjs';
import { ensureCases } from './launcher/cases.mjs';
import { runChild } from './launcher/children.mjs';
import { ensureChineseFont, findChromium, thisWorld } from './launcher/chromium.mjs';
import { describeCounts, playwrightCounts, sumCounts, vitestCounts } from './launcher/counts.mjs';
import { ensureInstalled } from './launcher/install.mjs';
import { chooseNode, thisMachine } from './launcher/node.mjs';
import { createSteps } from './launcher/steps.mjs';

const HELP = `npm test [-- options]
Installs what is missing and runs every check and test.

  --slow         the slow tests instead (npm run test:slow)
  --only PART    one part: check, unit or e2e
  --help         this text`;

const root = fileURLToPath(new URL('../..', import.meta.url));
const reports = join(root, 'test-results', 'reports');
const data = join(root, '.data');
/** What the quick tests open; the whole library would take them minutes, and is made for the slow ones. */
const QUICK_CASES = 'fig-1 ring-01 ring-02 ring-03 lym-01 lym-02 met-01 men-01 men-02 set-13'.split(' ');

/** @typedef {import('./launcher/counts.mjs').Counts} Counts */

await runCommand(HELP, async () => {
	const { options } = parseArgs(process.argv.slice(2), { slow: 'flag', only: 'value', help: 'flag' });
	if (options.help) {
		console.log(HELP);
		return 0;
	}
	const { slow, only } = options;
	if (only !== undefined && !['check', 'unit', 'e2e'].includes(String(only)))
		throw new UsageError(`--only is ${only}, expected check, unit or e2e`);
	const wants = (/** @type {string} */ part) => only === undefined || only === part;
	const parts = { check: wants('check') && !slow, unit: wants('unit'), e2e: wants('e2e') };
	const needsSite = parts.check || parts.e2e || (slow && parts.unit);

	const steps = createSteps(
		1 + (parts.check ? 3 : 0) + (parts.unit ? 1 : 0) + (needsSite ? 1 : 0) + (parts.e2e ? 2 : 0),
	);
	await steps.run('Installing', () => ensureInstalled(root));
	const node = chooseNode(root, thisMachine());
	if ('error' in node) throw new StepError(node.error);
	rmSync(reports, { recursive: true, force: true });
	mkdirSync(reports, { recursive: true });

	/** @type {Counts[]} */
	const counts = [];
	/** @type {string | undefined} */
	let chromium;
	const step = failing(steps, counts);
	const run = (/** @type {readonly string[]} */ args, env = {}) =>
		runChild(node.path, args, { cwd: root, env: { ...process.env, CONCORD_DATA: data, ...env }, show: true });
	/** @type {(project: string) => () => Promise<Outcome>} */
	const vitest = (project) => async () => {
		const report = join(reports, `vitest-${project}.json`);
		const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
		const { code } = await run([join('node_modules', 'vitest', 'vitest.mjs'), ...args]);
		return counted(code, report, vitestCounts);
	};

	if (parts.e2e)
		await step('Finding Chromium', async () => {
			chromium = await findChromium(await thisWorld(root, node.path));
			return { note: chromium + (await ensureChineseFont(root)) };
		});
	if (parts.check) {
		await step('Checking', () => checked(run(['src/cli/check.ts', '--without', 'budgets'])));
		await step('Breaking each house rule once', vitest('checks'));
	}
	if (parts.unit && !slow) await step('Unit tests', vitest('fast'));
	const build = async () => {
		const site = await ensureBuilt(root, node.path);
		return { note: `site ${site}, cases ${await ensureCases(root, node.path, data, slow ? undefined : QUICK_CASES)}` };
	};
	const built = needsSite && (await step('Building and preparing cases', build));
	// These read the library as it was made.
	if (parts.unit && slow && built) await step('Unit tests', vitest('slow'));
	if (parts.check && built)
		await step('Weighing the pages', () => checked(run(['src/cli/check.ts', '--only', 'budgets'])));
	if (parts.e2e && built && chromium !== undefined)
		await step('Browser tests', async () => {
			const report = join(reports, 'playwright.json');
			const { code } = await run(
				[
					join('node_modules', '@playwright', 'test', 'cli.js'),
					'test',
					'--pass-with-no-tests',
					...(slow ? ['--project=slow', '--project=slow-e2e'] : ['--project=e2e']),
				],
				{ CONCORD_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
			);
			return counted(code, report, playwrightCounts);
		});

	console.log('\nSummary');
	for (const { name, ok, note, seconds } of steps.results)
		console.log(`  ${ok ? 'ok    ' : 'FAILED'}  ${name}: ${note} (${seconds.toFixed(1)} s)`);
	const sum = sumCounts(counts);
	console.log(`\n${describeCounts(sum)}`);
	return sum.failed > 0 ? 1 : 0;
});

/**
 * What a step has to say. `counts` is there where tests ran; `failed` where the step as a whole did not succeed.
 * @typedef {{ note: string, counts?: Counts, failed?: boolean }} Outcome
 */

/**
 * Steps that do not stop the ones after them when they fail. A failure that no test accounts for counts as one.
 * @param {ReturnType<typeof createSteps>} steps
 * @param {Counts[]} counts
 */
function failing(steps, counts) {
	return (/** @type {string} */ name, /** @type {() => Promise<Outcome>} */ work) =>
		steps.run(name, async () => {
			/** @type {Outcome} */
			let outcome;
			try {
				outcome = await work();
			} catch (error) {
				if (!(error instanceof StepError)) throw error;
				console.error(error.message);
				outcome = { note: 'failed', failed: true };
			}
			if (outcome.counts) counts.push(outcome.counts);
			if (outcome.failed && !outcome.counts?.failed) counts.push({ passed: 0, failed: 1, skipped: 0 });
			return { ok: !outcome.failed, note: outcome.note };
		});
}

/**
 * @param {Promise<{ code: number }>} running
 * @returns {Promise<Outcome>}
 */
async function checked(running) {
	const { code } = await running;
	return code === 0 ? { note: 'passed' } : { note: 'failed', failed: true };
}

/**
 * @template Report
 * @param {number} code
 * @param {string} file
 * @param {(report: Report) => Counts} read
 * @returns {Outcome}
 */
function counted(code, file, read) {
	if (!existsSync(file)) return { note: 'ended without a report', failed: true };
	const counts = read(JSON.parse(readFileSync(file, 'utf8')));
	return { note: describeCounts(counts), counts, failed: code !== 0 || counts.failed > 0 };
}
