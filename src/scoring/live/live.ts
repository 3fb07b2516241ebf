import type { Grid, Ijk } from '../../grid/grid.ts';
import type { Family, Region, Sequence } from '../../protocol/protocol.ts';
import type { DrawnRegion, Place } from '../findings/finding.ts';

/** What is checked while drawing, in the order in which it is told. None needs a reference. */
export const LIVE_CODES = [
	'csf',
	'ends',
	'gaps',
	'sequence',
	'first',
	'nesting',
	'overlap',
	'oedema',
	'union',
	'browse',
	'compare',
	'window',
	'lesions',
	'specks',
	'proposal',
] as const;
export type LiveCode = (typeof LIVE_CODES)[number];

/**
 * A region as far as it is drawn, in the order of the RAS view (x to the right fastest, then y to the front, then slice to
 * the head), whatever the order in which it is stored.
 */
export interface LiveRegion {
	readonly region: Region;
	/** `grid` is that of the view: dims right, front, head; the affine from view position to world mm. */
	readonly whole: Pick<DrawnRegion, 'grid'>;
	/** View position of the first voxel of the box; may lie beyond the image. */
	readonly corner: Ijk;
	/** The box around all that is drawn, with a voxel of room on every side, so that neighbours need no check. */
	readonly grid: Grid;
	/** One byte a voxel of `grid`, 0 outside. */
	readonly drawn: Uint8Array;
}

/** The part of a series around what is drawn, in the order of its RAS view. */
export interface LiveImage {
	/** The box that `values` fills. */
	readonly grid: Grid;
	readonly values: Float32Array;
	/** Intensity of ordinary tissue in the series: `tissueLevel` of its quantiles. */
	readonly tissue: number;
}

/** What is known while drawing. Survives `postMessage`. */
export interface LiveInput {
	readonly family: Family;
	/** Those of which anything is drawn. */
	readonly regions: readonly LiveRegion[];
	/** Grids of the RAS views of all series that are here. */
	readonly grids: ReadonlyMap<Sequence, Grid>;
	/** Axial slices of the view that were on the screen, from 0 at the feet. */
	readonly looked: ReadonlyMap<Sequence, ReadonlySet<number>>;
	/** Sequences whose window was changed by hand. */
	readonly windowed: ReadonlySet<Sequence>;
	/** What the reader said of the margin before drawing; null where that was not asked yet. */
	readonly margin: 'sharp' | 'blurred' | null;
	/** Number of lesions that the reader counted before drawing; null as above. */
	readonly lesions: number | null;
	/** The sequence on which the mask of a region lay that came from a file. */
	readonly importedFrom: ReadonlyMap<Region, Sequence>;
	/** Regions whose last edit is a tool's proposal. */
	readonly proposals: ReadonlySet<Region>;
	/** Regions of which the reader says that there is nothing to be seen. */
	readonly noneSeen: ReadonlySet<Region>;
	/**
	 * Around whole tumour or oedema, with room beside it; `corner` is the view position of FLAIR's first voxel. Null where
	 * neither is drawn or a series is missing.
	 */
	readonly fluid: { readonly flair: LiveImage; readonly corner: Ijk; readonly t2: LiveImage } | null;
}

/** One rule and how the drawing stands to it. Words are made by i18n. */
export interface LiveCheck {
	readonly code: LiveCode;
	/** Null where no region in particular is meant. */
	readonly region: Region | null;
	/** Rules of the catalogue, e.g. `R6-8b`; at least one. */
	readonly rules: readonly string[];
	/** `waiting`: cannot be said yet. */
	readonly status: 'ok' | 'attention' | 'waiting';
	/** Where to look; only of what needs attention. */
	readonly where: Place | null;
	/**
	 * What the sentence needs: slices as in `Place.slice` (`slice`, `from`, `to`, `end`), shares 0..1 (`share`), `dice`,
	 * volumes (`ml`), counts, names of sequences and regions, and `problem` where a code has several sentences.
	 */
	readonly params: Readonly<Record<string, string | number>>;
}
