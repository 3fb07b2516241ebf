import { type Grid, ijkToXyz } from '../../grid/grid.ts';
import { type RasView, rasView } from '../../grid/rasView.ts';
import { REGION_SEQUENCE } from '../../protocol/protocol.ts';
import type { CaseRegion } from './crop.ts';
import type { Place } from './finding.ts';

/** Axial slice of an element, from 0 at the feet. */
export function sliceOf(element: number, { strides, dims }: RasView): number {
	const stored = Math.floor(element / Math.abs(strides[2])) % dims[2];
	return strides[2] < 0 ? dims[2] - 1 - stored : stored;
}

/** What is needed of a region to say where an element of its cut grid lies. */
type CutRegion = Pick<CaseRegion, 'region' | 'grid' | 'corner'> & { readonly whole: Pick<CaseRegion['whole'], 'grid'> };

/**
 * Where to look at a fault: the axial slice with most of its voxels, and there the one nearest to their middle. Null where
 * there are none.
 *
 * @param elements of the cut grid
 */
export function placeOf({ region, grid, corner, whole }: CutRegion, elements: ArrayLike<number>): Place | null {
	if (elements.length === 0) return null;
	const view = rasView(grid);
	const bySlice = new Map<number, number[]>();
	for (let n = 0; n < elements.length; n++) {
		const element = elements[n]!;
		const slice = sliceOf(element, view);
		const list = bySlice.get(slice);
		if (list) list.push(element);
		else bySlice.set(slice, [element]);
	}
	let best: readonly number[] = [];
	for (const [, list] of [...bySlice].sort(([a], [b]) => a - b)) if (list.length > best.length) best = list;
	const places = best.map((element) => ijkOf(element, grid));
	const middle = [0, 1, 2].map((axis) => places.reduce((sum, ijk) => sum + ijk[axis]!, 0) / places.length);
	const far = (ijk: readonly number[]) =>
		ijk.reduce((sum, v, axis) => sum + (v - middle[axis]!) * (v - middle[axis]!), 0);
	const nearest = places.reduce((a, b) => (far(b) < far(a) ? b : a));
	const [i, j, k] = nearest.map((v, axis) => v + corner[axis]!) as [number, number, number];
	const [nx, ny] = whole.grid.dims;
	const slice = sliceOf(i + nx * (j + ny * k), rasView(whole.grid));
	return { sequence: REGION_SEQUENCE[region], slice, xyzMm: ijkToXyz(whole.grid, [i, j, k]) };
}

/** Voxel position of an element. */
export function ijkOf(element: number, { dims }: Grid): readonly [number, number, number] {
	const row = Math.floor(element / dims[0]);
	const k = Math.floor(row / dims[1]);
	return [element - row * dims[0], row - k * dims[1], k];
}
