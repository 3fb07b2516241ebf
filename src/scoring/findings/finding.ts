import type { Grid, XyzMm } from '../../grid/grid.ts';
import type { Family, Region, Sequence } from '../../protocol/protocol.ts';

/** Error types of the policy (`content/policy/policy.json`, `errorTaxonomy`). */
export const FINDING_CODES = [
	'E01',
	'E02',
	'E03',
	'E04',
	'E05',
	'E06',
	'E07',
	'E08',
	'E09',
	'E10',
	'E11',
	'E12',
	'E13',
	'E14',
	'E15',
	'E16',
	'E17',
	'E18',
	'E19',
	'E20',
	'E21',
	'E22',
	'E23',
	'E24',
	'E25',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** Conditions that fail a case outright (`hardFails` of the policy) and that masks can show. */
export type HardFail = 'HF1' | 'HF2' | 'HF3' | 'HF4' | 'HF5' | 'HF6' | 'HF7';

/** What a magnitude is counted in. `fraction`: 0..1. */
export type MagnitudeUnit = 'ml' | 'mm' | 'mm2' | 'fraction' | 'slices' | 'count';

/** A place a reader can be taken to. */
export interface Place {
	/** The sequence on whose axial stack `slice` counts. */
	readonly sequence: Sequence;
	/** Axial slice of that series' RAS view, from 0 at the feet. */
	readonly slice: number;
	/** A point of the fault in world mm. */
	readonly xyzMm: XyzMm;
}

/** One broken rule: what, where, how badly. Words are made by i18n from `code`, `region`, `magnitude` and `params`. */
export interface Finding {
	readonly code: FindingCode;
	/** Rules of `rules.json` that it breaks, e.g. `R6-8b`. */
	readonly rules: readonly string[];
	/** `hard` only together with `hardFail`. */
	readonly severity: 'hard' | 'major' | 'minor' | 'info';
	readonly hardFail: HardFail | null;
	/** Null where the whole case is meant. */
	readonly region: Region | null;
	/** Number of the reference's lesion from 1, largest first; for E05 of the prediction's component. */
	readonly lesion: number | null;
	/** Null where there is no place, as for a file name. */
	readonly where: Place | null;
	/** How much of it there is, and the limit that it passed. */
	readonly magnitude: { readonly value: number; readonly limit: number; readonly unit: MagnitudeUnit };
	/** For the sentence; keys are tied to the dictionaries by test. */
	readonly params: Readonly<Record<string, string | number>>;
}

/** An error type that was not looked for, and why: it is not said to be absent. */
export interface Unchecked {
	readonly code: FindingCode;
	readonly region: Region | null;
	readonly reason: 'noReference' | 'noLayer' | 'noLog' | 'noFileNames' | 'gridDiffers' | 'sequenceMissing';
	/** The layer that is missing, for `noLayer`. */
	readonly layer: LayerKind | null;
}

/** Layers of a reference beside its regions. Items of one layer are told apart by their values 1, 2, …. */
export const LAYER_KINDS = [
	/** Ventricles and cisterns. */
	'ventricle',
	/** Sulcal CSF. */
	'sulcus',
	/** Leukoaraiosis, lacunes, old infarcts: one value each. */
	'confounder',
	/** Bright on T1 before contrast, not enhancing. */
	't1Bright',
	'vessel',
	/** Thickened enhancing dura that belongs to the enhancing region. */
	'dura',
	/** Thin dura that may be drawn or not. */
	'duraMargin',
	/** Where experts differ; left out of Dice. One layer for each region that has one. */
	'uncertain',
	/** Parts of the non-enhancing region: 1 solid, 2 necrosis, 3 cyst, 4 blood. */
	'components',
] as const;
export type LayerKind = (typeof LAYER_KINDS)[number];

/** A layer on its own grid; `region` only for `uncertain`. */
export interface Layer {
	readonly kind: LayerKind;
	readonly region?: Region;
	readonly grid: Grid;
	/** 0 outside, else the item's number. */
	readonly data: Uint8Array;
}

/** A mask on its grid; any value but 0 is inside. */
export interface GridMask {
	readonly grid: Grid;
	readonly data: Uint8Array;
}

/** What is known of how a region came about; from the journal of an attempt or an external reading log. */
export interface ReadingLog {
	/** The tool of the last change of each region. */
	readonly lastTool: Readonly<Partial<Record<Region, string>>>;
}

/** Everything the detectors look at. Only read. */
export interface FindingsInput {
	readonly family: Family;
	/** Grid of each series of the case. */
	readonly series: ReadonlyMap<Sequence, Grid>;
	/** The reference's masks, each on the grid of its region's sequence. Absent: no reference. */
	readonly references: ReadonlyMap<Region, GridMask>;
	/** What was drawn, on whatever grid it came. A region that is absent was not drawn. */
	readonly predictions: ReadonlyMap<Region, GridMask>;
	/** The layers the case has. */
	readonly layers: readonly Layer[];
	/** Null: none, so what needs it is unchecked. */
	readonly log: ReadingLog | null;
	/** File name of each region's mask; null where the masks did not come as files. */
	readonly fileNames: ReadonlyMap<Region, string> | null;
	/** Patient number that file names must carry, where it is known. */
	readonly patientId?: string;
}
