import { type Grid, spacingMm, voxelVolumeMl } from '../../grid/grid.ts';
import type { FindingsPolicy } from '../findings/policy.ts';
import { components } from '../kernels/components.ts';
import type { LiveRegion } from './live.ts';

/** What is drawn, cut to its box. */
type Cut = Pick<LiveRegion, 'drawn' | 'grid' | 'corner'>;

/** The slices at which a lesion ends. */
interface LiveLesion {
	readonly volumeMl: number;
	/** Lowest and highest axial slice of the view. */
	readonly first: number;
	readonly last: number;
	/** Elements of the region's box in the lowest and in the highest slice. */
	readonly low: readonly number[];
	readonly high: readonly number[];
}

/** Slices between two pieces of what is one lesion. */
interface SliceGap {
	/** First and last slice of the view that were left out. */
	readonly from: number;
	readonly to: number;
	/** Elements of the region's box in the slice `from`: what lies in both pieces. */
	readonly elements: readonly number[];
}

/** What is drawn of a region, lesion by lesion. */
export interface LiveParts {
	/** The largest first. Pieces with a gap between them are one lesion. */
	readonly lesions: readonly LiveLesion[];
	/** From the feet. */
	readonly gaps: readonly SliceGap[];
}

/**
 * Finds the lesions of what is drawn: parts by 26 neighbours. Two parts one above the other that lie over each other are
 * taken for one lesion of which slices were skipped: a skipped slice is what parts them. Empty parts where nothing is drawn.
 */
export function livePartsOf(region: Cut, limits: FindingsPolicy['limits']): LiveParts {
	const pieces = piecesOf(region);
	const least = limits.endSlices.minAreaMm2;
	const [sx, sy, sz] = spacingMm(region.grid);
	const tall = pieces.filter((piece) => Math.max(piece.low.length, piece.high.length) * sx * sy >= least);
	const group = pieces.map((_, n) => n);
	const rootOf = (n: number): number => (group[n] === n ? n : rootOf(group[n]!));
	const gaps: SliceGap[] = [];
	for (const below of tall)
		for (const above of tall) {
			const skipped = above.first - below.last - 1;
			if (skipped < 1 || skipped * sz > limits.live.gap.maxMm) continue;
			const elements = sharedFootprint(region, below, above, limits.live.gap.overlap);
			if (elements.length === 0) continue;
			gaps.push({ from: below.last + 1, to: above.first - 1, elements });
			group[rootOf(pieces.indexOf(above))] = rootOf(pieces.indexOf(below));
		}
	const lesions = new Map<number, LiveLesion>();
	for (const [n, piece] of pieces.entries()) {
		const root = rootOf(n);
		const known = lesions.get(root);
		lesions.set(root, known ? joined(known, piece) : piece);
	}
	return {
		lesions: [...lesions.values()].sort((a, b) => b.volumeMl - a.volumeMl || a.first - b.first),
		gaps: gaps.sort((a, b) => a.from - b.from),
	};
}

/** The slices that were left out inside the lesions, each once, from the feet. */
export function skippedSlices({ gaps }: LiveParts): readonly number[] {
	const slices = gaps.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, n) => from + n));
	return [...new Set(slices)].sort((a, b) => a - b);
}

function joined(a: LiveLesion, b: LiveLesion): LiveLesion {
	const [lower, higher] = [a.first <= b.first ? a : b, a.last >= b.last ? a : b];
	const { first, low } = lower;
	return { volumeMl: a.volumeMl + b.volumeMl, first, last: higher.last, low, high: higher.high };
}

function piecesOf({ drawn, grid, corner }: Cut): LiveLesion[] {
	const [nx, ny, nz] = grid.dims;
	const { labels, voxels, boxes } = components(drawn, grid.dims, { min: [0, 0, 0], max: [nx - 1, ny - 1, nz - 1] }, 26);
	const ends = voxels.map(() => ({ low: [] as number[], high: [] as number[] }));
	const lowest = Int32Array.from(boxes, ({ min }) => min[2]);
	const highest = Int32Array.from(boxes, ({ max }) => max[2]);
	for (let z = 0, n = 0; z < nz; z++)
		for (let y = 0; y < ny; y++) {
			// The labels have a voxel of room on every side.
			const row = 1 + (nx + 2) * (y + 1 + (ny + 2) * (z + 1));
			for (let x = 0; x < nx; x++, n++) {
				const part = labels[row + x]! - 1;
				if (part < 0) continue;
				if (lowest[part] === z) ends[part]!.low.push(n);
				if (highest[part] === z) ends[part]!.high.push(n);
			}
		}
	return voxels.map((count, part) => ({
		volumeMl: count * voxelVolumeMl(grid),
		first: corner[2] + boxes[part]!.min[2],
		last: corner[2] + boxes[part]!.max[2],
		...ends[part]!,
	}));
}

/** What lies over each other of two pieces, in the slice above the lower one; nothing where little does, or something is drawn between. */
function sharedFootprint(
	{ drawn, grid, corner }: Cut,
	below: LiveLesion,
	above: LiveLesion,
	least: number,
): readonly number[] {
	const plane = planeOf(grid);
	const rise = (above.first - below.last) * plane;
	const upper = new Set(above.low);
	const shared = below.high.filter((element) => upper.has(element + rise));
	if (shared.length < least * Math.min(below.high.length, above.low.length)) return [];
	for (let slice = below.last + 1; slice < above.first; slice++)
		if (shared.some((element) => drawn[(element % plane) + plane * (slice - corner[2])] !== 0)) return [];
	return shared.map((element) => element + plane);
}

function planeOf({ dims }: Grid): number {
	return dims[0] * dims[1];
}
