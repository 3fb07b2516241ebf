import type { Grid, XyzMm } from '../../grid/grid.ts';
import type { Family, Region, Sequence } from '../../protocol/protocol.ts';

/** Error types that are looked for; the policy says what each means. */
export const FINDING_CODES = [
	'E01',
	'E02',
	'E03',
	'E04',
	'E05',
	'E06',
	'E07',
	'E10',
	'E11',
	'E12',
	'E13',
	'E14',
	'E15',
	'E16',
	'E17',
	'E18',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** Conditions that would fail an exam case outright. */
export const HARD_FAILS = ['HF1', 'HF2', 'HF3', 'HF6'] as const;
export type HardFail = (typeof HARD_FAILS)[number];

/** What a magnitude is counted in. `fraction`: 0..1. */
export const MAGNITUDE_UNITS = ['ml', 'mm', 'fraction', 'slices', 'count'] as const;
export type MagnitudeUnit = (typeof MAGNITUDE_UNITS)[number];

/** A place a reader can be taken to. */
export interface Place {
	/** The sequence on whose axial stack `slice` counts. */
	readonly sequence: Sequence;
	/** Axial slice of that series' RAS view, from 0 at the feet. */
	readonly slice: number;
	/** A point of the fault in world mm. */
	readonly xyzMm: XyzMm;
}

/** One broken rule: what, where, how badly. Words are made by i18n. */
export interface Finding {
	readonly code: FindingCode;
	/** Rules of the catalogue that it breaks, e.g. `R6-8b`. */
	readonly rules: readonly string[];
	readonly severity: 'hard' | 'major' | 'minor';
	/** Set exactly where `severity` is `hard`. */
	readonly hardFail: HardFail | null;
	readonly region: Region;
	/** Number of the reference's lesion from 1, the largest first; null where the region as a whole is meant. */
	readonly lesion: number | null;
	readonly where: Place | null;
	/** How much of it there is, and the limit that it passed. */
	readonly magnitude: { readonly value: number; readonly limit: number; readonly unit: MagnitudeUnit };
}

/** The mask of a region in reference and drawing, both on the grid of the region's sequence. */
export interface DrawnRegion {
	readonly region: Region;
	readonly grid: Grid;
	readonly reference: Uint8Array;
	readonly prediction: Uint8Array;
}

/** Everything the detectors look at. Only read. */
export interface FindingsInput {
	readonly family: Family;
	readonly regions: readonly DrawnRegion[];
}
