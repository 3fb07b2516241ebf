import type { Sequence } from '../protocol/protocol.ts';
import type { AcceptancePolicy } from '../schemas/acceptancePolicy.ts';
import type { AcceptanceCheck } from './acceptance.ts';
import type { SeriesFacts } from './seriesFacts.ts';

/** Diffusion weightings that will do for a DWI, s/mm². */
export type BValuePolicy = Pick<AcceptancePolicy, 'bValues' | 'bTolerance'>;

/** Whether a b-value is one of those allowed, give or take (A6). */
export function isAllowed(bValue: number, { bValues, bTolerance }: BValuePolicy): boolean {
	return bValues.some((allowed) => Math.abs(bValue - allowed) <= bTolerance * allowed);
}

/** Diffusion weighting of the DWI (R2.2-4b): one of the allowed values, give or take (A6). */
export function bValueCheck({ acquisition }: SeriesFacts, { bValues, bTolerance }: BValuePolicy): AcceptanceCheck {
	const { bValue } = acquisition;
	const verdict = bValue === undefined ? 'unknown' : isAllowed(bValue, { bValues, bTolerance }) ? 'pass' : 'fail';
	return {
		check: 'bValue',
		rules: ['R2.2-4b'],
		clause: '§2.2-④',
		verdict,
		measured: bValue ?? null,
		limit: bValues,
		reason: verdict === 'pass' ? null : verdict === 'fail' ? 'bValueOff' : 'bValueUnknown',
		params: { bValues, ...(bValue !== undefined && { bValue }) },
	};
}

/** Whether windows can be set without bands (R3.1-2c): bits of an intensity; where no file tells, how many different ones there are. */
export function bitDepthCheck({ acquisition, voxels }: SeriesFacts, policy: AcceptancePolicy): AcceptanceCheck {
	const { bitsStored } = acquisition;
	const common = { check: 'bitDepth', rules: ['R3.1-2c'], clause: '§3.1-②', limit: policy.minBits } as const;
	const fail = (reason: 'bitsFew' | 'bitsEight' | 'levelsFew', bits: number | null): AcceptanceCheck => {
		const params = { bits: bits ?? 8, limit: policy.minBits, levels: voxels.levels };
		return { ...common, verdict: 'fail', measured: bits, reason, params };
	};
	if (/^u?int8$/.test(voxels.datatype)) return fail('bitsEight', 8);
	if (bitsStored !== undefined && bitsStored < policy.minBits) return fail('bitsFew', bitsStored);
	if (bitsStored === undefined && voxels.levels < policy.minLevels) return fail('levelsFew', null);
	return { ...common, verdict: 'pass', measured: bitsStored ?? null, reason: null, params: {} };
}

/** Whether the images went through a compression that loses some (R3.1-2a); no check where no file tells. */
export function losslessCheck({ acquisition }: SeriesFacts): AcceptanceCheck[] {
	const { lossy } = acquisition;
	if (lossy === undefined) return [];
	return [
		{
			check: 'lossless',
			rules: ['R3.1-2a'],
			clause: '§3.1-②',
			verdict: lossy ? 'warn' : 'pass',
			measured: null,
			limit: null,
			reason: lossy ? 'lossy' : null,
			params: {},
		},
	];
}

/**
 * Whether the images are as they were acquired (R3.1-2a), not reformatted (R6-7b); no check where no file tells, nor of an ADC map, which is always
 * worked out.
 */
export function originalCheck({ acquisition }: SeriesFacts, sequence: Sequence): AcceptanceCheck[] {
	const { derived } = acquisition;
	if (derived === undefined || sequence === 'ADC') return [];
	return [
		{
			check: 'original',
			rules: ['R3.1-2a', 'R6-7b'],
			clause: '§3.1-②',
			verdict: derived ? 'warn' : 'pass',
			measured: null,
			limit: null,
			reason: derived ? 'derived' : null,
			params: {},
		},
	];
}

/** Whether the quality of the images lets them be annotated (R2.1-4); no check where nobody graded them. */
export function qualityCheck({ grade }: SeriesFacts, { minGrade }: AcceptancePolicy): AcceptanceCheck[] {
	if (grade === undefined) return [];
	const pass = grade >= minGrade;
	return [
		{
			check: 'quality',
			rules: ['R2.1-4'],
			clause: '§2.1-④',
			verdict: pass ? 'pass' : 'fail',
			measured: grade,
			limit: minGrade,
			reason: pass ? null : 'qualityPoor',
			params: { grade, limit: minGrade },
		},
	];
}

/**
 * Whether the header names somebody (R3.1-1b); no check where it does not. It is a warning: what is kept of the images is
 * kept without any text.
 */
export function headerCheck({ identifying = [] }: SeriesFacts): AcceptanceCheck[] {
	if (identifying.length === 0) return [];
	return [
		{
			check: 'header',
			rules: ['R3.1-1b'],
			clause: '§3.1-①',
			verdict: 'warn',
			measured: identifying.join(', '),
			limit: null,
			reason: 'headerIdentifies',
			params: { fields: identifying.join(', ') },
		},
	];
}
