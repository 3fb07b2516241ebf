import type { PlantedDrawing, PlantTruth } from '../../phantom/plant/plant.ts';
import type { Region } from '../../protocol/protocol.ts';
import type { PlacedMask } from './caseFiles.ts';

/** A planted drawing of a region against its reference, each in storage order of the reference. */
export interface Comparison {
	readonly shared: PlacedMask;
	readonly missed: PlacedMask;
	readonly extra: PlacedMask;
}

/**
 * What the planted error changed of a region, undefined where it changed nothing there. The drawing wavers by less than
 * anybody would call wrong: such slivers along the outline are taken as the reference has them, except beside the error.
 */
export function compareRegion(
	region: Region,
	{ grid, data: reference }: PlacedMask,
	drawing: PlantedDrawing,
	truth: PlantTruth,
): Comparison | undefined {
	const changed = truth.changed.find((each) => each.region === region);
	const mask = drawing.masks.find((each) => each.region === region);
	if (!changed || !mask) return undefined;
	const [nx, ny] = grid.dims;
	const near = new Uint8Array(reference.length);
	for (const elements of [changed.drawn, changed.leftOut])
		for (const n of elements)
			for (const [dx, dy, dz] of NEIGHBOURS) {
				const at = n + dx + nx * (dy + ny * dz);
				if (at >= 0 && at < near.length) near[at] = 1;
			}
	const drawn = reference.slice();
	for (let n = 0; n < drawn.length; n++) if (near[n] === 1) drawn[n] = mask.data[n]!;
	const where = (test: (n: number) => boolean): PlacedMask => ({
		grid,
		data: Uint8Array.from(reference, (_, n) => Number(test(n))),
	});
	return {
		shared: where((n) => reference[n] === 1 && drawn[n] === 1),
		missed: where((n) => reference[n] === 1 && drawn[n] === 0),
		extra: where((n) => reference[n] === 0 && drawn[n] === 1),
	};
}

/** A voxel and those that share a face with it. */
const NEIGHBOURS = [
	[0, 0, 0],
	[1, 0, 0],
	[-1, 0, 0],
	[0, 1, 0],
	[0, -1, 0],
	[0, 0, 1],
	[0, 0, -1],
] as const;
