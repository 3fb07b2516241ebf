import { rasView } from '../grid/rasView.ts';
import { type SliceStack, sliceStack } from '../grid/sliceStack.ts';
import { REGION_SEQUENCE, type Sequence } from '../protocol/protocol.ts';
import type { AcceptancePolicy } from '../schemas/acceptancePolicy.ts';
import {
	bitDepthCheck,
	bValueCheck,
	headerCheck,
	losslessCheck,
	originalCheck,
	qualityCheck,
} from './acceptanceSignal.ts';
import { doubledCheck, missingCheck, orderCheck } from './acceptanceSlices.ts';
import { gapCheck, thicknessCheck } from './acceptanceThickness.ts';
import type { SeriesFacts } from './seriesFacts.ts';

/** What is looked at, in the order in which it is told. */
export const ACCEPTANCE_CHECKS = [
	'sequence',
	'plane',
	'dimension',
	'thickness',
	'gap',
	'bValue',
	'missingSlices',
	'doubledSlices',
	'sliceOrder',
	'coverage',
	'bitDepth',
	'lossless',
	'original',
	'quality',
	'header',
] as const;

/** `unknown`: the files do not tell. Only `fail` keeps a case from being accepted. */
export type Verdict = 'pass' | 'fail' | 'warn' | 'unknown';

/** One thing looked at. Words are made where they are shown, from `reason` and `params`. */
export interface AcceptanceCheck {
	readonly check: (typeof ACCEPTANCE_CHECKS)[number];
	/** Rules of the catalogue. */
	readonly rules: readonly string[];
	/** Of the consensus, such as `§2.2-⑥`. */
	readonly clause: string;
	readonly verdict: Verdict;
	/** mm, s/mm² or bits, a word, or slices from 0; null where nothing is known. */
	readonly measured: number | string | readonly number[] | null;
	/** What it is held against; null where there is nothing to hold it against. */
	readonly limit: number | readonly number[] | readonly string[] | null;
	/** Why it did not pass; null where it did. */
	readonly reason: AcceptanceReason | null;
	/** Figures and words for the sentence. */
	readonly params: Readonly<Record<string, number | string | readonly number[] | readonly string[]>>;
}

/** Everything that can keep a check from passing: the keys `acceptance.why.<reason>` of the dictionaries. */
export const ACCEPTANCE_REASONS = [
	'sequenceMissing',
	'sequenceWanted',
	'planeWrong',
	'planeOblique',
	'planeNotAxial',
	'planeUnknown',
	'dimensionWrong',
	'dimensionUnknown',
	'thicknessOver',
	'thicknessDistance',
	'thicknessEither',
	'thicknessUnknown',
	'gapOver',
	'gapFar',
	'gapUnknown',
	'bValueOff',
	'bValueUnknown',
	'slicesHole',
	'slicesUneven',
	'slicesEmpty',
	'slicesSamePlace',
	'slicesDoubled',
	'slicesMisordered',
	'coverageShort',
	'coverageUnknown',
	'bitsFew',
	'bitsEight',
	'levelsFew',
	'lossy',
	'derived',
	'qualityPoor',
	'headerIdentifies',
] as const;
export type AcceptanceReason = (typeof ACCEPTANCE_REASONS)[number];

/** Whether a case can be annotated as the consensus asks. */
export interface AcceptanceReport {
	readonly policyVersion: string;
	/** The worst of all checks: fail, warn, unknown, pass. */
	readonly verdict: Verdict;
	/** One check for each sequence that a case should have. */
	readonly sequences: readonly (AcceptanceCheck & { readonly sequence: Sequence })[];
	/** In the order given. A series of none of the sequences has no checks: others are outside the consensus (R2.2-7). */
	readonly series: readonly {
		readonly name: string;
		readonly sequence: Sequence | null;
		readonly checks: readonly AcceptanceCheck[];
	}[];
}

/** Rules about a sequence, the clause they stand in. */
const SEQUENCE_RULES: Readonly<Record<Sequence, { readonly rules: readonly string[]; readonly clause: string }>> = {
	T1: { rules: ['R2.2-1'], clause: '§2.2-①' },
	T2: { rules: ['R2.2-2'], clause: '§2.2-②' },
	FLAIR: { rules: ['R2.2-3'], clause: '§2.2-③' },
	T1C: { rules: ['R2.2-5'], clause: '§2.2-⑤' },
	DWI: { rules: ['R2.2-4a'], clause: '§2.2-④' },
	ADC: { rules: ['R2.2-4a'], clause: '§2.2-④' },
};

/**
 * Holds the series of a case against sections 2.2 and 3.1 of the consensus. Nothing is asked of a case beyond what its
 * files tell: what they do not tell is `unknown`, not failed.
 */
export function acceptCase(series: readonly SeriesFacts[], policy: AcceptancePolicy): AcceptanceReport {
	const sequences = [...policy.requiredSequences, ...policy.wantedSequences].map((sequence) => ({
		sequence,
		...sequenceCheck(sequence, series, policy),
	}));
	const each = series.map((facts) => ({
		name: facts.name,
		sequence: facts.sequence,
		checks: facts.sequence ? seriesChecks(facts, facts.sequence, policy) : [],
	}));
	const all = [...sequences, ...each.flatMap(({ checks }) => checks)].map(({ verdict }) => verdict);
	const verdict = (['fail', 'warn', 'unknown'] as const).find((bad) => all.includes(bad)) ?? 'pass';
	return { policyVersion: policy.version, verdict, sequences, series: each };
}

function sequenceCheck(sequence: Sequence, series: readonly SeriesFacts[], policy: AcceptancePolicy): AcceptanceCheck {
	const found = series.filter((facts) => facts.sequence === sequence).map(({ name }) => name);
	const required = policy.requiredSequences.includes(sequence);
	const { clause } = SEQUENCE_RULES[sequence];
	return {
		check: 'sequence',
		rules: ['R2.2-0', ...(sequence === 'ADC' ? ['R2.2-4c'] : sequence === 'T1C' ? ['R2.2-5'] : [])],
		clause,
		verdict: found.length > 0 ? 'pass' : required ? 'fail' : 'warn',
		measured: found[0] ?? null,
		limit: null,
		reason: found.length > 0 ? null : required ? 'sequenceMissing' : 'sequenceWanted',
		params: { sequence },
	};
}

function seriesChecks(facts: SeriesFacts, sequence: Sequence, policy: AcceptancePolicy): AcceptanceCheck[] {
	const stack = sliceStack(facts.grid);
	return [
		planeCheck(facts, stack, sequence, policy),
		dimensionCheck(facts, sequence, policy),
		thicknessCheck(facts, stack, policy),
		gapCheck(facts, stack, policy),
		...(sequence === 'DWI' ? [bValueCheck(facts, policy)] : []),
		missingCheck(facts, policy),
		...doubledCheck(facts),
		...orderCheck(facts),
		coverageCheck(facts, policy),
		bitDepthCheck(facts, policy),
		...losslessCheck(facts),
		...originalCheck(facts, sequence),
		...qualityCheck(facts, policy),
		...headerCheck(facts),
	];
}

/** Sequences that some region is drawn on, better on axial images than on others. */
const DRAWN_ON: ReadonlySet<Sequence> = new Set(Object.values(REGION_SEQUENCE));

function planeCheck(
	{ orientation }: SeriesFacts,
	{ plane, tiltDeg }: SliceStack,
	sequence: Sequence,
	{ planes }: AcceptancePolicy,
): AcceptanceCheck {
	const allowed = planes[sequence];
	const common = { check: 'plane', ...SEQUENCE_RULES[sequence], limit: allowed } as const;
	if (orientation === 'none')
		return { ...common, verdict: 'unknown', measured: null, reason: 'planeUnknown', params: { allowed } };
	const pass = plane !== null && allowed.includes(plane);
	if (pass && plane !== 'axial' && DRAWN_ON.has(sequence)) {
		const axial = { rules: ['R6-7a'], clause: '§6-⑦', limit: ['axial'], measured: plane } as const;
		return { ...common, ...axial, verdict: 'warn', reason: 'planeNotAxial', params: { plane } };
	}
	return {
		...common,
		verdict: pass ? 'pass' : 'fail',
		measured: plane ?? 'oblique',
		reason: pass ? null : plane === null ? 'planeOblique' : 'planeWrong',
		params: { plane: plane ?? 'oblique', allowed, tiltDeg },
	};
}

function dimensionCheck({ acquisition }: SeriesFacts, sequence: Sequence, policy: AcceptancePolicy): AcceptanceCheck {
	const { dimension } = acquisition;
	const only2D = policy.only2D.includes(sequence);
	// Either will do for the other sequences, so that not knowing is no matter.
	const verdict = !only2D || dimension === '2D' ? 'pass' : dimension === undefined ? 'unknown' : 'fail';
	return {
		check: 'dimension',
		...SEQUENCE_RULES[sequence],
		verdict,
		measured: dimension ?? null,
		limit: only2D ? ['2D'] : ['2D', '3D'],
		reason: verdict === 'pass' ? null : verdict === 'fail' ? 'dimensionWrong' : 'dimensionUnknown',
		params: {},
	};
}

function coverageCheck({ grid, orientation }: SeriesFacts, { minCoverageMm }: AcceptancePolicy): AcceptanceCheck {
	const common = { check: 'coverage', rules: ['R2.1-2'], clause: '§2.1-②', limit: minCoverageMm } as const;
	if (orientation === 'none') {
		const params = { limit: minCoverageMm };
		return { ...common, verdict: 'unknown', measured: null, reason: 'coverageUnknown', params };
	}
	const { dims, spacingMm } = rasView(grid);
	const mm = dims[2] * spacingMm[2];
	const pass = mm >= minCoverageMm;
	return {
		...common,
		verdict: pass ? 'pass' : 'warn',
		measured: mm,
		reason: pass ? null : 'coverageShort',
		params: { mm, limit: minCoverageMm },
	};
}
