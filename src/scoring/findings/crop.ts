import {
	type Grid,
	type Ijk,
	ijkToXyz,
	invertAffine,
	sameGrid,
	spacingMm,
	voxelCount,
	type XyzMm,
} from '../../grid/grid.ts';
import { boxSize, isEmptyBox } from '../kernels/boxes.ts';
import type { Box, Kernels } from '../kernels/kernels.ts';
import { maskPair } from '../measureRegions.ts';
import type { DrawnRegion, ReferenceLayer } from './finding.ts';
import { overlapOf } from './overlap.ts';
import { resampleLabels } from './resample.ts';

/**
 * A region cut to where anything of the case was drawn or expected, with room around: most of a head is empty, and the
 * detectors go over the voxels many times. What lies in the uncertain band counts as outside both masks.
 */
export interface CaseRegion extends DrawnRegion {
	/** As it came, on the whole grid. */
	readonly whole: DrawnRegion;
	/** Voxel of the whole grid at (0, 0, 0). */
	readonly corner: Ijk;
	/** The uncertain band of the region, and how many voxels it has on the whole grid; null where it has none. */
	readonly uncertain: { readonly band: Uint8Array; readonly voxels: number } | null;
	/** As `prediction`, with what lies in the uncertain band. */
	readonly drawn: Uint8Array;
}

/** Cuts the regions of a case, each on its own grid, to one part of the body. */
export function cropRegions(
	regions: readonly DrawnRegion[],
	layers: readonly ReferenceLayer[],
	roomMm: number,
	kernels: Kernels,
): CaseRegion[] {
	const corners = regions.flatMap(({ grid, reference, prediction }) => {
		const [whole] = kernels.tally(maskPair(reference, prediction, grid.dims, spacingMm(grid)));
		return isEmptyBox(whole!.box) ? [] : cornersOf(whole!.box).map((ijk) => ijkToXyz(grid, ijk));
	});
	return regions.map((whole) => {
		const box = boxAround(corners, whole.grid, roomMm);
		const grid = croppedGrid(whole.grid, box);
		const layer = layers.find(({ kind, region }) => kind === 'uncertain' && region === whole.region);
		const all = layer ? resampleLabels(layer.labels, layer.grid, whole.grid) : null;
		const band = all && cut(all, whole.grid, box);
		const [reference, drawn] = [cut(whole.reference, whole.grid, box), cut(whole.prediction, whole.grid, box)];
		return {
			region: whole.region,
			whole,
			corner: box.min,
			grid,
			uncertain: all && band && { band, voxels: overlapOf(all, all).both },
			reference: without(reference, band),
			prediction: without(drawn, band),
			drawn,
		};
	});
}

/** A layer on the grid of a region. */
export function layerOn({ labels, grid }: ReferenceLayer, region: CaseRegion): Uint8Array {
	return sameGrid(grid, region.whole.grid)
		? cut(labels, grid, { min: region.corner, max: lastOf(region) })
		: resampleLabels(labels, grid, region.grid);
}

function lastOf({ corner, grid }: CaseRegion): Ijk {
	return corner.map((v, axis) => v + grid.dims[axis]! - 1) as unknown as Ijk;
}

function without(mask: Uint8Array, band: Uint8Array | null): Uint8Array {
	if (!band) return mask;
	const rest = mask.slice();
	for (let n = 0; n < rest.length; n++) if (band[n] !== 0) rest[n] = 0;
	return rest;
}

function cornersOf({ min, max }: Box): Ijk[] {
	return [0, 1, 2, 3, 4, 5, 6, 7].map(
		(n) => [0, 1, 2].map((axis) => (n & (1 << axis) ? max : min)[axis]!) as unknown as Ijk,
	);
}

/** The voxels of a grid around some places in world mm, with room; one voxel where there is no place. */
function boxAround(places: readonly XyzMm[], grid: Grid, roomMm: number): Box {
	const back = invertAffine(grid.affine);
	const spacing = spacingMm(grid);
	const sides = [0, 1, 2].map((axis) => {
		const at = places.map((xyz) => ijkToXyz({ dims: grid.dims, affine: back }, xyz)[axis]!);
		const room = Math.max(2, Math.ceil(roomMm / spacing[axis]!));
		const clamp = (v: number) => Math.min(grid.dims[axis]! - 1, Math.max(0, v));
		return at.length === 0
			? ([0, 0] as const)
			: ([clamp(Math.floor(Math.min(...at)) - room), clamp(Math.ceil(Math.max(...at)) + room)] as const);
	});
	return { min: sides.map(([low]) => low) as unknown as Ijk, max: sides.map(([, high]) => high) as unknown as Ijk };
}

function croppedGrid(grid: Grid, box: Box): Grid {
	const [x, y, z] = ijkToXyz(grid, box.min);
	const affine = grid.affine.map((v, at) => (at === 3 ? x : at === 7 ? y : at === 11 ? z : v));
	return { dims: boxSize(box), affine };
}

function cut(mask: Uint8Array, { dims }: Grid, box: Box): Uint8Array {
	const size = boxSize(box);
	const out = new Uint8Array(voxelCount(size));
	for (let z = 0, n = 0; z < size[2]; z++)
		for (let y = 0; y < size[1]; y++, n += size[0]) {
			const row = box.min[0] + dims[0] * (box.min[1] + y + dims[1] * (box.min[2] + z));
			out.set(mask.subarray(row, row + size[0]), n);
		}
	return out;
}
