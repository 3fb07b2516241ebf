import { type Grid, spacingMm, voxelVolumeMl } from '../../grid/grid.ts';
import { boxSize } from '../kernels/boxes.ts';
import { type Components, components } from '../kernels/components.ts';
import type { Box, Kernels } from '../kernels/kernels.ts';
import { maskPair } from '../measureRegions.ts';
import type { DrawnRegion } from './finding.ts';
import { ijkOf } from './place.ts';

/** Numbered voxels: what of `Components` is needed here. */
type Parts = Pick<Components, 'labels' | 'box' | 'voxels'>;

/** One lesion of the reference: a number of its layer of lesions, or without one a part by 26 neighbours. */
export interface Lesion {
	/** From 1, the largest first. */
	readonly lesion: number;
	/** Its number in `LesionMatch.reference`. */
	readonly part: number;
	/** Parts by 26 neighbours that hold a voxel of it, by number: lesions that touch share one. */
	readonly joined: ReadonlySet<number>;
	readonly voxels: number;
	readonly volumeMl: number;
	/** Share of it that was drawn, 0..1. */
	readonly found: number;
	/** Components of the drawing with a voxel in it, and how many. */
	readonly overlaps: ReadonlyMap<number, number>;
}

/** The lesions of a region against the components of the drawing. */
export interface LesionMatch {
	readonly lesions: readonly Lesion[];
	readonly reference: Parts;
	readonly prediction: Components;
	/** Around both masks; empty where both are. */
	readonly box: Box;
}

/**
 * Matches the lesions of a region with what was drawn, by shared voxels. The masks are only read.
 *
 * @param numbers of the lesions, one byte a voxel on the region's grid; null where the case has no such layer. Voxels of
 *   the reference that have none are no lesion's
 */
export function matchLesions(
	{ grid, reference, prediction }: DrawnRegion,
	numbers: Uint8Array | null,
	kernels: Kernels,
): LesionMatch {
	const [whole] = kernels.tally(maskPair(reference, prediction, grid.dims, spacingMm(grid)));
	const box = whole!.box;
	const connected = components(reference, grid.dims, box, 26);
	const parts = numbers ? numberedParts(numbers, connected, grid) : connected;
	const drawn = components(prediction, grid.dims, box, 26);
	const overlaps = parts.voxels.map(() => new Map<number, number>());
	const joined = parts.voxels.map(() => new Set<number>());
	for (let n = 0; n < parts.labels.length; n++) {
		if (parts.labels[n] !== 0) joined[parts.labels[n]! - 1]!.add(connected.labels[n]!);
		const [part, component] = [parts.labels[n]!, drawn.labels[n]!];
		if (part === 0 || component === 0) continue;
		const shared = overlaps[part - 1]!;
		shared.set(component, (shared.get(component) ?? 0) + 1);
	}
	const voxelMl = voxelVolumeMl(grid);
	const lesions = parts.voxels
		.map((voxels, n) => ({
			part: n + 1,
			joined: joined[n]!,
			voxels,
			volumeMl: voxels * voxelMl,
			found: [...overlaps[n]!.values()].reduce((sum, shared) => sum + shared, 0) / voxels,
			overlaps: overlaps[n]!,
		}))
		.filter(({ voxels }) => voxels > 0)
		.sort((a, b) => b.voxels - a.voxels || a.part - b.part)
		.map((lesion, n) => ({ lesion: n + 1, ...lesion }));
	return { lesions, reference: parts, prediction: drawn, box };
}

/** The lesions of a layer as parts: part n holds the voxels numbered n. */
function numberedParts(numbers: Uint8Array, connected: Components, grid: Grid): Parts {
	const labels = new Int32Array(connected.labels.length);
	const voxels = Array.from({ length: 255 }, () => 0);
	const [width, height] = boxSize(connected.box);
	const { min } = connected.box;
	forEachVoxel(connected, grid, (element) => {
		const number = numbers[element]!;
		if (number === 0) return;
		const [x, y, z] = ijkOf(element, grid);
		labels[x - min[0] + width * (y - min[1] + height * (z - min[2]))] = number;
		voxels[number - 1]!++;
	});
	return { box: connected.box, labels, voxels };
}

/** Whether a lesion has at least the volume of a ball with this diameter. */
export function isAtLeastMm({ volumeMl }: Pick<Lesion, 'volumeMl'>, diameterMm: number): boolean {
	return volumeMl * 1000 >= (diameterMm * diameterMm * diameterMm * Math.PI) / 6;
}

/** Calls back with the element of the grid and the part's number for every labelled voxel. */
export function forEachVoxel(
	{ labels, box }: Pick<Parts, 'labels' | 'box'>,
	{ dims }: Grid,
	visit: (element: number, part: number) => void,
): void {
	const [nx, ny, nz] = boxSize(box);
	for (let z = 0, n = 0; z < nz; z++)
		for (let y = 0; y < ny; y++) {
			const row = box.min[0] + dims[0] * (box.min[1] + y + dims[1] * (box.min[2] + z));
			for (let x = 0; x < nx; x++, n++) if (labels[n] !== 0) visit(row + x, labels[n]!);
		}
}
