import type { Dims } from '../grid/grid.ts';
import { distanceTo } from '../mask/distance.ts';
import { lattice, type Smooth } from './lattice.ts';
import { type Shares, weighted } from './shares.ts';

/** Distances are kept on a lattice of this spacing. */
const COARSE_MM = 2;
/** What is nowhere is this far away. */
const FAR_MM = 1000;

/**
 * Signed distance in mm to the surface of what some tissues fill at least `least` of, negative inside; RAS mm, to 2 mm.
 *
 * @param names of all tissues, in the order in which the shares number them
 */
export function distanceFrom(
	shares: Shares,
	names: readonly string[],
	tissues: readonly string[],
	least = 0.5,
): Smooth {
	const { values: filled } = weighted(
		shares,
		names.map((name) => (tissues.includes(name) ? 1 : 0)),
	);
	const { dims, originMm } = shares.box;
	const size = dims.map((n) => Math.floor((n - 1) / COARSE_MM) + 1) as unknown as Dims;
	const inside = new Uint8Array(size[0] * size[1] * size[2]);
	for (let n = 0, k = 0; k < size[2]; k++)
		for (let j = 0; j < size[1]; j++)
			for (let i = 0; i < size[0]; i++, n++)
				inside[n] = filled[COARSE_MM * (i + dims[0] * (j + dims[1] * k))]! >= least ? 1 : 0;
	const spacingMm: Dims = [COARSE_MM, COARSE_MM, COARSE_MM];
	const away = distanceTo(1, inside, size, spacingMm);
	const depth = distanceTo(0, inside, size, spacingMm);
	return lattice(
		away.map((value, n) => Math.min(FAR_MM, value) - Math.min(FAR_MM, depth[n]!)),
		{ dims: size, originMm },
		COARSE_MM,
	);
}
