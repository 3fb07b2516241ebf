import findingsFile from '../../../../content/policy/findings.json' with { type: 'json' };
import { formatNumber } from '../../../i18n/format.ts';
import { findingsPolicySchema } from '../../../schemas/findingsPolicy.ts';

const { limits } = findingsPolicySchema.parse(findingsFile);
const percent = (share: number) => `${formatNumber(100 * share, 0)}%`;
const plain = (value: number) =>
	formatNumber(value, Number.isInteger(value) ? 0 : value * 10 === Math.round(value * 10) ? 1 : 2);

/** The limits of the policy as the sentences on how errors are found name them. */
export const ERROR_LIMITS: Readonly<Record<string, string>> = {
	found: percent(limits.size.recallMin),
	precision: percent(limits.size.precisionMin),
	emptyMl: plain(limits.empty.maxMl),
	minMm: plain(limits.lesion.minScoredMm),
	hardMm: plain(limits.lesion.hardMissMm),
	confFrac: percent(limits.confounder.frac),
	confMl: plain(limits.confounder.ml),
	ventMl: plain(limits.leak.ventMl),
	sulcMl: plain(limits.leak.sulcMl),
	endArea: plain(limits.endSlices.minAreaMm2),
	leeway: plain(limits.endSlices.leewaySlices),
	nestOut: percent(limits.nest.outsideFrac),
	nestMm: plain(limits.nest.dilateMm),
	overlap: percent(limits.nest.overlapFrac),
	union: formatNumber(limits.nest.unionDice, 2),
	edBody: percent(limits.nest.edBodyFrac),
	dura: percent(limits.dura.minRecall),
	neMl: plain(limits.notEnhancing.ml),
	uncertain: percent(limits.uncertain.maxFrac),
	islands: plain(limits.semi.maxIslands),
};
