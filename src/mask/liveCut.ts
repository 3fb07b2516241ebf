import { type Grid, type Ijk, ijkToXyz, invertAffine } from '../grid/grid.ts';
import { rasView } from '../grid/rasView.ts';
import type { Region } from '../protocol/protocol.ts';
import { boxSize } from '../scoring/kernels/boxes.ts';
import type { Box } from '../scoring/kernels/kernels.ts';
import type { LiveImage, LiveInput, LiveRegion } from '../scoring/live/live.ts';
import type { RegionMask } from './regionMask.ts';
import { clipped, drawnBox, readBlock, widened } from './viewBlock.ts';

/** Room around what is drawn, mm: enough to see whether fluid goes on outside. */
const ROOM_MM = 10;

/** A series as it lies in memory: scaled intensities in stored order. */
interface Series {
	readonly grid: Grid;
	readonly data: ArrayLike<number>;
	/** `tissueLevel` of its quantiles. */
	readonly tissue: number;
}

/** The grid that a stored one has when it is read along the body's axes. */
export function viewGrid(grid: Grid): Grid {
	const { dims, affine } = rasView(grid);
	return { dims, affine };
}

/** What is drawn of a region, cut to the box around it with a voxel of room; null where nothing is. A copy. */
export function cutRegion(region: Region, mask: RegionMask): LiveRegion | null {
	const cut = cutMask(mask);
	return cut && { region, ...cut };
}

/** The same of any mask. */
export function cutMask(mask: RegionMask): Omit<LiveRegion, 'region'> | null {
	if (mask.total === 0) return null;
	const box = widened(drawnBox(mask), [1, 1, 1]);
	const whole = viewGrid(mask.grid);
	const { data } = readBlock(mask, box);
	return { whole: { grid: whole }, corner: box.min, grid: cutGrid(whole, box), drawn: data };
}

/** Whether what was cut around a region still has enough room beside it, as it is drawn now. */
export function stillAround({ corner, flair }: NonNullable<LiveInput['fluid']>, region: LiveRegion): boolean {
	const { dims } = region.whole.grid;
	const last = lastOf(corner, flair.grid);
	const drawn = { min: region.corner, max: lastOf(region.corner, region.grid) };
	const half = roomOf(region.whole.grid).map((voxels) => Math.ceil(voxels / 2)) as unknown as Ijk;
	const { min, max } = clipped(widened(drawn, half), dims);
	return min.every((v, axis) => v >= corner[axis]!) && max.every((v, axis) => v <= last[axis]!);
}

/** FLAIR and T2 around what is drawn of a region on FLAIR's grid, with room beside it. Copies. */
export function cutFluid(region: LiveRegion, flair: Series, t2: Series): NonNullable<LiveInput['fluid']> {
	const { corner, grid, whole } = region;
	const drawn = { min: corner, max: lastOf(corner, grid) };
	const box = clipped(widened(drawn, roomOf(whole.grid)), whole.grid.dims);
	const there = viewGrid(t2.grid);
	const places = cornersOf(box).map((ijk) => ijkToXyz(whole.grid, ijk));
	const back = { dims: there.dims, affine: invertAffine(there.affine) };
	const positions = places.map((xyz) => ijkToXyz(back, xyz));
	const side = (axis: number) => positions.map((ijk) => ijk[axis]!);
	const around: Box = {
		min: [0, 1, 2].map((axis) => Math.floor(Math.min(...side(axis)))) as unknown as Ijk,
		max: [0, 1, 2].map((axis) => Math.ceil(Math.max(...side(axis)))) as unknown as Ijk,
	};
	return { flair: cutImage(flair, box), corner: box.min, t2: cutImage(t2, clipped(around, there.dims)) };
}

function cutImage({ grid, data, tissue }: Series, box: Box): LiveImage {
	const { origin, strides } = rasView(grid);
	const [nx, ny, nz] = boxSize(box);
	const values = new Float32Array(nx * ny * nz);
	for (let z = 0, n = 0; z < nz; z++)
		for (let y = 0; y < ny; y++) {
			let at = origin + box.min[0] * strides[0] + (box.min[1] + y) * strides[1] + (box.min[2] + z) * strides[2];
			for (let x = 0; x < nx; x++, at += strides[0]) values[n++] = data[at]!;
		}
	return { grid: cutGrid(viewGrid(grid), box), values, tissue };
}

function cutGrid(grid: Grid, box: Box): Grid {
	const [x, y, z] = ijkToXyz(grid, box.min);
	const affine = grid.affine.map((v, at) => (at === 3 ? x : at === 7 ? y : at === 11 ? z : v));
	return { dims: boxSize(box), affine };
}

function roomOf(grid: Grid): Ijk {
	const { spacingMm } = rasView(grid);
	return spacingMm.map((mm) => Math.ceil(ROOM_MM / mm)) as unknown as Ijk;
}

function lastOf(corner: Ijk, { dims }: Grid): Ijk {
	return corner.map((v, axis) => v + dims[axis]! - 1) as unknown as Ijk;
}

function cornersOf({ min, max }: Box): Ijk[] {
	return [0, 1, 2, 3, 4, 5, 6, 7].map(
		(n) => [0, 1, 2].map((axis) => (n & (1 << axis) ? max : min)[axis]!) as unknown as Ijk,
	);
}
