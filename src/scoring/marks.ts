import { rasView } from '../grid/rasView.ts';
import type { Family, Region } from '../protocol/protocol.ts';
import type { Detection, DrawnRegion, FindingsResult } from './findings/finding.ts';
import { isAtLeastMm } from './findings/matchLesions.ts';
import type { Measure } from './measure.ts';
import type { RegionScore } from './scoreReport.ts';

/** Marks from the lowest. */
export const TIERS = ['qualified', 'good', 'excellent'] as const;
type Tier = (typeof TIERS)[number];
type Cuts = Readonly<Record<Tier, number>>;

/**
 * What is marked. `dice`, `nsdSlices`: of a region. `volumeMl`: drawn where the reference has nothing. `lesionDice`: mean
 * over the lesions of a size. `recall`: share of the lesions of a size that were found. `f1`: of finding lesions.
 * `falsePositives`: false lesions. `duralRecall`: share of the thickened dura that was drawn.
 */
export const MARK_MEASURES = [
	'dice',
	'nsdSlices',
	'volumeMl',
	'lesionDice',
	'recall',
	'f1',
	'falsePositives',
	'duralRecall',
] as const;
export type MarkMeasure = (typeof MARK_MEASURES)[number];

/** Of these, less is better. */
const LESS: readonly MarkMeasure[] = ['volumeMl', 'falsePositives'];

/** Where the marks lie. None comes from the consensus. */
export interface MarksPolicy {
	readonly version: string;
	readonly note: string;
	/** Dice of a region whose largest lesion is smaller gets no mark: a pixel more or less decides it. Diameter in mm. */
	readonly leastMm: number;
	/** Slice-wise NSD is marked beside Dice, but decides nothing; never finer than a pixel. */
	readonly nsd: {
		readonly toleranceMm: Readonly<Record<Region, number>>;
		readonly cuts: Readonly<Record<string, Cuts>>;
	};
	/** One for each kind of case; `enhancing` where it depends on whether the reference has an enhancing region. */
	readonly sets: readonly {
		readonly name: string;
		readonly families: readonly Family[];
		readonly enhancing?: boolean | undefined;
		readonly cuts: readonly (Cuts & {
			readonly measure: Exclude<MarkMeasure, 'nsdSlices'>;
			readonly region: Region;
			/** Diameters of the lesions meant: from, and below. */
			readonly fromMm?: number | undefined;
			readonly toMm?: number | undefined;
			/** Where the reference has less of the region there is no mark. */
			readonly leastReferenceMl?: number | undefined;
		})[];
	}[];
}

/** One figure against the policy. */
export interface Mark {
	readonly measure: MarkMeasure;
	readonly region: Region;
	/** Diameters of the lesions meant, mm: from, and below; null for all. */
	readonly fromMm: number | null;
	readonly toMm: number | null;
	/** Of `nsdSlices`. */
	readonly toleranceMm: number | null;
	readonly value: Measure;
	/** Null where there is nothing to mark. */
	readonly tier: Tier | 'below' | null;
	readonly cuts: Cuts;
	/** Whether the mark counts; those that do not are told only. */
	readonly gated: boolean;
}

/** What is marked: the figures, and what the detectors counted. */
interface Marked {
	readonly family: Family;
	readonly scores: readonly RegionScore<Region>[];
	readonly regions: readonly DrawnRegion[];
	readonly found: Pick<FindingsResult, 'detection' | 'duralRecall'>;
}

/** Tolerance of slice-wise NSD for a region's mark: the policy's, or a pixel where that is more. */
export function markToleranceMm({ region, grid }: Pick<DrawnRegion, 'region' | 'grid'>, { nsd }: MarksPolicy): number {
	const { spacingMm: along } = rasView(grid);
	return Math.max(nsd.toleranceMm[region], along[0], along[1]);
}

/** The marks of a case (SPEC.md, rule 28). Needs NSD at `markToleranceMm` in every score. */
export function markCase({ family, scores, regions, found }: Marked, policy: MarksPolicy): Mark[] {
	const scoreOf = (region: Region) => scores.find((score) => score.region === region);
	const enhancing = scoreOf('ET')?.referenceMl !== 0;
	const set = policy.sets.find(
		(each) => each.families.includes(family) && (each.enhancing === undefined || each.enhancing === enhancing),
	);
	if (!set) throw new Error(`got the family ${family}, expected one with marks`);
	const cuts = set.cuts.flatMap(({ region, measure, fromMm = null, toMm = null, leastReferenceMl, ...tiers }) => {
		const score = scoreOf(region);
		if (!score || (leastReferenceMl !== undefined && score.referenceMl < leastReferenceMl)) return [];
		const value = figureOf(measure, score, found, fromMm, toMm);
		const small = measure === 'dice' && isSmall(found.detection, score, policy.leastMm);
		const tier = small ? null : tierOf(measure, value, tiers);
		return [{ measure, region, fromMm, toMm, toleranceMm: null, value, tier, cuts: tiers, gated: !small }];
	});
	const surfaces = regions.flatMap((drawn): Mark[] => {
		const score = scoreOf(drawn.region);
		const toleranceMm = markToleranceMm(drawn, policy);
		const value = score?.nsdSlices[String(toleranceMm)];
		const tiers = policy.nsd.cuts[String(policy.nsd.toleranceMm[drawn.region])];
		if (!value || !tiers) return [];
		const tier = tierOf('nsdSlices', value, tiers);
		const rest = { fromMm: null, toMm: null, toleranceMm, gated: false };
		return [{ measure: 'nsdSlices', region: drawn.region, value, tier, cuts: tiers, ...rest }];
	});
	return [...cuts, ...surfaces];
}

/** The lowest mark that counts; null where nothing was marked. */
export function lowestTier(marks: readonly Mark[]): Mark['tier'] {
	const tiers = marks.flatMap(({ gated, tier }) => (gated && tier ? [tier] : []));
	const order: readonly string[] = ['below', ...TIERS];
	return tiers.reduce<Mark['tier']>(
		(low, tier) => (low === null || order.indexOf(tier) < order.indexOf(low) ? tier : low),
		null,
	);
}

function tierOf(measure: MarkMeasure, value: Measure, cuts: Cuts): Mark['tier'] {
	if (value.kind !== 'value') return null;
	const reached = TIERS.filter((tier) =>
		LESS.includes(measure) ? value.value <= cuts[tier] : value.value >= cuts[tier],
	);
	return reached.at(-1) ?? 'below';
}

function figureOf(
	measure: Exclude<MarkMeasure, 'nsdSlices'>,
	score: RegionScore<Region>,
	{ detection, duralRecall }: Marked['found'],
	fromMm: number | null,
	toMm: number | null,
): Measure {
	const none: Measure = { kind: 'undefined', reason: 'referenceEmpty' };
	const lesions = (detection?.region === score.region ? detection.lesions : []).filter(
		(lesion) => isAtLeastMm(lesion, fromMm ?? 0) && !(toMm !== null && isAtLeastMm(lesion, toMm)),
	);
	const mean = (values: readonly number[]): Measure =>
		values.length === 0
			? none
			: { kind: 'value', value: values.reduce((sum, value) => sum + value, 0) / values.length };
	switch (measure) {
		case 'dice':
			return score.dice;
		case 'volumeMl':
			return { kind: 'value', value: score.predictionMl };
		case 'lesionDice':
			return mean(lesions.map(({ dice }) => dice));
		case 'recall':
			return mean(lesions.map(({ found }) => (found ? 1 : 0)));
		case 'f1': {
			const tp = lesions.filter(({ found }) => found).length;
			const both = lesions.length + tp + (detection?.falsePositives ?? 0);
			return lesions.length === 0 ? none : { kind: 'value', value: (2 * tp) / both };
		}
		case 'falsePositives':
			return detection ? { kind: 'value', value: detection.falsePositives } : none;
		case 'duralRecall':
			return duralRecall === null
				? { kind: 'undefined', reason: 'notMeasured' }
				: { kind: 'value', value: duralRecall };
	}
}

/** Whether all lesions of the region are too small for a mark by Dice; by the region's volume where none is counted on it. */
function isSmall(detection: Detection | null, { region, referenceMl }: RegionScore<Region>, leastMm: number): boolean {
	if (referenceMl === 0) return false;
	if (detection?.region !== region) return !isAtLeastMm({ volumeMl: referenceMl }, leastMm);
	return !detection.lesions.some((lesion) => isAtLeastMm(lesion, leastMm));
}
