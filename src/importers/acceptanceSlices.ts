import type { AcceptancePolicy } from '../schemas/acceptancePolicy.ts';
import type { AcceptanceCheck, AcceptanceReason } from './acceptance.ts';
import type { SeriesFacts } from './seriesFacts.ts';

const RULE = { rules: ['R3.1-2b'], clause: '§3.1-②', limit: null } as const;

/** Positions nearer than this to each other are one, mm. */
const SAME_MM = 0.01;
/** A step this many times the median is a place where slices are missing, not an uneven one. */
const HOLE = 1.5;

/**
 * Missing slices: by their positions where these are known, else empty ones between others. Told are the slices after
 * which one is missing, or the empty ones, from 0.
 */
export function missingCheck({ positionsMm, voxels }: SeriesFacts, { unevenness }: AcceptancePolicy): AcceptanceCheck {
	const steps = stepsOf(positionsMm).filter(({ mm }) => mm > SAME_MM);
	const median = [...steps].map(({ mm }) => mm).sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
	const holes = steps.filter(({ mm }) => mm > HOLE * median).map(({ after }) => after);
	const uneven = steps.filter(({ mm }) => Math.abs(mm - median) > unevenness * median).map(({ after }) => after);
	const found: readonly (readonly [readonly number[], AcceptanceReason])[] = [
		[holes, 'slicesHole'],
		[uneven, 'slicesUneven'],
		[voxels.empty, 'slicesEmpty'],
	];
	return slicesCheck(
		'missingSlices',
		found.find(([slices]) => slices.length > 0),
	);
}

/** Slices that come twice: two at one place, or one voxel by voxel the same as that before. From 0. */
export function doubledCheck({ positionsMm, voxels }: SeriesFacts): AcceptanceCheck {
	const twice = stepsOf(positionsMm)
		.filter(({ mm }) => mm <= SAME_MM)
		.map(({ after }) => after + 1);
	const slices = [...new Set([...twice, ...voxels.doubled])].sort((a, b) => a - b);
	return slicesCheck('doubledSlices', slices.length > 0 ? [slices, 'slicesDoubled'] : undefined);
}

function slicesCheck(
	check: AcceptanceCheck['check'],
	found: readonly [slices: readonly number[], reason: AcceptanceReason] | undefined,
): AcceptanceCheck {
	const [slices, reason] = found ?? [[], null];
	return { check, ...RULE, verdict: reason ? 'fail' : 'pass', measured: slices, reason, params: { slices } };
}

function stepsOf(positionsMm: readonly number[] = []): readonly { readonly after: number; readonly mm: number }[] {
	return positionsMm.slice(1).map((mm, after) => ({ after, mm: Math.abs(mm - positionsMm[after]!) }));
}
