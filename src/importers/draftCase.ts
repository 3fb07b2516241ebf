import { cornerDistanceMm } from '../formats/cornerDistance.ts';
import type { Issue, Result } from '../formats/issue.ts';
import { type Grid, sameGrid } from '../grid/grid.ts';
import {
	FAMILY_REGIONS,
	type Family,
	REGION_SEQUENCE,
	type Region,
	SEQUENCES,
	type Sequence,
} from '../protocol/protocol.ts';
import type { LabelScheme } from '../schemas/caseManifest.ts';
import type { SeriesRole } from './guessSequence.ts';
import { importIssue } from './importIssue.ts';
import { type LabelCounts, labelIssues } from './labelScheme.ts';

/** A file that was read, and what the reader says it is. Light enough to pass between workers. */
export interface DraftFile {
	readonly path: string;
	/** Null: left out of the case. */
	readonly role: SeriesRole | null;
	readonly grid: Grid;
	/** `countLabels` of its voxels; absent for an image. */
	readonly labels?: LabelCounts;
}

/** What a case is to be made of. */
export interface DraftRequest {
	readonly family: Family;
	readonly files: readonly DraftFile[];
	/** Meaning of the reference's labels; needed where there is a reference. */
	readonly scheme?: LabelScheme;
}

/** Whether a region of the family can be scored in this case, and if not, why; the reasons are a report's. */
export type RegionCheck =
	| { readonly region: Region; readonly scorable: true }
	| {
			readonly region: Region;
			readonly scorable: false;
			readonly reason: 'noReference' | 'gridDiffers' | 'sequenceMissing';
	  };

/** A case that holds together. */
export interface CaseDraft {
	readonly family: Family;
	/** One file a sequence, in the protocol's order. */
	readonly series: readonly { readonly sequence: Sequence; readonly path: string }[];
	readonly reference?: { readonly path: string; readonly scheme: LabelScheme };
	/** Regions of the family in drawing order. */
	readonly regions: readonly RegionCheck[];
	/** Files left out, and why a reference does not fit its sequence. */
	readonly warnings: readonly Issue[];
}

/**
 * Checks that files make a case: one file a sequence, at least one image, at most one reference, whose labels its
 * scheme knows. All issues at once. A reference on another grid is no issue: the region cannot be scored and a warning
 * says how far off it is. Issues about the whole case have the path ''.
 */
export function draftCase({ family, files, scheme }: DraftRequest): Result<CaseDraft> {
	const issues: Issue[] = [];
	const warnings: Issue[] = [];
	const series: { sequence: Sequence; path: string; grid: Grid }[] = [];
	for (const sequence of SEQUENCES) {
		const [first, ...more] = files.filter((file) => file.role === sequence);
		if (!first) continue;
		series.push({ sequence, path: first.path, grid: first.grid });
		if (more.length > 0) {
			const names = [first, ...more].map((file) => file.path).join(', ');
			issues.push(importIssue('case.duplicateSequence', first.path, { sequence, files: names }));
		}
	}
	if (series.length === 0) issues.push(importIssue('case.noSeries', '', {}));
	for (const { path, role } of files) if (role === null) warnings.push(importIssue('case.unassigned', path, {}));

	const references = files.filter((file) => file.role === 'reference');
	const reference = references[0];
	if (references.length > 1) {
		const names = references.map((file) => file.path).join(', ');
		issues.push(importIssue('case.severalReferences', names, { files: names }));
	}
	for (const { path, labels } of references) issues.push(...labelIssues(labels, scheme, path));
	if (reference && !scheme) issues.push(importIssue('case.schemeMissing', reference.path, {}));

	const misfits = new Set<Sequence>();
	const regions = FAMILY_REGIONS[family].map((region): RegionCheck => {
		const image = series.find(({ sequence }) => sequence === REGION_SEQUENCE[region]);
		if (!image) return { region, scorable: false, reason: 'sequenceMissing' };
		if (!reference) return { region, scorable: false, reason: 'noReference' };
		if (sameGrid(reference.grid, image.grid)) return { region, scorable: true };
		misfits.add(image.sequence);
		return { region, scorable: false, reason: 'gridDiffers' };
	});
	if (reference) for (const image of series) if (misfits.has(image.sequence)) warnings.push(misfit(reference, image));
	if (issues.length > 0) return { ok: false, issues };
	return {
		ok: true,
		value: {
			family,
			series: series.map(({ sequence, path }) => ({ sequence, path })),
			...(reference && scheme && { reference: { path: reference.path, scheme } }),
			regions,
			warnings,
		},
	};
}

/** How a reference misses the grid of a sequence: another matrix, or the same one elsewhere. */
function misfit(reference: DraftFile, image: { sequence: Sequence; grid: Grid }): Issue {
	const { sequence, grid } = image;
	const [dims, expected] = [reference.grid.dims, grid.dims];
	if (dims.some((n, axis) => n !== expected[axis])) {
		return importIssue('case.referenceShape', reference.path, {
			sequence,
			dims: dims.join(' × '),
			expected: expected.join(' × '),
		});
	}
	const mm = cornerDistanceMm(reference.grid, grid);
	return importIssue('case.referencePlace', reference.path, { sequence, mm: Math.round(mm * 10) / 10 });
}
