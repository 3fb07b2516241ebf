import type { Dims } from '../grid/grid.ts';
import type { Kernels, LabelPair, RegionTally, SurfaceDistances } from './kernels/kernels.ts';
import type { Measure, UndefinedReason } from './measure.ts';
import { averageSymmetricDistance, meanAverageDistance } from './metrics/averageDistance.ts';
import { hausdorff, hausdorff95 } from './metrics/hausdorff.ts';
import { surfaceDice } from './metrics/surfaceDice.ts';
import type { Definition, RegionMeasures } from './scoreReport.ts';

/** What is measured, and by which definitions. */
export interface MeasureOptions {
	readonly definition: Definition;
	/** Tolerances of NSD in mm. */
	readonly tolerancesMm: readonly number[];
	readonly kernels: Kernels;
}

/** Figures without the two average distances, which need boundary voxels whatever the definition. */
export type OverlapAndSurface = Omit<RegionMeasures, 'assdMm' | 'masdMm'>;

/** Two binary masks as a pair with one region, number 0: any value but 0 is inside. */
export function maskPair(reference: Uint8Array, prediction: Uint8Array, dims: Dims, spacingMm: Dims): LabelPair {
	return { reference, prediction, dims, spacingMm, membership: ANY };
}

const ANY = new Uint8Array(256).fill(1, 1);

/** Every figure of every region of a pair (SPEC.md, rules 1–6 and 11–16), in the order of the membership's bits. */
export function measureRegions(pair: LabelPair, options: MeasureOptions): RegionMeasures[] {
	return options.kernels.tally(pair).map((tally, region) => {
		const { distances, ...figures } = overlapAndSurface(pair, tally, region, options);
		const voxels =
			options.definition === 'surfel'
				? options.kernels.surfaceDistances(pair, { region, box: tally.box, surface: 'voxel' })
				: distances;
		return {
			...figures,
			assdMm: distance(tally, () => averageSymmetricDistance(voxels)),
			masdMm: distance(tally, () => meanAverageDistance(voxels)),
		};
	});
}

/** As `measureRegions` without the average distances: for `surfel` that is one surface instead of two. */
export function measureSurfaces(pair: LabelPair, options: MeasureOptions): OverlapAndSurface[] {
	return options.kernels.tally(pair).map((tally, region) => {
		const { distances: _, ...figures } = overlapAndSurface(pair, tally, region, options);
		return figures;
	});
}

function overlapAndSurface(
	pair: LabelPair,
	tally: RegionTally,
	region: number,
	{ definition, tolerancesMm, kernels }: MeasureOptions,
): OverlapAndSurface & { distances: SurfaceDistances } {
	const { tp, fp, fn, box } = tally;
	const tn = pair.reference.length - tp - fp - fn;
	const [inReference, inPrediction] = [tp + fn, tp + fp];
	const surface = definition === 'surfel' ? 'surfel' : 'voxel';
	const distances = kernels.surfaceDistances(pair, { region, box, surface });
	const both = inReference + inPrediction;
	return {
		counts: { tp, fp, fn, tn },
		dice: quotient(2 * tp, both, 'bothEmpty'),
		iou: quotient(tp, tp + fp + fn, 'bothEmpty'),
		sensitivity: quotient(tp, inReference, inPrediction === 0 ? 'bothEmpty' : 'referenceEmpty'),
		precision: quotient(tp, inPrediction, inReference === 0 ? 'bothEmpty' : 'predictionEmpty'),
		specificity: quotient(tn, tn + fp, 'referenceFull'),
		volumeSimilarity: both === 0 ? none('bothEmpty') : some(1 - Math.abs(inPrediction - inReference) / both),
		hdMm: distance(tally, () => hausdorff(distances)),
		hd95Mm: distance(tally, () => hausdorff95(distances, definition)),
		nsd: surfaceDices(tally, distances, tolerancesMm, definition),
		distances,
	};
}

/** NSD at each tolerance; undefined where both masks are empty, 0 where one is. */
export function surfaceDices(
	{ tp, fp, fn }: RegionTally,
	distances: SurfaceDistances,
	tolerancesMm: readonly number[],
	definition: Definition,
): Record<string, Measure> {
	const value = (toleranceMm: number): Measure =>
		tp + fp + fn === 0 ? none('bothEmpty') : some(surfaceDice(distances, toleranceMm, definition));
	return Object.fromEntries(tolerancesMm.map((toleranceMm) => [String(toleranceMm), value(toleranceMm)]));
}

/** A distance needs both surfaces. */
function distance({ tp, fp, fn }: RegionTally, measure: () => number): Measure {
	if (tp + fp + fn === 0) return none('bothEmpty');
	if (tp + fn === 0) return none('referenceEmpty');
	if (tp + fp === 0) return none('predictionEmpty');
	return some(measure());
}

function quotient(part: number, whole: number, reason: UndefinedReason): Measure {
	return whole === 0 ? none(reason) : some(part / whole);
}

function some(value: number): Measure {
	return { kind: 'value', value };
}

function none(reason: UndefinedReason): Measure {
	return { kind: 'undefined', reason };
}
