import type { FindingsResult } from './findings/finding.ts';
import type { Mark } from './marks.ts';
import type { Measure } from './measure.ts';

/** Version of the definitions below; any change of a figure bumps it. */
export const SCORING_VERSION = '1.0.0';

/** Voxels by agreement. `tp + fp + fn + tn` is the number of voxels on the grid. */
interface Counts {
	readonly tp: number;
	readonly fp: number;
	readonly fn: number;
	readonly tn: number;
}

/**
 * How surfaces and their distances are defined (SPEC.md). `surfel`: area-weighted, HD95 the larger of both directions;
 * `voxelMax`: boundary voxels, the larger of both directions; `voxelPooled`: boundary voxels, both directions pooled;
 * `voxelBalanced`: as pooled, NSD the mean of both directions' fractions.
 */
export const DEFINITIONS = ['surfel', 'voxelMax', 'voxelPooled', 'voxelBalanced'] as const;
export type Definition = (typeof DEFINITIONS)[number];

/** The figures of one region, whatever it is called. */
export interface RegionMeasures {
	readonly counts: Counts;
	readonly dice: Measure;
	readonly iou: Measure;
	readonly sensitivity: Measure;
	readonly precision: Measure;
	readonly specificity: Measure;
	/** 1 − |prediction − reference| / (prediction + reference), in volumes. */
	readonly volumeSimilarity: Measure;
	readonly hdMm: Measure;
	readonly hd95Mm: Measure;
	/** Normalised surface dice by tolerance in mm, written as JavaScript writes the number: "1", "0.5". */
	readonly nsd: Readonly<Record<string, Measure>>;
	/** Average symmetric surface distance, boundary voxels of both directions pooled. */
	readonly assdMm: Measure;
	/** Mean of the two directed average surface distances, boundary voxels. */
	readonly masdMm: Measure;
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

/** Where the drawn outline lies to the reference's, slice by slice in plane: positive outside (over-drawn), in mm. */
export interface SignedBoundary {
	/** Median over the drawn outline's length. */
	readonly medianMm: Measure;
	/** Share of the drawn outline's length that lies on the median's side, 0..1. */
	readonly sameSign: Measure;
}

/** One region, prediction against reference, on the native grid of the region's sequence. */
export interface RegionScore<Region extends string = string> extends RegionMeasures {
	readonly region: Region;
	/** NSD slice by slice in the axial plane, by tolerance as `nsd`. */
	readonly nsdSlices: Readonly<Record<string, Measure>>;
	readonly boundary: SignedBoundary;
	readonly referenceMl: number;
	readonly predictionMl: number;
	/** Slices with any disagreement, from feet to head. */
	readonly slices: readonly SliceError[];
}

/** What a score says: figures only; words are made by i18n where they are shown. */
export interface ScoreReport<Region extends string = string> {
	readonly scoringVersion: string;
	readonly caseId: string;
	readonly definition: Definition;
	readonly regions: readonly RegionScore<Region>[];
	/** Regions of the protocol that could not be scored, with the reason. */
	readonly unscored: readonly {
		readonly region: Region;
		readonly reason: 'noReference' | 'gridDiffers' | 'sequenceMissing';
	}[];
	/** What the detectors say; null in reports of a version that did not look for anything. */
	readonly findings: (FindingsResult & { readonly policyVersion: string }) | null;
	/** Figures against the policy; null as `findings`. */
	readonly marks: { readonly policyVersion: string; readonly list: readonly Mark[] } | null;
}
