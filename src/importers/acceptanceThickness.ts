import type { SliceStack } from '../grid/sliceStack.ts';
import type { AcceptancePolicy } from '../schemas/acceptancePolicy.ts';
import type { AcceptanceCheck } from './acceptance.ts';
import type { SeriesFacts } from './seriesFacts.ts';

type Finding = Pick<AcceptanceCheck, 'verdict' | 'measured' | 'reason' | 'params'>;

/**
 * Thickness of the slices (R2.2-6a, R2.2-6b). Where no file tells it, the distance of centres does as far as it can:
 * slices are not thicker than that, and those of a 3-D acquisition fill it.
 */
export function thicknessCheck(
	{ acquisition }: SeriesFacts,
	stack: SliceStack,
	policy: AcceptancePolicy,
): AcceptanceCheck {
	const { dimension, thicknessMm } = acquisition;
	const [thin, thick] = [policy.max3DThicknessMm, policy.max2DThicknessMm];
	const limits = dimension === '3D' ? [thin] : dimension === '2D' ? [thick] : [thin, thick];
	return {
		check: 'thickness',
		rules: dimension === '3D' ? ['R2.2-6a'] : dimension === '2D' ? ['R2.2-6b'] : ['R2.2-6a', 'R2.2-6b'],
		clause: '§2.2-⑥',
		limit: limits,
		...finding(),
	};

	function finding(): Finding {
		const mm = thicknessMm ?? stack.distanceMm;
		const measured = thicknessMm ?? null;
		const [least, most] = [limits[0]! + policy.roundingMm, limits.at(-1)! + policy.roundingMm];
		if (mm <= least) return { verdict: 'pass', measured, reason: null, params: {} };
		if (thicknessMm === undefined) {
			const params = { mm, limit: limits[0]!, thin, thick };
			if (dimension === '3D') return { verdict: 'fail', measured, reason: 'thicknessDistance', params };
			return { verdict: 'unknown', measured, reason: 'thicknessUnknown', params };
		}
		if (mm > most) return { verdict: 'fail', measured, reason: 'thicknessOver', params: { mm, limit: limits.at(-1)! } };
		return { verdict: 'unknown', measured, reason: 'thicknessEither', params: { mm, thin, thick } };
	}
}

/** Free space between one slice and the next (R2.2-6c), read as distance of centres less thickness (A5). */
export function gapCheck(
	{ acquisition }: SeriesFacts,
	{ distanceMm }: SliceStack,
	policy: AcceptancePolicy,
): AcceptanceCheck {
	const { dimension, thicknessMm } = acquisition;
	const limit = policy.maxGapMm;
	return { check: 'gap', rules: ['R2.2-6c'], clause: '§2.2-⑥', limit, ...finding() };

	function finding(): Finding {
		const over = (mm: number) => mm > limit + policy.roundingMm;
		if (thicknessMm !== undefined) {
			const mm = Math.max(0, distanceMm - thicknessMm);
			if (!over(mm)) return { verdict: 'pass', measured: mm, reason: null, params: {} };
			return {
				verdict: 'fail',
				measured: mm,
				reason: 'gapOver',
				params: { mm, limit, distance: distanceMm, thickness: thicknessMm },
			};
		}
		// A 3-D acquisition leaves no space between its slices.
		if (dimension === '3D' || !over(distanceMm)) return { verdict: 'pass', measured: null, reason: null, params: {} };
		const most = policy.max2DThicknessMm + limit;
		const params = { distance: distanceMm, limit, thickness: policy.max2DThicknessMm };
		if (distanceMm > most + policy.roundingMm) return { verdict: 'fail', measured: null, reason: 'gapFar', params };
		return { verdict: 'unknown', measured: null, reason: 'gapUnknown', params };
	}
}
