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

const NONE: DirectedDistances = {
	distancesMm: new Float64Array(0),
	elements: new Float64Array(0),
	weights: new Float64Array(0),
};

function surfaceDistances(pair: LabelPair, query: SurfaceQuery): SurfaceDistances {
	if (isEmptyBox(query.box)) return { fromReference: NONE, fromPrediction: NONE };
	const offsets = probeOffsets(pair.spacingMm, query.sliceAxis);
	const areas = query.surface === 'surfel' ? areaClasses(pair.spacingMm, query.sliceAxis) : ONE_AREA;
	const layout = cropLayout(query, reachOf(offsets));
	const inside = pair.membership.map((bits) => (bits >> query.region) & 1);
	const [reference, prediction] = [pair.reference, pair.prediction].map((labels) =>
		surfaceMap(labels, inside, pair, query, layout, areas.classOfCode),
	) as [SurfaceMap, SurfaceMap];
	const context = { offsets, areas, layout, pair, query };
	return {
		fromReference: directed(reference, prediction, context),
		fromPrediction: directed(prediction, reference, context),
	};
}

/** How far the offsets go along each axis, and one step at least, which boundary voxels look at. */
function reachOf({ steps }: ProbeOffsets): Dims {
	const reach: [number, number, number] = [1, 1, 1];
	for (let n = 0; n < steps.length; n++) if (steps[n]! > reach[n % 3]!) reach[n % 3] = steps[n]!;
	return reach;
}

interface Context {
	readonly offsets: ProbeOffsets;
	readonly areas: AreaClasses;
	readonly layout: CropLayout;
	readonly pair: LabelPair;
	readonly query: SurfaceQuery;
}

/** Probes the other map around every element, nearest places first; what finds nothing is searched for by cells. */
function directed(
	from: SurfaceMap,
	to: SurfaceMap,
	{ offsets, areas, layout, pair, query }: Context,
): DirectedDistances {
	const [px, py] = layout.dims;
	const { steps, classes, squaredMm2 } = offsets;
	const deltas = Int32Array.from(classes, (_, n) => steps[n * 3]! + px * (steps[n * 3 + 1]! + py * steps[n * 3 + 2]!));
	const columns = areas.areas.length;
	const near = new Uint32Array(squaredMm2.length * columns);
	const { map } = to;
	const far: number[] = [];
	for (let n = 0; n < from.at.length; n++) {
		const here = from.at[n]!;
		let probe = 0;
		while (probe < deltas.length && map[here + deltas[probe]!] === 0) probe++;
		if (probe < deltas.length) near[classes[probe]! * columns + from.areas[n]!]!++;
		else far.push(n);
	}
	const at = Int32Array.from(far, (n) => from.at[n]!);
	const placed = { at, dims: layout.dims, spacingMm: pair.spacingMm, sliceAxis: query.sliceAxis };
	return directedDistances({
		near,
		squaredMm2,
		areas: areas.areas,
		farSquaredMm2: farSearch(placed, to.at),
		farAreas: Uint8Array.from(far, (n) => from.areas[n]!),
	});
}
