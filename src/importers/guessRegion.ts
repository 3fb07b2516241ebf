import { parseMaskName } from '../protocol/maskName.ts';
import { FAMILY_REGIONS, type Family, type Region } from '../protocol/protocol.ts';

/** A guess from a name. `region` null: none of the family's, or nothing to tell. */
export interface RegionGuess {
	readonly region: Region | null;
	/** Whether the name says it plainly; if not, the reader should look. */
	readonly confident: boolean;
}

/** A region a name speaks of, and whether plainly. */
interface Hint {
	readonly region: Region;
	readonly plain: boolean;
	readonly at: number;
}

const GAP = '[-_ ]*';
const TUMOUR = '(?:tumou?r|lesion)';

/**
 * What regions are called, in the order in which they are looked for; what one has found is taken out, so that
 * "non-enhancing" is not seen as "enhancing", nor 非强化 as 强化. Chinese has no gaps between words.
 */
const WORDS: readonly (readonly [region: Region, plain: boolean, pattern: RegExp])[] = [
	[
		'ED',
		true,
		words(`(?:non${GAP}enhanc[a-z]*${GAP})?(?:t2${GAP})?flair${GAP}(?:signal${GAP})?(?:hyperintens|abnormal)[a-z]*`),
	],
	[
		'NE',
		true,
		words(`non${GAP}(?:contrast${GAP})?enhanc[a-z]*|necro(?:sis|tic)|[非无不未](?:明显)?(?:强化|增强)|坏死`),
	],
	['NE', false, words('unenhanc[a-z]*')],
	['ET', true, words('enhanc(?:ing|ement)|强化|增强(?:区|肿瘤|部分|成分)')],
	['ET', false, words('enhanced|增强')],
	['ED', true, words('o?edema(?:tous)?|水肿')],
	['ED', false, words(`peri${GAP}tumou?ral|瘤周`)],
	['WT', true, words(`(?:whole|entire|complete)${GAP}${TUMOUR}|(?:全|整个)肿?瘤|肿瘤(?:整体|全部)`)],
	['TB', true, words(`(?<![a-z])(?:core|body)(?![a-z])|${TUMOUR}${GAP}(?:core|body)|瘤体|肿瘤(?:本体|主体|核心)`)],
];

/** Short names, as whole words: the consensus', and those of BraTS. */
const CODES: Readonly<Record<string, Region>> = {
	wt: 'WT',
	ed: 'ED',
	tb: 'TB',
	et: 'ET',
	ne: 'NE',
	en: 'EN',
	tc: 'TB',
	ncr: 'NE',
	net: 'NE',
	netc: 'NE',
	snfh: 'ED',
};

const EXTENSION = /(?:\.(?:nii|gz|seg|nrrd|nhdr|mha|mhd|mgz|mgh|img|hdr|dcm))+$/i;
const LONGEST = 200;

/**
 * Guesses which region of a family a mask is, from the name of a segment or of a file: the naming rule (§3.2), codes
 * such as WT, words in Chinese and English. Enhancing and non-enhancing together are EN, or, in families that have
 * none, perhaps TB, which holds the same tissue; the other way round as well. A region that the family lacks gives
 * null. Never throws.
 */
export function guessRegion(name: string, family: Family): RegionGuess {
	const file = EXTENSION.test(name) ? name.split(/[\\/]/).at(-1)! : name;
	const ruled = parseMaskName(file);
	if (ruled) return fitted(ruled.region, true, family);
	const hints = hintsOf(file.replace(EXTENSION, '').normalize('NFKC').slice(0, LONGEST));
	const last = [...hints].sort((a, b) => a.at - b.at).at(-1);
	if (!last) return { region: null, confident: false };
	const found = new Set(hints.map(({ region }) => region));
	// The core that enhances is no core: the word beside it says which part.
	if (found.has('ET') || found.has('NE')) found.delete('TB');
	const plain = [...found].every((region) => hints.some((hint) => hint.region === region && hint.plain));
	if (found.has('ET') && found.has('NE')) {
		found.delete('ET');
		found.delete('NE');
		found.add('EN');
	}
	const [only, ...more] = found;
	return more.length === 0 ? fitted(only!, plain, family) : fitted(last.region, false, family);
}

/** The region where the family has it; EN and TB hold the same tissue and stand in for each other. */
function fitted(region: Region, plain: boolean, family: Family): RegionGuess {
	const regions: readonly Region[] = FAMILY_REGIONS[family];
	if (regions.includes(region)) return { region, confident: plain };
	const twin = region === 'EN' ? 'TB' : region === 'TB' ? 'EN' : undefined;
	if (twin && regions.includes(twin)) return { region: twin, confident: false };
	return { region: null, confident: plain };
}

function hintsOf(name: string): Hint[] {
	const hints: Hint[] = [];
	let text = name.toLowerCase();
	// Lower case may be longer than the name in some scripts; then capitals say nothing.
	const written = text.length === name.length ? name : text;
	for (const [region, plain, pattern] of WORDS)
		text = text.replace(pattern, (word, at: number) => {
			hints.push({ region, plain, at });
			return ' '.repeat(word.length);
		});
	const tokens = [...text.matchAll(/[a-z0-9]+/g)];
	for (const [n, { 0: token, index }] of tokens.entries()) {
		if (!Object.hasOwn(CODES, token)) continue;
		const capital = written.slice(index, index + token.length) !== token;
		// "et" and "en" are words of other languages, so a small one counts at the end only.
		hints.push({ region: CODES[token]!, plain: capital || n === tokens.length - 1, at: index });
	}
	return hints;
}

function words(pattern: string): RegExp {
	return new RegExp(pattern, 'g');
}
