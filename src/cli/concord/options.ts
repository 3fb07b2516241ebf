import { parseArgs } from 'node:util';
import { WrongUsage } from './command.ts';
import type { Say } from './say.ts';

/** Values of the options, by name, in the order given; flags have one empty value. */
export interface Options {
	readonly values: ReadonlyMap<string, readonly string[]>;
	readonly files: readonly string[];
	readonly has: (name: string) => boolean;
}

/**
 * Reads a command line: `--name value` or `--name=value` for those in `valued`, `--name` for those in `flags`, anything
 * else is a file. Throws `WrongUsage` with every problem, `more` included, which the caller found itself.
 */
export function readOptions(
	argv: readonly string[],
	valued: readonly string[],
	flags: readonly string[],
	say: Say,
): Options {
	const { tokens } = parseArgs({
		args: [...argv],
		options: Object.fromEntries(valued.map((name) => [name, { type: 'string' as const }])),
		strict: false,
		allowPositionals: true,
		tokens: true,
	});
	const values = new Map<string, string[]>();
	const files: string[] = [];
	const problems: string[] = [];
	for (const token of tokens) {
		if (token.kind === 'positional') files.push(token.value);
		if (token.kind !== 'option') continue;
		const { name, rawName, value } = token;
		if (flags.includes(name)) {
			if (value !== undefined) problems.push(say('cli.takesNoValue', { option: rawName }));
			values.set(name, ['']);
		} else if (!valued.includes(name)) problems.push(say('cli.unknownOption', { option: rawName }));
		else if (value === undefined || value === '' || (value.startsWith('--') && !token.inlineValue))
			problems.push(say('cli.needsValue', { option: rawName }));
		else values.set(name, [...(values.get(name) ?? []), value]);
	}
	if (problems.length > 0) throw new WrongUsage(problems);
	return { values, files, has: (name) => values.has(name) };
}

/** The last value of an option that may be given once. */
export function lastValue(options: Options, name: string): string | undefined {
	return options.values.get(name)?.at(-1);
}
