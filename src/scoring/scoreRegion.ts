import type { RasView } from '../grid/rasView.ts';
import type { Counts, Measure, RegionScore, SliceError } from './scoreReport.ts';

/** Two masks of one region on one grid. */
export interface RegionMasks<Region extends string = string> {
	readonly region: Region;
	/** One byte a voxel in storage order (x fastest); any value but 0 is inside. */
	readonly reference: Uint8Array;
	/** As `reference`, on the same grid. */
	readonly prediction: Uint8Array;
	/** How the storage lies in the head: it says which voxels share an axial slice. */
	readonly view: RasView;
	/** Volume of one voxel in ml. */
	readonly voxelVolumeMl: number;
	/** Area of one voxel in the axial plane, in mm²; taken from the view where absent. */
	readonly pixelAreaMm2?: number;
}

/**
 * Compares a prediction with its reference: counts, Dice, sensitivity, precision, volumes, and the
 * disagreement of each axial slice (SPEC.md, rules 1–8). The masks are only read; one pass.
 *
 * Empty cases: where a quotient has no denominator the measure is tagged with the reason; no slice is
 * listed where nothing differs. Throws where a mask's length is not the number of voxels of the view, or
 * a voxel's volume or area is not positive.
 *
 * Source: Taha & Hanbury 2015, DOI 10.1186/s12880-015-0068-x (definitions of the overlap measures).
 */
export function scoreRegion<Region extends string>(masks: RegionMasks<Region>): RegionScore<Region> {
	const { region, reference, prediction, view, voxelVolumeMl, pixelAreaMm2 = pixelArea(view) } = masks;
	const voxels = view.dims[0] * view.dims[1] * view.dims[2];
	mustBeLength('reference', reference, voxels);
	mustBeLength('prediction', prediction, voxels);
	mustBePositive('voxelVolumeMl', voxelVolumeMl);
	mustBePositive('pixelAreaMm2', pixelAreaMm2);

	const missed = new Int32Array(view.dims[2]);
	const extra = new Int32Array(view.dims[2]);
	const counts = count(reference, prediction, view, missed, extra);
	const { tp, fp, fn } = counts;
	const inReference = tp + fn;
	const inPrediction = tp + fp;
	const slices: SliceError[] = [];
	for (let slice = 0; slice < view.dims[2]; slice++) {
		const missedVoxels = missed[slice]!;
		const extraVoxels = extra[slice]!;
		if (missedVoxels + extraVoxels === 0) continue;
		slices.push({ slice, missedMm2: missedVoxels * pixelAreaMm2, extraMm2: extraVoxels * pixelAreaMm2 });
	}
	return {
		region,
		counts,
		dice: quotient(2 * tp, inReference + inPrediction, 'bothEmpty'),
		sensitivity: quotient(tp, inReference, inPrediction === 0 ? 'bothEmpty' : 'referenceEmpty'),
		precision: quotient(tp, inPrediction, inReference === 0 ? 'bothEmpty' : 'predictionEmpty'),
		referenceMl: inReference * voxelVolumeMl,
		predictionMl: inPrediction * voxelVolumeMl,
		slices,
	};
}

/**
 * Counts by agreement over the whole grid, and adds each slice's missed and extra voxels to the tables.
 * Storage is read front to back, four voxels at a time: almost all words are empty in both masks, and the
 * slice is worked out from the voxel's place only where they differ.
 */
function count(
	reference: Uint8Array,
	prediction: Uint8Array,
	view: RasView,
	missed: Int32Array,
	extra: Int32Array,
): Counts {
	const slices = view.dims[2];
	const stride = Math.abs(view.strides[2]);
	const lastIfFlipped = view.strides[2] < 0 ? slices - 1 : 0;
	let tp = 0;
	let fp = 0;
	let fn = 0;
	const tally = (from: number, to: number): void => {
		for (let n = from; n < to; n++) {
			const r = reference[n] !== 0;
			const p = prediction[n] !== 0;
			if (r && p) tp++;
			else if (r !== p) {
				const stored = Math.floor(n / stride) % slices;
				const slice = lastIfFlipped === 0 ? stored : lastIfFlipped - stored;
				if (r) {
					fn++;
					missed[slice]!++;
				} else {
					fp++;
					extra[slice]!++;
				}
			}
		}
	};
	const whole = reference.byteOffset % 4 === 0 && prediction.byteOffset % 4 === 0 ? reference.length >> 2 : 0;
	const referenceWords = new Int32Array(reference.buffer, whole === 0 ? 0 : reference.byteOffset, whole);
	const predictionWords = new Int32Array(prediction.buffer, whole === 0 ? 0 : prediction.byteOffset, whole);
	for (let w = 0; w < whole; w++) {
		if ((referenceWords[w]! | predictionWords[w]!) !== 0) tally(w * 4, w * 4 + 4);
	}
	tally(whole * 4, reference.length);
	return { tp, fp, fn, tn: reference.length - tp - fp - fn };
}

/** Area of the parallelogram that a voxel covers in the axial plane, in mm². */
function pixelArea({ affine }: RasView): number {
	const [ax, ay, az] = [affine[0]!, affine[4]!, affine[8]!];
	const [bx, by, bz] = [affine[1]!, affine[5]!, affine[9]!];
	const nx = ay * bz - az * by;
	const ny = az * bx - ax * bz;
	const nz = ax * by - ay * bx;
	return Math.sqrt(nx * nx + ny * ny + nz * nz);
}

function quotient(part: number, whole: number, reason: (Measure & { kind: 'undefined' })['reason']): Measure {
	return whole === 0 ? { kind: 'undefined', reason } : { kind: 'value', value: part / whole };
}

function mustBeLength(name: string, mask: Uint8Array, voxels: number): void {
	if (mask.length !== voxels) throw new Error(`got a ${name} of ${mask.length} voxels, expected ${voxels}`);
}

function mustBePositive(name: string, value: number): void {
	if (!(value > 0 && Number.isFinite(value))) throw new Error(`got ${name} ${value}, expected a positive number`);
}
