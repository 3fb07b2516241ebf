import { createInterface } from 'node:readline/promises';
import { LOCALES, type Locale } from '../../i18n/locales.ts';
import { agreement } from './agreement.ts';
import { caseCommand } from './case.ts';
import { type Ask, BadInput, type Command, WrongUsage } from './command.ts';
import { findings } from './findings.ts';
import { sayIn, terminalLocale } from './say.ts';
import { score } from './score.ts';

const COMMANDS: readonly Command[] = [score, agreement, findings, caseCommand];

/**
 * Runs a command line and gives the exit code: 0 good, 1 the input is bad, 2 wrong usage.
 *
 * @param argv words after `concord`
 * @param ask absent where nobody sits at a terminal
 */
export async function main(
	argv: readonly string[],
	env: Readonly<Record<string, string | undefined>>,
	out: (text: string) => void,
	error: (text: string) => void,
	ask?: Ask,
): Promise<0 | 1 | 2> {
	const { locale, rest, unknown } = chooseLanguage(argv, terminalLocale(env));
	const say = sayIn(locale);
	const [name, ...words] = rest;
	const command = COMMANDS.find((known) => known.name === name);
	const help = say(command?.help ?? 'cli.help');
	try {
		if (unknown !== undefined) throw new WrongUsage([say('cli.badLanguage', { word: unknown })]);
		if (rest.includes('--help') || rest.includes('-h')) {
			out(help);
			return 0;
		}
		if (!command) throw new WrongUsage(name === undefined ? [] : [say('cli.unknownCommand', { name })]);
		await command.run(words, { say, out, error, ...(ask && { ask }) });
		return 0;
	} catch (failure) {
		if (failure instanceof WrongUsage) {
			for (const problem of failure.problems) error(problem);
			error(help);
			return 2;
		}
		if (!(failure instanceof BadInput)) throw failure;
		for (const line of failure.lines) error(line);
		return 1;
	}
}

/** Takes `--lang zh` or `--lang=zh` out of the words. */
function chooseLanguage(argv: readonly string[], fallback: Locale) {
	const rest: string[] = [];
	let locale = fallback;
	let unknown: string | undefined;
	for (let n = 0; n < argv.length; n++) {
		const word = argv[n]!;
		if (word !== '--lang' && !word.startsWith('--lang=')) {
			rest.push(word);
			continue;
		}
		const value = word === '--lang' ? argv[++n] : word.slice('--lang='.length);
		const found = LOCALES.find((known) => known === value);
		if (found) locale = found;
		else unknown = value ?? '';
	}
	return { locale, rest, unknown };
}

if (import.meta.main)
	process.exitCode = await main(
		process.argv.slice(2),
		process.env,
		(text) => process.stdout.write(`${text}\n`),
		(text) => process.stderr.write(`${text}\n`),
		process.stdin.isTTY && process.stderr.isTTY ? askOnTerminal : undefined,
	);

async function askOnTerminal(question: string): Promise<string> {
	const terminal = createInterface({ input: process.stdin, output: process.stderr });
	try {
		return await terminal.question(`${question} `);
	} finally {
		terminal.close();
	}
}
