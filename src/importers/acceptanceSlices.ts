import type { SlicePlace } from '../formats/dicomSeries.ts';
import type { AcceptancePolicy } from '../schemas/acceptancePolicy.ts';
import type { AcceptanceCheck, AcceptanceReason } from './acceptance.ts';
import type { SeriesFacts } from './seriesFacts.ts';

const RULE = { rules: ['R3.1-2b'], clause: '§3.1-②', limit: null } as const;

/** A step this many times the median is a place where slices are missing, not an uneven one. */
const HOLE = 1.5;

/**
 * Missing slices: by their positions where these are known, else empty ones between others. Told are the slices of the grid
 * after which one is missing, or the empty ones, from 0.
 */
export function missingCheck({ places = [], voxels }: SeriesFacts, { unevenness }: AcceptancePolicy): AcceptanceCheck {
	const steps = stepsOf(onePerSlice(places));
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

/**
 * Slices that come twice, from 0: places of the grid with two or more, and those voxel by voxel the same as the one before.
 * A check for each of the two that was found.
 */
export function doubledCheck({ places = [], voxels }: SeriesFacts): AcceptanceCheck[] {
	const again = places.filter(({ slice }, n) => slice === places[n - 1]?.slice).map(({ slice }) => slice);
	const found: readonly (readonly [readonly number[], AcceptanceReason])[] = [
		[[...new Set(again)], 'slicesSamePlace'],
		[voxels.doubled, 'slicesDoubled'],
	];
	const bad = found.filter(([slices]) => slices.length > 0);
	return bad.length > 0
		? bad.map((each) => slicesCheck('doubledSlices', each))
		: [slicesCheck('doubledSlices', undefined)];
}

/**
 * Whether slices are numbered in the order of their places, up or down: told are those numbered against most others, from 0.
 * No check where the files give no numbers, or all the same as frames of one file. Equal numbers are in order.
 */
export function orderCheck({ places = [] }: SeriesFacts): AcceptanceCheck[] {
	const slices = onePerSlice(places);
	const numbers = slices.flatMap(({ instance }) => (instance === undefined ? [] : [instance]));
	if (numbers.length < slices.length || new Set(numbers).size < 2) return [];
	const turns = numbers.map((number, n) => (n === 0 ? 0 : Math.sign(number - numbers[n - 1]!)));
	const along = turns.filter((turn) => turn > 0).length >= turns.filter((turn) => turn < 0).length ? 1 : -1;
	const against = slices.filter((_, n) => turns[n] === -along).map(({ slice }) => slice);
	return [slicesCheck('sliceOrder', against.length > 0 ? [against, 'slicesMisordered'] : undefined)];
}

function slicesCheck(
	check: AcceptanceCheck['check'],
	found: readonly [slices: readonly number[], reason: AcceptanceReason] | undefined,
): AcceptanceCheck {
	const [slices, reason] = found ?? [[], null];
	return { check, ...RULE, verdict: reason ? 'fail' : 'pass', measured: slices, reason, params: { slices } };
}

/** The first of those that share a slice of the grid. */
function onePerSlice(places: readonly SlicePlace[]): readonly SlicePlace[] {
	return places.filter(({ slice }, n) => slice !== places[n - 1]?.slice);
}

/** From each slice of the grid to the next that is there. */
function stepsOf(places: readonly SlicePlace[]): readonly { readonly after: number; readonly mm: number }[] {
	return places.slice(1).map(({ mm }, n) => ({ after: places[n]!.slice, mm: Math.abs(mm - places[n]!.mm) }));
}
