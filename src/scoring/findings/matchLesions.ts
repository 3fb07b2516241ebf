import { type Grid, spacingMm, voxelVolumeMl } from '../../grid/grid.ts';
import { boxSize } from '../kernels/boxes.ts';
import { type Components, components } from '../kernels/components.ts';
import type { Box, Kernels } from '../kernels/kernels.ts';
import { maskPair } from '../measureRegions.ts';
import type { DrawnRegion } from './finding.ts';

/** One lesion of the reference: a part by 26 neighbours. */
export interface Lesion {
	/** From 1, the largest first. */
	readonly lesion: number;
	/** Its number in `LesionMatch.reference`. */
	readonly part: number;
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
	readonly reference: Components;
	readonly prediction: Components;
	/** Around both masks; empty where both are. */
	readonly box: Box;
}

/** Matches the lesions of a region with what was drawn, by shared voxels. The masks are only read. */
export function matchLesions({ grid, reference, prediction }: DrawnRegion, kernels: Kernels): LesionMatch {
	const [whole] = kernels.tally(maskPair(reference, prediction, grid.dims, spacingMm(grid)));
	const box = whole!.box;
	const parts = components(reference, grid.dims, box, 26);
	const drawn = components(prediction, grid.dims, box, 26);
	const overlaps = parts.voxels.map(() => new Map<number, number>());
	for (let n = 0; n < parts.labels.length; n++) {
		const [part, component] = [parts.labels[n]!, drawn.labels[n]!];
		if (part === 0 || component === 0) continue;
		const shared = overlaps[part - 1]!;
		shared.set(component, (shared.get(component) ?? 0) + 1);
	}
	const voxelMl = voxelVolumeMl(grid);
	const lesions = parts.voxels
		.map((voxels, n) => ({
			part: n + 1,
			voxels,
			volumeMl: voxels * voxelMl,
			found: [...overlaps[n]!.values()].reduce((sum, shared) => sum + shared, 0) / voxels,
			overlaps: overlaps[n]!,
		}))
		.sort((a, b) => b.voxels - a.voxels || a.part - b.part)
		.map((lesion, n) => ({ lesion: n + 1, ...lesion }));
	return { lesions, reference: parts, prediction: drawn, box };
}

/** Whether a lesion has at least the volume of a ball with this diameter. */
export function isAtLeastMm({ volumeMl }: Pick<Lesion, 'volumeMl'>, diameterMm: number): boolean {
	return volumeMl * 1000 >= (diameterMm * diameterMm * diameterMm * Math.PI) / 6;
}

/** Calls back with the element of the grid and the part's number for every labelled voxel. */
export function forEachVoxel(
	{ labels, box }: Components,
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
