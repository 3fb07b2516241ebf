import type { Region } from '../protocol/protocol.ts';
import { findFindings } from './findings/findFindings.ts';
import type { FindingsInput } from './findings/finding.ts';
import type { FindingsPolicy } from './findings/policy.ts';
import { resampleLabels } from './findings/resample.ts';
import type { Kernels } from './kernels/kernels.ts';
import { type MarksPolicy, markCase, markToleranceMm } from './marks.ts';
import { scoreRegion } from './scoreRegion.ts';
import { type Definition, SCORING_VERSION, type ScoreReport } from './scoreReport.ts';

/** What a case's score is made from. */
export interface CaseMasks extends FindingsInput {
	readonly caseId: string;
	/** Regions of the protocol that have none, with the reason. */
	readonly unscored: ScoreReport<Region>['unscored'];
}

/** By what a case is judged. */
export interface CaseOptions {
	readonly definition: Definition;
	readonly kernels: Kernels;
	readonly findingsPolicy: FindingsPolicy;
	readonly marksPolicy: MarksPolicy;
	/** Told the share of the work that is done, 0..1, after each step. */
	readonly onProgress?: (done: number) => void;
}

/** Tolerances of NSD in mm that every report carries. */
export const REPORT_TOLERANCES_MM = [1, 2] as const;

/**
 * Scores every region of a case, looks for broken rules and marks the figures (SPEC.md, rules 9 and 23–28). The masks are
 * only read. Voxels of an uncertain band count as outside both masks.
 * Empty cases: no region gives a report without figures. Throws as `scoreRegion`, and where a region
 * comes twice or is both scored and unscored.
 */
export function scoreCase(
	{ caseId, unscored, ...input }: CaseMasks,
	{ definition, kernels, findingsPolicy, marksPolicy, onProgress = () => undefined }: CaseOptions,
): ScoreReport<Region> {
	const { family, regions, layers } = input;
	const names = [...regions, ...unscored].map(({ region }) => region);
	const twice = names.find((name, n) => names.indexOf(name) !== n);
	if (twice !== undefined) throw new Error(`got region ${twice} twice, expected each region once`);
	// Looking for findings takes about as long as three regions.
	const steps = regions.length + 3;
	const scores = regions.map((masks, n) => {
		const band = layers.find(({ kind, region }) => kind === 'uncertain' && region === masks.region);
		const tolerancesMm = [...new Set([...REPORT_TOLERANCES_MM, markToleranceMm(masks, marksPolicy)])];
		const score = scoreRegion(
			{ ...masks, ...(band && { ignore: resampleLabels(band.labels, band.grid, masks.grid) }) },
			{ definition, kernels, tolerancesMm },
		);
		onProgress((n + 1) / steps);
		return score;
	});
	const found = findFindings(input, findingsPolicy, kernels);
	onProgress(1);
	const list = markCase({ family, scores, regions, found }, marksPolicy);
	return {
		scoringVersion: SCORING_VERSION,
		caseId,
		definition,
		regions: scores,
		unscored,
		findings: { policyVersion: findingsPolicy.version, ...found },
		marks: { policyVersion: marksPolicy.version, list },
	};
}
