import type { AcceptancePolicy } from '../schemas/acceptancePolicy.ts';
import type { AcceptanceCheck } from './acceptance.ts';
import type { SeriesFacts } from './seriesFacts.ts';

/** Diffusion weighting of the DWI (R2.2-4b): one of the allowed values, give or take (A6). */
export function bValueCheck({ acquisition }: SeriesFacts, { bValues, bTolerance }: AcceptancePolicy): AcceptanceCheck {
	const { bValue } = acquisition;
	const near = bValues.some((allowed) => Math.abs((bValue ?? 0) - allowed) <= bTolerance * allowed);
	const verdict = bValue === undefined ? 'unknown' : near ? 'pass' : 'fail';
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

/** Whether windows can be set without bands (R3.1-2c): bits of an intensity, else how many different ones there are. */
export function bitDepthCheck({ acquisition, voxels }: SeriesFacts, policy: AcceptancePolicy): AcceptanceCheck {
	const { bitsStored } = acquisition;
	const common = { check: 'bitDepth', rules: ['R3.1-2c'], clause: '§3.1-②', limit: policy.minBits } as const;
	const fail = (reason: 'bitsFew' | 'bitsEight' | 'levelsFew', bits: number | null): AcceptanceCheck => {
		const params = { bits: bits ?? 8, limit: policy.minBits, levels: voxels.levels };
		return { ...common, verdict: 'fail', measured: bits, reason, params };
	};
	if (/^u?int8$/.test(voxels.datatype)) return fail('bitsEight', 8);
	if (bitsStored !== undefined && bitsStored < policy.minBits) return fail('bitsFew', bitsStored);
	if (voxels.levels < policy.minLevels) return fail('levelsFew', bitsStored ?? null);
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
