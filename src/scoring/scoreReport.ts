/** Version of the definitions below; any change of a figure bumps it. */
export const SCORING_VERSION = '0.1.0';

/** A figure, or the reason why there is none. Never NaN or ∞, so that JSON keeps it. */
export type Measure =
	| { readonly kind: 'value'; readonly value: number }
	| { readonly kind: 'undefined'; readonly reason: 'bothEmpty' | 'referenceEmpty' | 'predictionEmpty' };

/** Voxels by agreement. `tp + fp + fn + tn` is the number of voxels on the grid. */
export interface Counts {
	readonly tp: number;
	readonly fp: number;
	readonly fn: number;
	readonly tn: number;
}

/** Disagreement in one axial slice. Areas in mm² of the slice plane. */
export interface SliceError {
	/** Axial slice of the RAS view, from 0. */
	readonly slice: number;
	/** Reference, not drawn. */
	readonly missedMm2: number;
	/** Drawn, not reference. */
	readonly extraMm2: number;
}

/** One region, prediction against reference, on the native grid of the region's sequence. */
export interface RegionScore<Region extends string = string> {
	readonly region: Region;
	readonly counts: Counts;
	/** 2·tp / (2·tp + fp + fn); undefined where both are empty. */
	readonly dice: Measure;
	/** tp / (tp + fn); undefined where the reference is empty. */
	readonly sensitivity: Measure;
	/** tp / (tp + fp); undefined where the prediction is empty. */
	readonly precision: Measure;
	readonly referenceMl: number;
	readonly predictionMl: number;
	/** Slices with any disagreement, from feet to head. */
	readonly slices: readonly SliceError[];
}

/** What a score says: figures only; words are made by i18n where they are shown. */
export interface ScoreReport<Region extends string = string> {
	readonly scoringVersion: string;
	readonly caseId: string;
	readonly regions: readonly RegionScore<Region>[];
	/** Regions of the protocol that could not be scored, with the reason. */
	readonly unscored: readonly {
		readonly region: Region;
		readonly reason: 'noReference' | 'gridDiffers' | 'sequenceMissing';
	}[];
}
