import { spacingMm } from '../../grid/grid.ts';
import { rasView } from '../../grid/rasView.ts';
import { maskPair } from '../measureRegions.ts';
import { signedBoundary } from '../metrics/signedBoundary.ts';
import type { Context } from './context.ts';
import type { CaseRegion } from './crop.ts';
import type { Finding } from './finding.ts';
import { diceOf, elementsWhere } from './overlap.ts';
import { ijkOf } from './place.ts';

/** E03: the outline lies on one side of the reference's by more than the tolerance, or a small shift makes it fit better. */
export function findBoundaryErrors(context: Context): Finding[] {
	return context.regions.flatMap((region) => ofRegion(region, context));
}

function ofRegion(region: CaseRegion, { limits, kernels, finding }: Context): Finding[] {
	const { grid, reference, prediction } = region;
	const pair = maskPair(reference, prediction, grid.dims, spacingMm(grid));
	const [tally] = kernels.tally(pair);
	const view = rasView(grid);
	const { medianMm, sameSign } = signedBoundary(pair, tally!, view.sliceAxis);
	if (medianMm.kind !== 'value' || sameSign.kind !== 'value') return [];
	const { toleranceMm, sameSign: most, shiftMm, diceGain } = limits.boundary;
	// Never finer than a pixel: nobody draws half of one.
	const limit = Math.max(toleranceMm[region.region], view.spacingMm[0], view.spacingMm[1]);
	const elements = () => elementsWhere(reference.length, (n) => (reference[n] !== 0) !== (prediction[n] !== 0));
	if (Math.abs(medianMm.value) > limit && sameSign.value >= most)
		return [finding('E03', region, { elements: elements(), value: medianMm.value, limit, unit: 'mm' })];
	const shift = centroidShift(region);
	if (!shift || shift.mm > shiftMm) return [];
	const gain = diceOf(reference, shift.moved) - diceOf(reference, prediction);
	if (gain < diceGain) return [];
	return [finding('E03', region, { elements: elements(), value: shift.mm, limit: 0, unit: 'mm' })];
}

/** The drawing moved by whole voxels so that its middle falls on the reference's; null where that is no move. */
function centroidShift({ grid, reference, prediction }: CaseRegion): { mm: number; moved: Uint8Array } | null {
	const [a, b] = [middleOf(reference, grid), middleOf(prediction, grid)];
	const steps = a.map((v, axis) => Math.round(v - b[axis]!));
	const spacing = spacingMm(grid);
	const mm = Math.sqrt(steps.reduce((sum, step, axis) => sum + step * spacing[axis]! * (step * spacing[axis]!), 0));
	if (!(mm > 0)) return null;
	const moved = new Uint8Array(prediction.length);
	for (let n = 0; n < prediction.length; n++) {
		if (prediction[n] === 0) continue;
		const [x, y, z] = ijkOf(n, grid).map((v, axis) => v + steps[axis]!) as [number, number, number];
		if (x < 0 || y < 0 || z < 0 || x >= grid.dims[0] || y >= grid.dims[1] || z >= grid.dims[2]) continue;
		moved[x + grid.dims[0] * (y + grid.dims[1] * z)] = 1;
	}
	return { mm, moved };
}

/** Mean voxel position of a mask; not a number where it is empty. */
function middleOf(mask: Uint8Array, grid: CaseRegion['grid']): readonly [number, number, number] {
	const [nx, ny] = grid.dims;
	let [count, sumX, sumY, sumZ] = [0, 0, 0, 0];
	for (let n = 0; n < mask.length; n++) {
		if (mask[n] === 0) continue;
		const row = Math.floor(n / nx);
		const z = Math.floor(row / ny);
		count++;
		sumX += n - row * nx;
		sumY += row - z * ny;
		sumZ += z;
	}
	return [sumX / count, sumY / count, sumZ / count];
}
