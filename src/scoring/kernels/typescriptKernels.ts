import type { Dims } from '../../grid/grid.ts';
import { isEmptyBox } from './boxes.ts';
import { directedDistances } from './directedDistances.ts';
import { farSearch } from './farSearch.ts';
import type { DirectedDistances, Kernels, LabelPair, SurfaceDistances, SurfaceQuery } from './kernels.ts';
import { type ProbeOffsets, probeOffsets } from './probeOffsets.ts';
import { type AreaClasses, areaClasses, ONE_AREA } from './surfaceAreas.ts';
import { type CropLayout, cropLayout, type SurfaceMap, surfaceMap } from './surfaceMap.ts';
import { tally } from './tally.ts';

/** The kernels in plain TypeScript (decision 0005). Throw where a map's length is not the number of voxels. */
export const typescriptKernels: Kernels = { tally, surfaceDistances };

/** Of a mask that is empty. */
export const NONE: DirectedDistances = {
	distancesMm: new Float64Array(0),
	elements: new Float64Array(0),
	weights: new Float64Array(0),
};

/** What a query needs before any voxel is looked at. */
export interface SurfacePlan {
	readonly query: SurfaceQuery;
	readonly spacingMm: Dims;
	/** 256 entries, 1 for the labels of the region. */
	readonly inside: Uint8Array;
	readonly areas: AreaClasses;
	readonly layout: CropLayout;
	readonly offsets: ProbeOffsets;
	/** Each offset as a step in the crop's map. */
	readonly deltas: Int32Array;
}

/** Lays out a query. Throws where a spacing is not positive. */
export function planSurface({ spacingMm, membership }: LabelPair, query: SurfaceQuery): SurfacePlan {
	const offsets = probeOffsets(spacingMm, query.sliceAxis);
	const layout = cropLayout(query, reachOf(offsets));
	const [px, py] = layout.dims;
	const { steps, classes } = offsets;
	return {
		query,
		spacingMm,
		inside: membership.map((bits) => (bits >> query.region) & 1),
		areas: query.surface === 'surfel' ? areaClasses(spacingMm, query.sliceAxis) : ONE_AREA,
		layout,
		offsets,
		deltas: Int32Array.from(classes, (_, n) => steps[n * 3]! + px * (steps[n * 3 + 1]! + py * steps[n * 3 + 2]!)),
	};
}

/**
 * The histogram of one direction, with those that probing did not reach searched for by cells.
 *
 * @param near counts by distance class (row) and area class (column)
 * @param far elements that were not reached: place in the crop's map, area class
 * @param to places of the other surface's elements
 */
export function histogram(
	near: Uint32Array,
	far: readonly { readonly at: number; readonly area: number }[],
	to: Int32Array,
	{ query, spacingMm, areas, layout, offsets }: SurfacePlan,
): DirectedDistances {
	const at = Int32Array.from(far, (element) => element.at);
	return directedDistances({
		near,
		squaredMm2: offsets.squaredMm2,
		areas: areas.areas,
		farSquaredMm2: farSearch({ at, dims: layout.dims, spacingMm, sliceAxis: query.sliceAxis }, to),
		farAreas: Uint8Array.from(far, ({ area }) => area),
	});
}

function surfaceDistances(pair: LabelPair, query: SurfaceQuery): SurfaceDistances {
	if (isEmptyBox(query.box)) return { fromReference: NONE, fromPrediction: NONE };
	const plan = planSurface(pair, query);
	const [reference, prediction] = [pair.reference, pair.prediction].map((labels) =>
		surfaceMap(labels, plan.inside, pair, query, plan.layout, plan.areas.classOfCode),
	) as [SurfaceMap, SurfaceMap];
	return {
		fromReference: directed(reference, prediction, plan),
		fromPrediction: directed(prediction, reference, plan),
	};
}

/** How far the offsets go along each axis, and one step at least, which boundary voxels look at. */
function reachOf({ steps }: ProbeOffsets): Dims {
	const reach: [number, number, number] = [1, 1, 1];
	for (let n = 0; n < steps.length; n++) if (steps[n]! > reach[n % 3]!) reach[n % 3] = steps[n]!;
	return reach;
}

/** Probes the other map around every element, nearest places first. */
function directed(from: SurfaceMap, to: SurfaceMap, plan: SurfacePlan): DirectedDistances {
	const { deltas, offsets, areas } = plan;
	const columns = areas.areas.length;
	const near = new Uint32Array(offsets.squaredMm2.length * columns);
	const { map } = to;
	const far: { at: number; area: number }[] = [];
	for (let n = 0; n < from.at.length; n++) {
		const here = from.at[n]!;
		let probe = 0;
		while (probe < deltas.length && map[here + deltas[probe]!] === 0) probe++;
		if (probe < deltas.length) near[offsets.classes[probe]! * columns + from.areas[n]!]!++;
		else far.push({ at: here, area: from.areas[n]! });
	}
	return histogram(near, far, to.at, plan);
}
