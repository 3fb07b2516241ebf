import type { Issue } from '../../formats/issue.ts';
import type { CliKey, Say } from './say.ts';

/** What a command writes to, and the language it speaks. */
export interface Console {
	readonly say: Say;
	readonly out: (text: string) => void;
	readonly error: (text: string) => void;
	/** Asks the person at the terminal; absent where there is none. */
	readonly ask?: Ask;
}

/** Puts a question and gives the line that was typed. */
export type Ask = (question: string) => Promise<string>;

/** The command line cannot be followed: exit 2 with these sentences and the command's help. */
export class WrongUsage extends Error {
	readonly problems: readonly string[];
	constructor(problems: readonly string[]) {
		super(problems.join('\n'));
		this.problems = problems;
	}
}

/** The input is bad: exit 1 with one line each. */
export class BadInput extends Error {
	readonly lines: readonly string[];
	constructor(lines: readonly string[]) {
		super(lines.join('\n'));
		this.lines = lines;
	}
}

/** One command of `concord`. */
export interface Command {
	readonly name: string;
	readonly help: CliKey;
	readonly run: (argv: readonly string[], console: Console) => Promise<void>;
}

/** One line for an issue: the file, then the sentence. */
export function issueLine({ code, path, params }: Issue, say: Say): string {
	return `${path}: ${say(`issue.${code}` as CliKey, { path, ...params })}`;
}
