import type { Grid, XyzMm } from '../../grid/grid.ts';
import type { Family, Layer, Region, Sequence } from '../../protocol/protocol.ts';

/** Error types that are looked for; the policy says what each means. */
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

/** Conditions that would fail an exam case outright. */
export const HARD_FAILS = ['HF1', 'HF2', 'HF3', 'HF4', 'HF5', 'HF6', 'HF7'] as const;
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
	/** What the sentence needs beside the magnitude, such as a sequence or a file's name. */
	readonly params: Readonly<Record<string, string | number>>;
}

/** What could not be looked for: layers that the case does not have, a log of tools that nobody kept. */
export const UNCHECKED = [
	'uncertain',
	'csf',
	'confounders',
	'dura',
	'notEnhancing',
	'toolLog',
] as const satisfies readonly (Layer | 'toolLog')[];
export type Unchecked = (typeof UNCHECKED)[number];

/** How the lesions of the reference were found, by the policy's matcher. */
export interface Detection {
	/** The region on which lesions are counted. */
	readonly region: Region;
	/** The largest first. `dice` is of the lesion against all components that touch it. */
	readonly lesions: readonly {
		readonly lesion: number;
		readonly volumeMl: number;
		readonly found: boolean;
		readonly dice: number;
	}[];
	/** Components that are no lesion's. */
	readonly falsePositives: number;
}

/** What the detectors say of a drawing. */
export interface FindingsResult {
	/** In the policy's order. */
	readonly list: readonly Finding[];
	readonly unchecked: readonly Unchecked[];
	/** Null where the region on which lesions are counted has no reference. */
	readonly detection: Detection | null;
	/** Share of the thickened dura that was drawn, 0..1; null where the case has no such layer. */
	readonly duralRecall: number | null;
}

/** The mask of a region in reference and drawing, both on the grid of the region's sequence. */
export interface DrawnRegion {
	readonly region: Region;
	readonly grid: Grid;
	readonly reference: Uint8Array;
	readonly prediction: Uint8Array;
}

/** A layer of the reference; what the values mean is said at `Layer`. */
export interface ReferenceLayer {
	readonly kind: Layer;
	/** The region that it belongs to, of `uncertain` and `lesions`; null of the others. */
	readonly region: Region | null;
	readonly grid: Grid;
	/** One byte a voxel in storage order. */
	readonly labels: Uint8Array;
}

/** What a log of tools tells. `threshold`: any tool that proposes voxels; `confirm`: the reader accepted them as they are. */
export const LOGGED_TOOLS = ['brush', 'eraser', 'threshold', 'confirm'] as const;
export interface ToolAction {
	readonly region: Region;
	readonly tool: (typeof LOGGED_TOOLS)[number];
}

/** A mask as it came in a file. */
export interface MaskFile {
	readonly region: Region;
	/** Without its folder; null where nobody kept it, as it did not follow the rule. */
	readonly name: string | null;
	readonly grid: Grid;
}

/** What is known of files: the masks', and what they must go with. */
export interface Files {
	readonly masks: readonly MaskFile[];
	/** Grids of the case's series. */
	readonly series: ReadonlyMap<Sequence, Grid>;
	/** The patient's number that the names must have; null where the case has none. */
	readonly patient: string | null;
}

/** Everything the detectors look at. Only read. */
export interface FindingsInput {
	readonly family: Family;
	/** Regions with a reference on their own grid. */
	readonly regions: readonly DrawnRegion[];
	readonly layers: readonly ReferenceLayer[];
	/** What was done, in order; null where no log was kept. */
	readonly log: readonly ToolAction[] | null;
	/** Null where the masks did not come in files. */
	readonly files: Files | null;
}
