import { createHash } from 'node:crypto';

/** A run of so many Chinese characters is not to be shared with the text of the consensus. */
const RUN = 13;
/** Hex digits of a hash that are kept: chance meets one in 10^8 times. */
const DIGITS = 10;

/** Where the hashes of the consensus' runs are, and the terms that may be shared, a line each. */
export const RUNS_FILE = 'content/rules/consensus-runs.txt';
export const TERMS_FILE = 'content/rules/fixed-terms.txt';

/** Chinese characters that follow each other, and where the first of them stands in the text. */
interface Stretch {
	readonly characters: readonly string[];
	readonly at: readonly number[];
}

/**
 * A text as stretches of Chinese characters: punctuation and spaces between them are left out, Latin letters and digits end
 * a stretch.
 */
function stretchesOf(text: string): Stretch[] {
	const stretches: { characters: string[]; at: number[] }[] = [];
	let open = false;
	let offset = 0;
	for (const character of text) {
		if (/\p{Script=Han}/u.test(character)) {
			if (!open) stretches.push({ characters: [], at: [] });
			open = true;
			stretches.at(-1)!.characters.push(character);
			stretches.at(-1)!.at.push(offset);
		} else if (/[\p{L}\p{Nd}₀-₉²³]/u.test(character)) open = false;
		offset += character.length;
	}
	return stretches;
}

const hashOf = (run: string) => createHash('sha256').update(run).digest('hex').slice(0, DIGITS);

/** The hashes of every run of a text, in order and each once. From them the text cannot be read. */
export function runHashes(text: string): string[] {
	const hashes = new Set<string>();
	for (const { characters } of stretchesOf(text))
		for (let n = 0; n + RUN <= characters.length; n++) hashes.add(hashOf(characters.slice(n, n + RUN).join('')));
	return [...hashes].sort();
}

/** Lines of a file that are not empty and no comment. */
export function entriesOf(text: string): string[] {
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('#'));
}

/**
 * Where a text shares a run with what was hashed: each stretch that is shared once, as long as it is, with the line on which it
 * begins. Fixed terms end a stretch as Latin letters do.
 */
export function sharedRuns(
	text: string,
	hashes: ReadonlySet<string>,
	terms: readonly string[],
): { readonly line: number; readonly words: string }[] {
	// A letter for each character keeps the places, and ends the stretch.
	const own = terms.reduce((rest, term) => rest.replaceAll(term, 'x'.repeat(term.length)), text);
	const found: { line: number; words: string }[] = [];
	for (const { characters, at } of stretchesOf(own)) {
		let end = 0;
		for (let n = 0; n + RUN <= characters.length; n++) {
			if (!hashes.has(hashOf(characters.slice(n, n + RUN).join('')))) continue;
			if (n < end) found.at(-1)!.words += characters[n + RUN - 1];
			else found.push({ line: text.slice(0, at[n]).split('\n').length, words: characters.slice(n, n + RUN).join('') });
			end = n + RUN;
		}
	}
	return found;
}
