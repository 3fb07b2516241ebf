import type { Region } from '../../protocol/protocol.ts';
import type { FindingCode } from './finding.ts';

/** Order in which findings are explained. */
export const FINDING_GROUPS = [
	'geometry',
	'lesions',
	'endSlices',
	'forbidden',
	'logic',
	'size',
	'boundary',
	'handling',
] as const;
type FindingGroup = (typeof FINDING_GROUPS)[number];

/** Limits of the detectors. None comes from the consensus. Fractions 0..1, volumes in ml, areas in mm². */
export interface FindingsPolicy {
	readonly version: string;
	readonly note: string;
	readonly limits: {
		/** Under- and over-segmentation: the quotient below, and this share of the wrong voxels on one side. */
		readonly size: { readonly recallMin: number; readonly precisionMin: number; readonly share: number };
		/** A shifted outline: its median beyond the tolerance and on one side, or a shift that raises Dice by the gain. */
		readonly boundary: {
			readonly sameSign: number;
			readonly shiftMm: number;
			readonly diceGain: number;
			readonly toleranceMm: Readonly<Record<Region, number>>;
		};
		readonly lesion: {
			readonly matchIoR: number;
			readonly minScoredMm: number;
			readonly hardMissMm: number;
			readonly minMl: number;
			readonly falseMm: number;
			readonly share: number;
		};
		readonly endSlices: { readonly minAreaMm2: number; readonly leewaySlices: number; readonly hardAreaMm2: number };
		readonly nest: {
			readonly dilateMm: number;
			readonly outsideFrac: number;
			readonly overlapFrac: number;
			readonly unionDice: number;
			readonly edBodyFrac: number;
		};
		readonly empty: { readonly maxMl: number };
		readonly laterality: { readonly diceGain: number };
		/** Before a drawing is said to show another region, it must look like that one by this Dice. */
		readonly resemblance: { readonly diceMin: number };
		readonly oedemaInBody: { readonly share: number };
		/** CSF drawn: volumes of ventricles and sulci, or this share of what was drawn; hard where as much is left without the rim. */
		readonly leak: {
			readonly ventMl: number;
			readonly sulcMl: number;
			readonly frac: number;
			readonly erodePx: number;
		};
		readonly confounder: { readonly frac: number; readonly ml: number };
		readonly notEnhancing: { readonly ml: number };
		readonly dura: { readonly minRecall: number };
		readonly uncertain: { readonly maxFrac: number };
		/** Marks of a threshold that nobody went over: parts below this many pixels, and holes, more than the reference has. */
		readonly semi: { readonly minIslandPx: number; readonly maxIslands: number; readonly maxHoles: number };
		/** What is checked while drawing, beside the above. */
		readonly live: {
			/** Slices were skipped between pieces up to this far apart of which this share of the smaller lies in the other. */
			readonly gap: { readonly maxMm: number; readonly overlap: number };
			/** Share of the slices to be looked at, in so many sequences. */
			readonly browse: { readonly share: number; readonly sequences: number };
			/**
			 * Islands and holes, slice by slice, that are let pass: without a reference nobody knows how many are there. In regions
			 * that are hollow by nature only holes below `smallHolePx` pixels count.
			 */
			readonly specks: { readonly maxIslands: number; readonly maxHoles: number; readonly smallHolePx: number };
			/**
			 * Fluid is below and above this many times the tissue's intensity on FLAIR and T2; it is told from necrosis by the
			 * share that lies outside of what is drawn, and from the edge of a slice by its volume.
			 */
			readonly csf: { readonly flair: number; readonly t2: number; readonly outside: number; readonly ml: number };
		};
		/** A drawing belongs to other images where a mirror, another order of axes or a move makes it fit like this. */
		readonly otherImages: { readonly diceMin: number; readonly diceGain: number };
	};
	readonly groups: readonly FindingGroup[];
	/** Findings shown at first, the most important ones. */
	readonly shownPerCase: number;
	/** Rules that concern some regions only; the others concern all. */
	readonly ruleRegions: Readonly<Record<string, readonly Region[]>>;
	readonly errors: readonly {
		readonly code: FindingCode;
		readonly group: FindingGroup;
		readonly severity: 'major' | 'minor';
		readonly rules: readonly string[];
	}[];
}
