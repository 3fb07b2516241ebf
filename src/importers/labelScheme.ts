import type { Issue, Result } from '../formats/issue.ts';
import type { VoxelData } from '../formats/volume.ts';
import type { Region } from '../protocol/protocol.ts';
import { LABEL_SCHEMES, type LabelScheme } from '../schemas/caseManifest.ts';
import { importIssue } from './importIssue.ts';

/** What a label stands for: necrosis and non-enhancing tumour are one here, as no region tells them apart. */
export type Tissue = 'oedema' | 'nonEnhancing' | 'enhancing';

/**
 * Meaning of the label values, edition by edition; 0 is always background.
 * Source: BRATS 2013 (doi:10.1109/TMI.2014.2377694); BraTS 2017–2021, called 2018 here (arXiv:1811.02629,
 * arXiv:2107.02314); BraTS 2023 (arXiv:2305.17033).
 */
const MEANING: Record<LabelScheme, Readonly<Record<number, Tissue>>> = {
	/** 1 necrosis, 2 oedema, 3 non-enhancing tumour, 4 enhancing tumour. */
	brats2013: { 1: 'nonEnhancing', 2: 'oedema', 3: 'nonEnhancing', 4: 'enhancing' },
	/** 1 necrosis and non-enhancing tumour, 2 oedema, 4 enhancing tumour. */
	brats2018: { 1: 'nonEnhancing', 2: 'oedema', 4: 'enhancing' },
	/** 1 non-enhancing tumour core, 2 surrounding FLAIR hyperintensity, 3 enhancing tumour. */
	brats2023: { 1: 'nonEnhancing', 2: 'oedema', 3: 'enhancing' },
};

/** Names of the editions, alike in every language. */
export const SCHEME_NAME: Readonly<Record<LabelScheme, string>> = {
	brats2013: 'BRATS 2013',
	brats2018: 'BraTS 2018–2021',
	brats2023: 'BraTS 2023',
};

/** The tissues that make up each region. */
const TISSUES: Record<Region, readonly Tissue[]> = {
	WT: ['oedema', 'nonEnhancing', 'enhancing'],
	TB: ['nonEnhancing', 'enhancing'],
	ET: ['enhancing'],
	NE: ['nonEnhancing'],
	EN: ['nonEnhancing', 'enhancing'],
	ED: ['oedema'],
};

/** Whether a region is a part of another, or that region itself, by the tissues that they are made of. */
export function isWithin(part: Region, whole: Region): boolean {
	return TISSUES[part].every((tissue) => TISSUES[whole].includes(tissue));
}

/** Values other than 0 with their numbers of voxels, smallest value first. Empty for an empty mask. */
export type LabelCounts = readonly { readonly value: number; readonly voxels: number }[];

/** What a label stands for in a scheme; undefined for background and for values the scheme does not know. */
export function labelTissue(scheme: LabelScheme, value: number): Tissue | undefined {
	return MEANING[scheme][value];
}

/** Voxels of a mask that belong to a region; 0 where it has none. Labels the scheme does not know count for nothing. */
export function regionVoxels(counts: LabelCounts, scheme: LabelScheme, region: Region): number {
	let sum = 0;
	for (const { value, voxels } of counts) {
		const tissue = MEANING[scheme][value];
		if (tissue && TISSUES[region].includes(tissue)) sum += voxels;
	}
	return sum;
}

/** More values than this are an image, not labels. */
export const MOST_LABELS = 64;

/** Counts the values of a mask; undefined where there are more than 64, as in an image. They need not be whole. */
export function countLabels(data: VoxelData): LabelCounts | undefined {
	const counts = new Map<number, number>();
	for (let start = 0, end = 0; start < data.length; start = end) {
		// By runs: masks are made of them, and the map is slow.
		const value = data[start]!;
		while (end < data.length && data[end] === value) end++;
		if (value === 0) continue;
		counts.set(value, (counts.get(value) ?? 0) + end - start);
		if (counts.size > MOST_LABELS) return undefined;
	}
	return [...counts].map(([value, voxels]) => ({ value, voxels })).sort((a, b) => a.value - b.value);
}

/**
 * What is wrong with a mask's labels: an image (`counts` undefined), values that are not whole, and, where a scheme is
 * given, whole ones it has no meaning for. Empty where nothing is.
 */
export function labelIssues(counts: LabelCounts | undefined, scheme: LabelScheme | undefined, path: string): Issue[] {
	if (!counts) return [importIssue('labels.tooMany', path, { count: MOST_LABELS })];
	const issues: Issue[] = [];
	const fractions = counts.filter(({ value }) => !Number.isInteger(value));
	if (fractions[0]) {
		const count = fractions.reduce((sum, { voxels }) => sum + voxels, 0);
		const example = Number(fractions[0].value.toPrecision(6));
		issues.push(importIssue('labels.notWhole', path, { count, example }));
	}
	const unknown = counts.filter(({ value }) => scheme && Number.isInteger(value) && !(value in MEANING[scheme]));
	if (scheme && unknown.length > 0) {
		const values = unknown.map(({ value, voxels }) => `${value} (${voxels})`).join(', ');
		issues.push(importIssue('labels.unknown', path, { values, known: Object.keys(MEANING[scheme]).join(', ') }));
	}
	return issues;
}

/**
 * Binary masks (0, 1) of the regions asked for out of a multi-class one, on the same grid in the same order; all zero
 * where a region has no voxel. Floats pass where all are whole. Issues as `labelIssues`, all at once.
 */
export function labelsToRegions(
	data: VoxelData,
	scheme: LabelScheme,
	regions: readonly Region[],
	path: string,
): Result<Map<Region, Uint8Array<ArrayBuffer>>> {
	const issues = labelIssues(countLabels(data), scheme, path);
	if (issues.length > 0) return { ok: false, issues };
	return { ok: true, value: new Map(regions.map((region) => [region, regionMask(data, scheme, region)])) };
}

function regionMask(data: VoxelData, scheme: LabelScheme, region: Region): Uint8Array<ArrayBuffer> {
	const values = Object.entries(MEANING[scheme]).filter(([, tissue]) => TISSUES[region].includes(tissue));
	const inside = new Uint8Array(Math.max(...Object.keys(MEANING[scheme]).map(Number)) + 1);
	for (const [value] of values) inside[Number(value)] = 1;
	const mask = new Uint8Array(data.length);
	for (let n = 0; n < data.length; n++) mask[n] = inside[data[n]!]!;
	return mask;
}

/** Which scheme a mask follows, as far as its labels tell. */
export interface SchemeGuess {
	/** The likeliest, or null where the labels leave it open. */
	readonly scheme: LabelScheme | null;
	/** Every scheme that knows all labels present, in the order of their years; empty where none does. */
	readonly choices: readonly LabelScheme[];
	/** Whether two of the choices give different regions. If not, any of them scores alike. */
	readonly matters: boolean;
	/** What to tell: ambiguous, undecided, perhaps a post-treatment set with its resection cavity. */
	readonly warnings: readonly Issue[];
}

/**
 * Guesses the scheme from the labels present: 3 and 4 → 2013, 4 → 2018, 3 → 2023 (2013 without enhancing tumour
 * would look the same), neither → open.
 */
export function guessScheme(counts: LabelCounts, path: string): SchemeGuess {
	const present = counts.map(({ value }) => value);
	const choices = LABEL_SCHEMES.filter((scheme) => present.every((value) => value in MEANING[scheme]));
	const matters = present.some((value) => new Set(choices.map((scheme) => MEANING[scheme][value])).size > 1);
	if (choices.length === 0) return { scheme: null, choices, matters, warnings: [] };
	const [three, four] = [present.includes(3), present.includes(4)];
	const scheme = three && four ? 'brats2013' : four ? 'brats2018' : three ? 'brats2023' : null;
	const warnings: Issue[] = [];
	if (three && four) warnings.push(importIssue('labels.maybePostTreatment', path, {}));
	if (scheme === null) warnings.push(importIssue('labels.undecided', path, { values: present.join(', ') || '0' }));
	else if (matters) {
		const other = choices.find((choice) => choice !== scheme)!;
		warnings.push(importIssue('labels.ambiguous', path, { chosen: SCHEME_NAME[scheme], other: SCHEME_NAME[other] }));
	}
	return { scheme, choices, matters, warnings };
}

/** The edition to read labels by: the guess, or, where every choice gives the same regions, the most common. */
export function likeliestScheme({ scheme, choices, matters }: SchemeGuess): LabelScheme | undefined {
	if (scheme || matters) return scheme ?? undefined;
	return choices.includes('brats2018') ? 'brats2018' : choices[0];
}
