import { main } from '../../../src/cli/concord/main.ts';

/** Runs a command line of `concord` and gives what it printed. */
export async function runConcord(...argv: string[]) {
	const out: string[] = [];
	const error: string[] = [];
	const code = await main(
		argv,
		{},
		(text) => out.push(text),
		(text) => error.push(text),
	);
	return { code, out: out.join('\n'), error: error.join('\n'), lines: error };
}
