import { type Grid, spacingMm, voxelCount, voxelVolumeMl } from '../grid/grid.ts';
import { type RasView, rasView } from '../grid/rasView.ts';
import type { Box } from './kernels/kernels.ts';
import { type MeasureOptions, maskPair, measureRegions, surfaceDices } from './measureRegions.ts';
import { signedBoundary } from './metrics/signedBoundary.ts';
import type { RegionScore, SliceError } from './scoreReport.ts';

/** Two masks of one region on one grid. */
export interface RegionMasks<Region extends string = string> {
	readonly region: Region;
	readonly grid: Grid;
	/** One byte a voxel in storage order (x fastest); any value but 0 is inside. */
	readonly reference: Uint8Array;
	/** As `reference`, on the same grid. */
	readonly prediction: Uint8Array;
	/** As `reference`: voxels that count as outside both masks, such as a band where experts differ. */
	readonly ignore?: Uint8Array;
}

/**
 * Compares a prediction with its reference: every figure of SPEC.md, and the disagreement of each axial slice. The masks
 * are only read.
 *
 * Empty cases: a figure that does not exist is tagged with the reason; no slice is listed where nothing differs.
 * Throws where a mask's length is not the number of voxels of the grid.
 *
 * Source: Taha & Hanbury 2015, DOI 10.1186/s12880-015-0068-x (overlap measures); SPEC.md for surfaces.
 */
export function scoreRegion<Region extends string>(
	{ region, grid, reference, prediction, ignore }: RegionMasks<Region>,
	options: MeasureOptions,
): RegionScore<Region> {
	const view = rasView(grid);
	const pair = maskPair(
		without(reference, ignore, grid),
		without(prediction, ignore, grid),
		grid.dims,
		spacingMm(grid),
	);
	// A membership of one region gives one figure each.
	const tally = options.kernels.tally(pair)[0]!;
	const figures = measureRegions(pair, options)[0]!;
	const { sliceAxis } = view;
	const surface = options.definition === 'surfel' ? 'surfel' : 'voxel';
	const inSlices = options.kernels.surfaceDistances(pair, { region: 0, box: tally.box, surface, sliceAxis });
	const { tp, fp, fn } = figures.counts;
	const voxelMl = voxelVolumeMl(grid);
	return {
		region,
		...figures,
		nsdSlices: surfaceDices(tally, inSlices, options.tolerancesMm, options.definition),
		boundary: signedBoundary(pair, tally, sliceAxis),
		referenceMl: (tp + fn) * voxelMl,
		predictionMl: (tp + fp) * voxelMl,
		slices: sliceErrors(pair.reference, pair.prediction, view, tally.box, grid),
	};
}

function without(mask: Uint8Array, ignore: Uint8Array | undefined, { dims }: Grid): Uint8Array {
	if (!ignore) return mask;
	if (ignore.length !== voxelCount(dims))
		throw new Error(`got voxels to ignore of ${ignore.length}, expected ${voxelCount(dims)}`);
	return mask.map((value, n) => (ignore[n] === 0 ? value : 0));
}

/** Disagreement by axial slice, over the voxels of the box. */
function sliceErrors(
	reference: Uint8Array,
	prediction: Uint8Array,
	view: RasView,
	{ min, max }: Box,
	{ dims }: Grid,
): SliceError[] {
	const stride = Math.abs(view.strides[2]);
	const slices = view.dims[2];
	const flipped = view.strides[2] < 0;
	const missed = new Int32Array(slices);
	const extra = new Int32Array(slices);
	for (let z = min[2]; z <= max[2]; z++)
		for (let y = min[1]; y <= max[1]; y++) {
			const row = dims[0] * (y + dims[1] * z);
			for (let n = row + min[0]; n <= row + max[0]; n++) {
				if ((reference[n] !== 0) === (prediction[n] !== 0)) continue;
				const stored = Math.floor(n / stride) % slices;
				const slice = flipped ? slices - 1 - stored : stored;
				if (reference[n] !== 0) missed[slice]!++;
				else extra[slice]!++;
			}
		}
	const areaMm2 = pixelAreaMm2(view);
	return Array.from(missed, (count, slice) => ({
		slice,
		missedMm2: count * areaMm2,
		extraMm2: extra[slice]! * areaMm2,
	})).filter(({ missedMm2, extraMm2 }) => missedMm2 + extraMm2 > 0);
}

/** Area of the parallelogram that a voxel covers in the axial plane, in mm². */
function pixelAreaMm2({ affine }: RasView): number {
	const [ax, ay, az] = [affine[0]!, affine[4]!, affine[8]!];
	const [bx, by, bz] = [affine[1]!, affine[5]!, affine[9]!];
	const nx = ay * bz - az * by;
	const ny = az * bx - ax * bz;
	const nz = ax * by - ay * bx;
	return Math.sqrt(nx * nx + ny * ny + nz * nz);
}
