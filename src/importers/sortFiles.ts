import type { Issue } from '../formats/issue.ts';
import { regionsNamed } from '../protocol/maskName.ts';
import { SEQUENCES, type Sequence } from '../protocol/protocol.ts';
import type { NamedSeries } from './dicomGroups.ts';
import { guessSequence } from './guessSequence.ts';
import { importIssue } from './importIssue.ts';

/** Files of a folder by what their names say they are. */
export interface SortedFiles {
	/** One file a sequence, in the protocol's order. */
	readonly series: readonly { readonly sequence: Sequence; readonly file: string }[];
	/** Files named for regions by the naming rule for masks (§3.2), wherever they lie. */
	readonly masks: readonly string[];
	/** Other masks by their names. */
	readonly references: readonly string[];
	/** Other images, and series of DICOM: their names tell no sequence, or another one lies nearer to the top. */
	readonly unused: readonly string[];
	/** Sequences with several files, of which none is taken. */
	readonly issues: readonly Issue[];
}

const IMAGE = /\.(?:nii|nrrd|nhdr|mgh|mgz|mha|mhd|hdr)(?:\.gz)?$/i;

/**
 * Sorts files (paths relative to their folder) into sequences and masks by their names. Of several images for one thing
 * those nearest to the top folder count. `chosen`: files that somebody gave their sequence, which others then do not get.
 * Masks that somebody named are to be left out of `paths`, as their names may be those of images.
 *
 * @param dicom series that are no single file, named by folder and description, and what each is taken for
 */
export function sortFiles(
	paths: readonly string[],
	chosen: ReadonlyMap<Sequence, string> = new Map(),
	dicom: readonly NamedSeries[] = [],
): SortedFiles {
	const taken = new Set(chosen.values());
	const masks = paths.filter((path) => regionsNamed(nameOf(path)).length > 0 && !taken.has(path));
	const images = paths.filter((path) => IMAGE.test(path) && !taken.has(path));
	const guesses = [
		...images.filter((path) => !masks.includes(path)).map((path) => ({ path, role: guessSequence(path).role })),
		...dicom.filter(({ path }) => !taken.has(path)).map(({ path, guess }) => ({ path, role: guess.role })),
	];
	const issues: Issue[] = [];
	const series: { sequence: Sequence; file: string }[] = [];
	const settled = new Set<string>();
	for (const sequence of SEQUENCES) {
		const own = chosen.get(sequence);
		const found = own ? [own] : nearest(guesses.filter(({ role }) => role === sequence).map(({ path }) => path));
		if (found[0] && found.length === 1) series.push({ sequence, file: found[0] });
		else if (found[0]) issues.push(importIssue('import.severalFiles', found[0], { sequence, files: found.join(', ') }));
		for (const path of found) settled.add(path);
	}
	const references = nearest(guesses.filter(({ role }) => role === 'reference').map(({ path }) => path));
	for (const path of references) settled.add(path);
	const unused = guesses.map(({ path }) => path).filter((path) => !settled.has(path));
	return { series, masks, references, unused, issues };
}

function nearest(paths: readonly string[]): string[] {
	const depth = (path: string) => path.split('/').length;
	const least = Math.min(...paths.map(depth));
	return paths.filter((path) => depth(path) === least);
}

function nameOf(path: string): string {
	return path.split('/').at(-1) ?? path;
}
