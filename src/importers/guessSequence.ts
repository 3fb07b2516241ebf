import type { Sequence } from '../protocol/protocol.ts';

/** What a file is in a case. */
export type SeriesRole = Sequence | 'reference';

/** A guess from a name. `role` null: no sequence of the protocol, or nothing to tell. */
export interface RoleGuess {
	readonly role: SeriesRole | null;
	/** Whether the name says it plainly; if not, the reader should look. */
	readonly confident: boolean;
}

/**
 * Guesses what a file holds from its path, `/` or `\` between folders: first from its own name, else from the two
 * folders above it, nearest first. Case does not matter. Where a name holds several sequences the last one counts,
 * as patients come first and contents last. Never throws.
 */
export function guessSequence(path: string): RoleGuess {
	const parts = path.split(/[\\/]/).filter(Boolean).slice(-3).reverse();
	for (const part of parts) {
		const guess = guessName(part);
		if (guess) return guess;
	}
	return { role: null, confident: false };
}

const PLANE = '(?:axial|axi|ax|transverse|trans|tra|sagittal|sag|coronal|cor|oax|ocor|osag|3d|2d|iso|mr)';
const MAKE =
	'(?:turbo|tse|fse|frfse|se|tirm|space|cube|vista|spgr|fspgr|mprage|mpr|vibe|tfe|ffe|fs|fatsat|propeller|blade)';
// Four at most, so that no name makes the search explode.
const BEFORE = `(?:${PLANE}|${MAKE}|bet|e){0,4}`;
const AFTER = `(?:${PLANE}|${MAKE}|bet|img|image|brain|reg|r){0,4}\\d?`;
const CONTRAST = '(?:ce|c|gd|gad|gado|gadolinium|post|postgd|postcontrast|contrast|km|enh|enhanced|k)';

/** Names of sequences, whole words only: `flat` is no FLAIR, `PT1` no T1. The first that fits a word counts. */
const WORDS: readonly (readonly [role: SeriesRole | Hint, pattern: RegExp])[] = [
	['FLAIR', word(`${BEFORE}(?:t2)?(?:w|wi)?(?:flair|flr|fla|darkfluid)(?:w|t2)?${AFTER}|t2f|t2fl|tirm`)],
	['T1C', word(`${BEFORE}(?:ce|gd|gad|c|k)t1(?:w|wi)?${AFTER}|${BEFORE}t1(?:w|wi)?${CONTRAST}(?:w|wi)?${AFTER}`)],
	['T1', word(`${BEFORE}t1(?:w|wi|wt|weighted)?(?:n|nat|native|pre|plain|nc|noc)?${AFTER}`)],
	['T2', word(`${BEFORE}t2(?:w|wi|wt|weighted)?${AFTER}`)],
	['ADC', word(`d?adc(?:map)?|apparent|diffusioncoefficient`)],
	['DWI', word(`${BEFORE}dwi?(?:b?\\d{3,4})?${AFTER}|resolve|diff|diffusion|b(?:800|900|1000|1200|1500|2000)|tracew?`)],
	['brain', word('brain|bet|skull|parenchyma|ventricles?')],
	[
		'reference',
		word('seg|segm|segmentations?|masks?|labels?|labelmap|reference|ref|gt|groundtruth|truth|mav|staple|fusion'),
	],
	['reference', word('rois?|annotations?|annotated|otmulticlass|glistrboost|raters?')],
	['tumour', word('tumou?rs?|lesions?|contours?|expert|manual')],
	['contrast', word('ce|gd|gad|gado|gadolinium|gadovist|post|postgd|postcontrast|contrast|enhanced|km|postgad')],
	['plain', word('pre|native|plain|nc|precontrast|noncontrast|nongd|unenhanced|nonenhanced')],
	['make', word('mprage|spgr|fspgr|bravo')],
	['map', word('maps?|rho|star|relax|relaxometry|hemo')],
	[
		'other',
		word(
			'brainmasks?|swi|pdw?|mra|tof|dti|asl|pwi|[nr]?cb[vf]|dsc|dce|mrs|fa|md|bold|fmri|ct|cta|pet|localizer|scout|survey',
		),
	],
];

/** A word that only means something beside another. */
type Hint = 'brain' | 'tumour' | 'contrast' | 'plain' | 'make' | 'map' | 'other';

/** Chinese has no gaps between words, so these are looked for anywhere. */
const CHINESE: readonly (readonly [role: SeriesRole | Hint, pattern: RegExp])[] = [
	['DWI', /弥散|扩散/],
	['ADC', /(?:弥散|扩散)系数/],
	['FLAIR', /压水|水抑制|黑水|液体衰减/],
	['contrast', /增强|强化/],
	['plain', /平扫/],
	['reference', /标注|金标准|勾画|分割|掩膜|掩模|参考|标签/],
];

/** Undefined where the name gives no hint at all. */
function guessName(name: string): RoleGuess | undefined {
	const { text, words } = wordsOf(name);
	const found: (SeriesRole | Hint)[] = [];
	for (const [n, w] of words.entries()) {
		const role = WORDS.find(([, pattern]) => pattern.test(w))?.[0];
		if (role) found.push(role);
		// "T1_C": a lone c means contrast only right behind T1.
		else if (w === 'c' && /t1(?:w|wi)?$/.test(words[n - 1] ?? '')) found.push('contrast');
	}
	for (const [role, pattern] of CHINESE) if (pattern.test(text)) found.push(role);
	if (found.length === 0) return undefined;
	const has = (role: SeriesRole | Hint) => found.includes(role);
	// The mask of a brain is no reference, unless it is that of a brain tumour.
	if (has('reference')) return { role: has('brain') && !has('tumour') ? null : 'reference', confident: true };
	const sequences = found.filter((role): role is Sequence => SEQUENCE_WORDS.includes(role));
	let role = sequences.at(-1) ?? null;
	if (role === null) {
		if (has('other')) return { role: null, confident: true };
		if (has('tumour')) return { role: 'reference', confident: false };
		if (has('contrast')) return { role: 'T1C', confident: false };
		if (has('make') || has('plain')) return { role: 'T1', confident: false };
		return undefined;
	}
	if (has('map') && role !== 'ADC' && role !== 'DWI') return { role: null, confident: false };
	const others = new Set(sequences.filter((other) => other !== role && !implied(role as Sequence, other)));
	let confident = others.size === 0 && !has('other');
	if (role === 'T1' && has('contrast') && !has('plain')) role = 'T1C';
	else if (role !== 'T1' && role !== 'T1C' && has('contrast')) confident = false;
	if (role === 'T1C' && has('plain')) confident = false;
	return { role, confident };
}

const SEQUENCE_WORDS: readonly string[] = ['T1', 'T2', 'FLAIR', 'T1C', 'DWI', 'ADC'] satisfies Sequence[];

/** Whether a word for `other` is part of the usual name of `role`: T2 FLAIR, T1 … t1c, ADC of a DWI. */
function implied(role: Sequence, other: Sequence): boolean {
	return (
		(role === 'FLAIR' && other === 'T2') || (role === 'T1C' && other === 'T1') || (role === 'ADC' && other === 'DWI')
	);
}

/** Lower-case words of letters and digits, with the name they came from. */
function wordsOf(name: string): { text: string; words: string[] } {
	const text = name
		.toLowerCase()
		.normalize('NFKC')
		.replace(/(?:\.(?:nii|gz|nrrd|mgz|mha|img|hdr))+$/, '')
		// After an operation or a treatment is a date, not contrast.
		.replace(/(?:post|pre)[-_ ]*(?:op|surg|treat|tx|rt|rx|chemo|radio)[a-z]*/g, ' ')
		.replace(/(?:without|w\/?o|no|non|un)[-_ ]*(?:contrast|enhanced|gd|gad|c(?![a-z]))/g, ' precontrast ')
		.replace(/\+\s*(?:c|ce|gd|gad|k)(?![a-z])|(?<![a-z])c\+|(?<=t1(?:w|wi)?)\+/g, ' postcontrast ')
		.replace(/(?:b|trace)[-_ =]+(?=\d{3,4}(?!\d))/g, 'b')
		.replace(/dark[-_ ]fluid/g, 'darkfluid');
	return { text, words: text.match(/[a-z0-9]+/g) ?? [] };
}

function word(pattern: string): RegExp {
	return new RegExp(`^(?:${pattern})$`);
}
