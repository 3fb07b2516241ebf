import type { Issue, Result } from '../formats/issue.ts';
import type { Segmentation } from '../formats/segmentation.ts';
import { embedVoxels } from '../grid/embed.ts';
import type { Grid } from '../grid/grid.ts';
import { type LabelCounts, labelsToRegions } from '../importers/labelScheme.ts';
import type { FoundMasks, MaskMeaning } from '../importers/placeMasks.ts';
import { readSegments } from '../importers/readSegments.ts';
import { uniteSegments } from '../importers/regionSegments.ts';
import type { Region } from '../protocol/protocol.ts';
import { resampleLabels } from '../scoring/findings/resample.ts';
import { type FilesBeside, withCompanions } from './companions.ts';

/** A mask file from a disk, and the files beside it that it may be made of. */
export interface MaskBlob {
	readonly name: string;
	readonly file: Blob;
	readonly others: FilesBeside;
}

/** What a mask file turned out to hold. */
export interface InspectedMasks extends FoundMasks {
	readonly warnings: readonly Issue[];
}

/** Reads a file with regions drawn elsewhere, whole, and counts what is in it. */
export async function inspectMasks(blob: MaskBlob): Promise<Result<InspectedMasks>> {
	const read = await readBlob(blob);
	if (!read.ok) return read;
	const { grid, segments, warnings, labels } = read.value;
	const counts = read.value.layers.map((layer) => {
		const voxels = new Uint32Array(256);
		for (let n = 0; n < layer.length; n++) voxels[layer[n]!]!++;
		return voxels;
	});
	return {
		ok: true,
		value: {
			name: blob.name,
			grid,
			segments: segments.map(({ name, layer, value }) => ({ name, voxels: counts[layer]![value]! })),
			...(labels && { labels }),
			warnings,
		},
	};
}

/**
 * The masks of some regions out of a file, each on the grid asked for: voxel by voxel where the file's are all or some of
 * its voxels, else by the nearest one. Which grids make sense is settled before (`fitMask`).
 */
export async function takeMasks(
	blob: MaskBlob,
	meaning: MaskMeaning,
	grids: ReadonlyMap<Region, Grid>,
): Promise<Result<ReadonlyMap<Region, Uint8Array>>> {
	const read = await readBlob(blob);
	if (!read.ok) return read;
	const { grid, layers } = read.value;
	const taken = new Map<Region, Uint8Array>();
	if (meaning.kind === 'labels') {
		const masks = labelsToRegions(layers[0]!, meaning.scheme, [...grids.keys()], blob.name);
		if (!masks.ok) return masks;
		for (const [region, mask] of masks.value) taken.set(region, mask);
	} else {
		const every = meaning.kind !== 'segments';
		for (const region of grids.keys())
			taken.set(
				region,
				uniteSegments(read.value, (_, n) => every || meaning.regions[n] === region),
			);
	}
	for (const [region, mask] of taken) {
		const to = grids.get(region)!;
		taken.set(region, embedVoxels(mask, grid, to) ?? resampleLabels(mask, grid, to));
	}
	return { ok: true, value: taken };
}

async function readBlob({
	name,
	file,
	others,
}: MaskBlob): Promise<Result<Segmentation & { readonly labels?: LabelCounts }>> {
	const { bytes, companions } = await withCompanions(name, file, others);
	return readSegments(bytes, name, { companions });
}
