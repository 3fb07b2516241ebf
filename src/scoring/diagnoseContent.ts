import { diagnoseMove, type GridDiagnosis } from '../grid/diagnoseGrid.ts';
import { type Grid, type Ijk, spacingMm } from '../grid/grid.ts';
import { rasView } from '../grid/rasView.ts';
import type { Box, Kernels } from './kernels/kernels.ts';
import { maskPair } from './measureRegions.ts';

/** What would make a drawing fit: the Dice as it lies, and as it would lie. */
export interface ContentDiagnosis {
	readonly diagnosis: Extract<GridDiagnosis, { kind: 'mirrored' | 'shifted' | 'axisOrder' }>;
	readonly dice: number;
	readonly diceThen: number;
}

/** When a better fit says that the drawing belongs to other images. */
export interface ContentLimits {
	/** The least Dice it must then have. */
	readonly diceMin: number;
	/** And the least gain. */
	readonly diceGain: number;
}

const ORDERS: readonly Ijk[] = [
	[0, 1, 2],
	[1, 0, 2],
	[0, 2, 1],
	[2, 1, 0],
	[1, 2, 0],
	[2, 0, 1],
];
const AXES = ['leftRight', 'frontBack', 'headFeet'] as const;

/**
 * Says whether a drawing fits its reference once mirrored, stored in another order of axes, or moved, although both have
 * the same grid: a tool that lost the header writes such a file. Of the changes that fit about
 * as well the simplest is told: mirrors, then a move, then other orders. Null where the drawing fits as it lies, or no change makes it fit. The masks are only read.
 *
 * @param reference any value but 0 is inside, as in `prediction`
 */
export function diagnoseContent(
	reference: Uint8Array,
	prediction: Uint8Array,
	grid: Grid,
	{ diceMin, diceGain }: ContentLimits,
	kernels: Kernels,
): ContentDiagnosis | null {
	const { tp, fp, fn, box } = kernels.tally(maskPair(reference, prediction, grid.dims, spacingMm(grid)))[0]!;
	const both = 2 * tp + fp + fn;
	if (tp + fn === 0 || tp + fp === 0) return null;
	const dice = (2 * tp) / both;
	if (dice + diceGain > 1) return null;
	const drawn = positionsOf(prediction, grid, box);
	const dims = grid.dims;
	const stored = [1, dims[0], dims[0] * dims[1]];
	/** Dice with the drawing's axes in another order, and some of the axes then turned round. */
	const turned = (order: Ijk, flips: number) => {
		const step = [0, 0, 0];
		let start = 0;
		for (const [to, axis] of order.entries()) {
			const flipped = (flips & (1 << to)) !== 0;
			step[axis] = flipped ? -stored[to]! : stored[to]!;
			if (flipped) start += stored[to]! * (dims[to]! - 1);
		}
		const [sx, sy, sz] = step as [number, number, number];
		let shared = 0;
		for (let n = 0; n < drawn.length; n += 3)
			if (reference[start + sx * drawn[n]! + sy * drawn[n + 1]! + sz * drawn[n + 2]!] !== 0) shared++;
		return (2 * shared) / both;
	};
	const fits = ({ diceThen }: { diceThen: number }) => diceThen >= diceMin && diceThen - dice >= diceGain;
	const { strides } = rasView(grid);
	/** The stored axis that runs along each world axis. */
	const along = strides.map((stride) => stored.indexOf(Math.abs(stride)));

	// From one axis to three.
	const mirrors = [1, 2, 4, 3, 5, 6, 7].map((flips) => {
		const axes = AXES.filter((_, world) => (flips & (1 << along[world]!)) !== 0);
		return { diagnosis: { kind: 'mirrored' as const, axes }, dice, diceThen: turned(ORDERS[0]!, flips) };
	});
	const [own, theirs] = [centreOf(drawn), centreOf(positionsOf(reference, grid, box))];
	const steps = theirs.map((v, axis) => Math.round(v - own[axis]!)) as unknown as Ijk;
	const back = steps.map((v) => 0 - v) as unknown as Ijk;
	const moved = { diagnosis: diagnoseMove(grid, back), dice, diceThen: diceMoved(reference, drawn, steps, grid, both) };
	const orders = ORDERS.slice(1).flatMap((order) => {
		const expected = order.map((axis) => dims[axis]!) as unknown as Ijk;
		if (expected.some((length, axis) => length !== dims[axis])) return [];
		return [0, 1, 2, 3, 4, 5, 6, 7].map((flips) => {
			const diagnosis = { kind: 'axisOrder' as const, dims, expected };
			return { diagnosis, dice, diceThen: turned(order, flips) };
		});
	});
	const fitting = [...mirrors, moved, ...orders].filter(fits);
	const closest = Math.max(...fitting.map(({ diceThen }) => diceThen));
	return fitting.find(({ diceThen }) => diceThen >= closest - ALIKE) ?? null;
}

/** Dice by which two fits differ that are as good as each other. */
const ALIKE = 0.1;

/** Dice of the drawing moved by whole voxels; what leaves the grid is lost. */
function diceMoved(
	reference: Uint8Array,
	drawn: Int32Array,
	[dx, dy, dz]: Ijk,
	{ dims: [nx, ny, nz] }: Grid,
	both: number,
): number {
	let shared = 0;
	for (let n = 0; n < drawn.length; n += 3) {
		const [x, y, z] = [drawn[n]! + dx, drawn[n + 1]! + dy, drawn[n + 2]! + dz];
		if (x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz) continue;
		if (reference[x + nx * (y + ny * z)] !== 0) shared++;
	}
	return (2 * shared) / both;
}

/** Voxel positions inside a mask, three numbers each. */
function positionsOf(mask: Uint8Array, { dims }: Grid, { min, max }: Box): Int32Array {
	const found: number[] = [];
	for (let z = min[2]; z <= max[2]; z++)
		for (let y = min[1]; y <= max[1]; y++) {
			const row = dims[0] * (y + dims[1] * z);
			for (let x = min[0]; x <= max[0]; x++) if (mask[row + x] !== 0) found.push(x, y, z);
		}
	return Int32Array.from(found);
}

function centreOf(positions: Int32Array): readonly number[] {
	const sums = [0, 0, 0];
	for (let n = 0; n < positions.length; n++) sums[n % 3]! += positions[n]!;
	return sums.map((sum) => (3 * sum) / positions.length);
}
