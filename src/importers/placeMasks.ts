import type { Issue } from '../formats/issue.ts';
import { diagnoseGrid, type GridDiagnosis } from '../grid/diagnoseGrid.ts';
import { isPartOf } from '../grid/embed.ts';
import type { Grid } from '../grid/grid.ts';
import { areLesions, parseMaskName } from '../protocol/maskName.ts';
import { FAMILY_REGIONS, type Family, REGION_SEQUENCE, type Region, type Sequence } from '../protocol/protocol.ts';
import type { LabelScheme } from '../schemas/caseManifest.ts';
import { guessRegion } from './guessRegion.ts';
import { importIssue } from './importIssue.ts';
import { guessScheme, type LabelCounts, labelTissue, likeliestScheme } from './labelScheme.ts';

/** A file with regions drawn elsewhere, as far as it has to be known to find their places. */
export interface FoundMasks {
	/** Its name, without folders. */
	readonly name: string;
	readonly grid: Grid;
	/** In the file's order. Of a label map, one for each label. */
	readonly segments: readonly { readonly name: string; readonly voxels: number }[];
	/** Of a label map; absent where the segments have names of their own. */
	readonly labels?: LabelCounts;
}

/** What the voxels of a file are taken for. */
export type MaskMeaning =
	| { readonly kind: 'nothing' }
	/** Every voxel that is not 0 belongs to one region. */
	| { readonly kind: 'region'; readonly region: Region }
	/** Labels of an edition of BraTS, which make up every region of the case. */
	| { readonly kind: 'labels'; readonly scheme: LabelScheme }
	/** Segments with a region each, in their order; several may make up one region. */
	| { readonly kind: 'segments'; readonly regions: readonly (Region | null)[] };

/**
 * Guesses what a file holds: by the naming rule (§3.2), by the names of its segments, by labels that only an edition of
 * BraTS has, by any other hint in its name; a mask that tells nothing is taken for `chosen`, the region at hand.
 */
export function guessMeaning(file: FoundMasks, family: Family, chosen: Region): MaskMeaning {
	const known = FAMILY_REGIONS[family] as readonly Region[];
	const ruled = parseMaskName(file.name)?.region;
	if (ruled && known.includes(ruled)) return { kind: 'region', region: ruled };
	const byName = guessRegion(file.name, family).region;
	if (!file.labels) {
		const regions = file.segments.map(({ name }) => guessRegion(name, family).region);
		if (regions.some((region) => region !== null)) return { kind: 'segments', regions };
		if (file.segments.length !== 1) return { kind: 'segments', regions };
		return { kind: 'segments', regions: [byName ?? chosen] };
	}
	if (file.labels.length > 1) {
		const guess = guessScheme(file.labels, file.name);
		// Label 4 may be a cavity here: nobody's guess, somebody has to say.
		if (guess.warnings.some(({ code }) => code === 'labels.maybePostTreatment')) return { kind: 'nothing' };
		const scheme = likeliestScheme(guess);
		if (scheme) return { kind: 'labels', scheme };
	}
	return { kind: 'region', region: byName ?? chosen };
}

/** What to look at in a guess: another edition fits as well, one label may be a cavity, or nothing told the region. */
export function guessWarnings(file: FoundMasks, meaning: MaskMeaning, family: Family): readonly Issue[] {
	const { name, labels, segments } = file;
	if (labels && labels.length > 1 && meaning.kind !== 'region')
		return guessScheme(labels, name).warnings.filter(({ code }) => code !== 'labels.undecided');
	const [region] = meantRegions(meaning, family);
	const hints = [name, ...(labels ? [] : segments.map((segment) => segment.name))];
	const told = hints.some((hint) => guessRegion(hint, family).region === region);
	return region && !told ? [importIssue('mask.regionAtHand', name, { region })] : [];
}

/** Regions of a family that a meaning gives masks for. */
export function meantRegions(meaning: MaskMeaning, family: Family): readonly Region[] {
	if (meaning.kind === 'nothing') return [];
	if (meaning.kind === 'region') return [meaning.region];
	const known = FAMILY_REGIONS[family] as readonly Region[];
	return meaning.kind === 'labels' ? known : known.filter((region) => meaning.regions.includes(region));
}

/** How a mask lies on the images of its region. */
export type MaskFit =
	/** Voxel on voxel; `reordered`: stored in another order, put right without loss. */
	| { readonly kind: 'same' | 'reordered' }
	/** Some of the images' voxels, as segmentations are cut to what they hold: the rest is empty. */
	| { readonly kind: 'part' }
	/** Drawn on another sequence than the consensus names: taken over by the nearest voxel, and told in the score. */
	| { readonly kind: 'otherSequence'; readonly drawnOn: Sequence }
	/** On the grid of none of the case's series. */
	| { readonly kind: 'misfit'; readonly difference: GridDiagnosis }
	/** The case lacks the sequence of the region. */
	| { readonly kind: 'sequenceMissing' };

/**
 * Says how a file goes with the images that a region is drawn on. Only a segmentation may be cut: a label map says that it
 * has the matrix of its images (§3.2).
 */
export function fitMask(
	{ grid, labels }: Pick<FoundMasks, 'grid' | 'labels'>,
	region: Region,
	series: ReadonlyMap<Sequence, Grid>,
): MaskFit {
	const own = series.get(REGION_SEQUENCE[region]);
	if (!own) return { kind: 'sequenceMissing' };
	const difference = diagnoseGrid(grid, own);
	if (difference.kind === 'same' || difference.kind === 'reordered') return { kind: difference.kind };
	if (!labels && isPartOf(grid, own)) return { kind: 'part' };
	for (const [drawnOn, other] of series) {
		const { kind } = diagnoseGrid(grid, other);
		if (kind === 'same' || kind === 'reordered' || (!labels && isPartOf(grid, other)))
			return { kind: 'otherSequence', drawnOn };
	}
	return { kind: 'misfit', difference };
}

/** Whether a mask has a place on the images of its region. */
export function canBeTaken({ kind }: MaskFit): boolean {
	return kind !== 'misfit' && kind !== 'sequenceMissing';
}

/** One region's mask out of one file. */
export interface PlacedMask {
	readonly region: Region;
	/** Of the file. */
	readonly path: string;
	readonly name: string;
	readonly fit: MaskFit;
}

/**
 * Which file gives which region, and what keeps them from being taken: two files for one region (unless both are named
 * by the rule as lesions of it), no region at all. All issues at once; masks without a place are no issue, `fit` says so.
 */
export function placeMasks(
	files: readonly (FoundMasks & { readonly path: string; readonly meaning: MaskMeaning })[],
	family: Family,
	series: ReadonlyMap<Sequence, Grid>,
): { readonly placed: readonly PlacedMask[]; readonly issues: readonly Issue[] } {
	const issues: Issue[] = [];
	const placed = files.flatMap((file) =>
		meantRegions(file.meaning, family).map((region) => ({
			region,
			path: file.path,
			name: file.name,
			fit: fitMask(file, region, series),
		})),
	);
	for (const region of FAMILY_REGIONS[family]) {
		const rivals = placed.filter((mask) => mask.region === region && canBeTaken(mask.fit));
		if (rivals.length < 2 || areLesions(rivals.map(({ name }) => name))) continue;
		issues.push(importIssue('mask.regionTwice', '', { region, files: rivals.map(({ name }) => name).join(', ') }));
	}
	if (files.length > 0 && placed.length === 0) issues.push(importIssue('mask.noRegion', '', {}));
	for (const { name, meaning, labels } of files) {
		if (meaning.kind !== 'labels') continue;
		const unknown = (labels ?? []).filter(({ value }) => labelTissue(meaning.scheme, value) === undefined);
		if (unknown.length > 0) {
			const values = unknown.map(({ value }) => value).join(', ');
			issues.push(importIssue('mask.labelUnknown', name, { file: name, values }));
		}
	}
	return { placed, issues };
}
