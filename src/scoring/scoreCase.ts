import { type RegionMasks, scoreRegion } from './scoreRegion.ts';
import { type RegionScore, SCORING_VERSION, type ScoreReport } from './scoreReport.ts';

/** What a case's score is made from. */
export interface CaseMasks<Region extends string = string> {
	readonly caseId: string;
	/** Regions with a reference and a prediction on the same grid, in the protocol's order. */
	readonly regions: readonly RegionMasks<Region>[];
	/** Regions of the protocol that have none, with the reason; none where absent. */
	readonly unscored?: ScoreReport<Region>['unscored'];
}

/**
 * Scores every region of a case (SPEC.md, rule 9). The masks are only read.
 * Empty cases: no region gives a report without figures. Throws as `scoreRegion`, and where a region
 * comes twice or is both scored and unscored.
 */
export function scoreCase<Region extends string>(input: CaseMasks<Region>): ScoreReport<Region> {
	const { caseId, regions, unscored = [] } = input;
	const names = [...regions, ...unscored].map(({ region }) => region);
	const twice = names.find((name, n) => names.indexOf(name) !== n);
	if (twice !== undefined) throw new Error(`got region ${twice} twice, expected each region once`);
	const scores: RegionScore<Region>[] = regions.map((masks) => scoreRegion(masks));
	return { scoringVersion: SCORING_VERSION, caseId, regions: scores, unscored };
}
