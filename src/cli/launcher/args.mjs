// @ts-check

/** A command line that cannot be followed; its message goes to the person who typed it. */
export class UsageError extends Error {}

/**
 * @typedef {Readonly<Record<string, 'flag' | 'value'>>} OptionSpec
 * @typedef {{ options: Record<string, string | true>, rest: string[] }} ParsedArgs
 */

/**
 * Reads `--name`, `--name value` and `--name=value`; everything wrong with the line is reported at once.
 * @param {readonly string[]} argv
 * @param {OptionSpec} spec
 * @param {{ positionals?: number }} [limits] how many words without dashes are welcome (none by default)
 * @returns {ParsedArgs}
 */
export function parseArgs(argv, spec, { positionals = 0 } = {}) {
	/** @type {ParsedArgs} */
	const parsed = { options: {}, rest: [] };
	const problems = [];
	for (let n = 0; n < argv.length; n++) {
		const word = /** @type {string} */ (argv[n]);
		if (!word.startsWith('-')) {
			if (parsed.rest.length < positionals) parsed.rest.push(word);
			else problems.push(`"${word}" is not expected here`);
			continue;
		}
		const [, name = '', inline] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
		const kind = name === 'h' ? 'flag' : Object.hasOwn(spec, name) ? spec[name] : undefined;
		if (kind === undefined) problems.push(`${word} is not an option`);
		else if (kind === 'flag') {
			if (inline !== undefined) problems.push(`--${name} takes no value`);
			parsed.options[name === 'h' ? 'help' : name] = true;
		} else {
			const next = argv[n + 1];
			const value = inline ?? (next?.startsWith('-') ? undefined : next);
			if (inline === undefined && value !== undefined) n++;
			if (value === undefined || value === '') problems.push(`--${name} needs a value`);
			else parsed.options[name] = value;
		}
	}
	if (problems.length > 0) throw new UsageError(problems.join('; '));
	return parsed;
}

/** @param {string} text */
export function parsePort(text) {
	const port = Number(text);
	if (!/^\d+$/.test(text) || port < 1 || port > 65535)
		throw new UsageError(`--port is ${text}, expected a whole number from 1 to 65535`);
	return port;
}

/**
 * Runs a command's main function: a bad command line ends with 2, a failure that was explained with 1.
 * @param {string} help
 * @param {() => Promise<number | undefined>} main
 */
export async function runCommand(help, main) {
	try {
		const code = await main();
		if (code !== undefined) process.exitCode = code;
	} catch (error) {
		if (error instanceof UsageError) {
			console.error(`${error.message}\n\n${help}`);
			process.exitCode = 2;
		} else if (error instanceof StepError) {
			console.error(error.message);
			// At once: what else is still running is not worth waiting for, and ends with us.
			process.exit(1);
		} else throw error;
	}
}

/** A step that could not be done, with what to do about it. */
export class StepError extends Error {}
