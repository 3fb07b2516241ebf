import type { MeasureOptions } from './measureRegions.ts';
import { type RegionMasks, scoreRegion } from './scoreRegion.ts';
import { SCORING_VERSION, type ScoreReport } from './scoreReport.ts';

/** What a case's score is made from. */
export interface CaseMasks<Region extends string = string> {
	readonly caseId: string;
	/** Regions with a reference and a prediction on the same grid, in the protocol's order. */
	readonly regions: readonly RegionMasks<Region>[];
	/** Regions of the protocol that have none, with the reason; none where absent. */
	readonly unscored?: ScoreReport<Region>['unscored'];
	/** What the detectors found; null where nobody looked. */
	readonly findings?: ScoreReport<Region>['findings'];
}

/** Tolerances of NSD in mm that every report carries. */
export const REPORT_TOLERANCES_MM = [1, 2] as const;

/**
 * Scores every region of a case (SPEC.md, rule 9). The masks are only read.
 * Empty cases: no region gives a report without figures. Throws as `scoreRegion`, and where a region
 * comes twice or is both scored and unscored.
 */
export function scoreCase<Region extends string>(
	{ caseId, regions, unscored = [], findings = null }: CaseMasks<Region>,
	{ definition, kernels }: Pick<MeasureOptions, 'definition' | 'kernels'>,
): ScoreReport<Region> {
	const names = [...regions, ...unscored].map(({ region }) => region);
	const twice = names.find((name, n) => names.indexOf(name) !== n);
	if (twice !== undefined) throw new Error(`got region ${twice} twice, expected each region once`);
	const options = { definition, kernels, tolerancesMm: REPORT_TOLERANCES_MM };
	return {
		scoringVersion: SCORING_VERSION,
		caseId,
		definition,
		regions: regions.map((masks) => scoreRegion(masks, options)),
		unscored,
		findings,
	};
}
