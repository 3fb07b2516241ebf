import type { Dims } from '../../grid/grid.ts';
import { farSearch } from '../kernels/farSearch.ts';
import type { LabelPair, RegionTally, SurfaceQuery } from '../kernels/kernels.ts';
import { areaClasses } from '../kernels/surfaceAreas.ts';
import { cropLayout, type SurfaceMap, surfaceMap } from '../kernels/surfaceMap.ts';
import type { SignedBoundary } from '../scoreReport.ts';

/**
 * Where the drawn outline lies to the reference's, slice by slice in plane (SPEC.md, rule 16): positive where it runs
 * outside the reference (over-drawn), negative inside, in mm. Slices where the reference has no outline are left out.
 *
 * @param sliceAxis stored axis along which slices are stacked
 */
export function signedBoundary(
	pair: LabelPair,
	{ tp, fp, fn, box }: RegionTally,
	sliceAxis: 0 | 1 | 2,
): SignedBoundary {
	if (tp + fp === 0 || tp + fn === 0) {
		const reason = tp + fp + fn === 0 ? 'bothEmpty' : tp + fn === 0 ? 'referenceEmpty' : 'predictionEmpty';
		return { medianMm: { kind: 'undefined', reason }, sameSign: { kind: 'undefined', reason } };
	}
	const query: SurfaceQuery = { region: 0, box, surface: 'surfel', sliceAxis };
	const layout = cropLayout(query, [1, 1, 1]);
	const { areas, classOfCode } = areaClasses(pair.spacingMm, sliceAxis);
	const inside = pair.membership.map((bits) => bits & 1);
	const drawn = surfaceMap(pair.prediction, inside, pair, query, layout, classOfCode);
	const reference = surfaceMap(pair.reference, inside, pair, query, layout, classOfCode);
	const squared = farSearch({ at: drawn.at, dims: layout.dims, spacingMm: pair.spacingMm, sliceAxis }, reference.at);
	const isInside = (n: number): boolean => {
		const [x, y, z] = placeOf(drawn, n, layout.dims);
		const voxel = [x - 1 + box.min[0], y - 1 + box.min[1], z - 1 + box.min[2]] as const;
		if (voxel.some((at, axis) => at > box.max[axis]!)) return false;
		const [i, j, k] = voxel;
		return inside[pair.reference[i + pair.dims[0] * (j + pair.dims[1] * k)]!] === 1;
	};
	const pieces = Array.from(squared, (value, n) => {
		const distance = Math.sqrt(value);
		return { mm: distance > 0 && isInside(n) ? -distance : distance, length: areas[drawn.areas[n]!]! };
	}).filter(({ mm }) => Number.isFinite(mm));
	return summary(pieces);
}

function summary(pieces: { readonly mm: number; readonly length: number }[]): SignedBoundary {
	if (pieces.length === 0) {
		const none = { kind: 'undefined', reason: 'tooFew' } as const;
		return { medianMm: none, sameSign: none };
	}
	pieces.sort((a, b) => a.mm - b.mm || a.length - b.length);
	const total = pieces.reduce((sum, { length }) => sum + length, 0);
	let passed = 0;
	let median = 0;
	for (const { mm, length } of pieces) {
		passed += length;
		median = mm;
		if (passed * 2 >= total) break;
	}
	const same = pieces.reduce((sum, { mm, length }) => (mm * median > 0 ? sum + length : sum), 0);
	return {
		medianMm: { kind: 'value', value: median },
		sameSign: { kind: 'value', value: same / total },
	};
}

function placeOf({ at }: SurfaceMap, n: number, dims: Dims): Dims {
	const row = Math.floor(at[n]! / dims[0]);
	const z = Math.floor(row / dims[1]);
	return [at[n]! - row * dims[0], row - z * dims[1], z];
}
