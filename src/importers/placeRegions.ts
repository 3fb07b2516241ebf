import type { Issue } from '../formats/issue.ts';
import { diagnoseGrid, type GridDiagnosis } from '../grid/diagnoseGrid.ts';
import { embedVoxels } from '../grid/embed.ts';
import type { Grid } from '../grid/grid.ts';
import { reorderVoxels } from '../grid/reorder.ts';
import { REGION_SEQUENCE, type Region, type Sequence } from '../protocol/protocol.ts';
import { importIssue } from './importIssue.ts';

/** The mask of a region, as its file has it. */
export interface DrawnMask {
	readonly region: Region;
	readonly path: string;
	readonly grid: Grid;
	/** 0 or 1 a voxel, in the order of `grid`. */
	readonly data: Uint8Array;
	/** Whether it may be cut to what it holds, as segmentations are; a label map has the matrix of its images (§3.2). */
	readonly mayBeCut: boolean;
}

/** A mask that does not fit the sequence that its region is drawn on. */
export interface Misfit {
	readonly region: Region;
	readonly sequence: Sequence;
	readonly path: string;
	readonly diagnosis: GridDiagnosis;
}

/** What became of the masks of a reference. */
export interface PlacedRegions {
	/** One mask a region, on the grid of its sequence, in its order. */
	readonly placed: readonly { readonly region: Region; readonly grid: Grid; readonly data: Uint8Array }[];
	readonly misfits: readonly Misfit[];
	/** Regions left out because their sequence is not there. */
	readonly warnings: readonly Issue[];
}

/**
 * Brings each region's mask onto the grid of its sequence, where that only takes another storage order or the empty rest of
 * a segmentation: nothing is interpolated. Several masks of a region are joined; if one does not fit, none is taken.
 */
export function placeRegions(masks: readonly DrawnMask[], series: ReadonlyMap<Sequence, Grid>): PlacedRegions {
	const placed = new Map<Region, { region: Region; grid: Grid; data: Uint8Array }>();
	const misfits: Misfit[] = [];
	const warnings: Issue[] = [];
	for (const { region, path, grid: own, data: voxels, mayBeCut } of masks) {
		const sequence = REGION_SEQUENCE[region];
		const grid = series.get(sequence);
		const data = grid && (reorderVoxels(voxels, own, grid) ?? (mayBeCut ? embedVoxels(voxels, own, grid) : null));
		if (!grid) warnings.push(importIssue('import.noSequence', path, { region, sequence }));
		else if (data) placed.set(region, { region, grid, data: joined(data, placed.get(region)?.data) });
		else misfits.push({ region, sequence, path, diagnosis: diagnoseGrid(own, grid) });
	}
	for (const { region } of misfits) placed.delete(region);
	return { placed: [...placed.values()], misfits, warnings };
}

function joined(data: Uint8Array, other: Uint8Array | undefined): Uint8Array {
	return other ? data.map((value, n) => value | other[n]!) : data;
}
