/** A text made ready to be searched: its Latin words, and its Chinese without what stands between. */
export interface Searchable {
	/** Words and figures in small letters, each with a space before and after. */
	readonly words: string;
	/** Chinese characters alone, in their order. */
	readonly characters: string;
}

const LATIN = /[\p{Script=Latin}\p{N}]+/gu;
const CHINESE = /\p{Script=Han}+/gu;

/** Letters of any width, height and case are one: `T₁WI`, `Ｔ１ＷＩ` and `t1wi` are the same word. */
function folded(text: string): string {
	return text.normalize('NFKC').toLowerCase();
}

export function searchable(text: string): Searchable {
	const plain = folded(text);
	return {
		words: ` ${(plain.match(LATIN) ?? []).join(' ')} `,
		characters: (plain.match(CHINESE) ?? []).join(''),
	};
}

/**
 * A test for what somebody looks for: every Latin word begins a word of the text (`ET` of two letters is a word of it, `E1`
 * no part of `E10`), every run of Chinese is in it, punctuation apart. An empty search passes all.
 */
export function searchFor(query: string): (text: Searchable) => boolean {
	const plain = folded(query);
	const words = plain.match(LATIN) ?? [];
	const runs = plain.match(CHINESE) ?? [];
	return (text) => words.every((word) => isIn(text.words, word)) && runs.every((run) => text.characters.includes(run));
}

function isIn(words: string, word: string): boolean {
	if (/^\p{L}{1,2}$/u.test(word)) return words.includes(` ${word} `);
	for (let at = words.indexOf(` ${word}`); at !== -1; at = words.indexOf(` ${word}`, at + 1))
		if (!/\p{N}$/u.test(word) || !/\p{N}/u.test(words[at + word.length + 1] ?? '')) return true;
	return false;
}
