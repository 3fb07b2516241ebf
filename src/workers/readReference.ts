import type { Issue, Result } from '../formats/issue.ts';
import { readNifti } from '../formats/nifti.ts';
import type { VoxelData } from '../formats/volume.ts';
import type { Grid } from '../grid/grid.ts';
import { labelsToRegions } from '../importers/labelScheme.ts';
import { readLabelMap } from '../importers/readLabelMap.ts';
import type { Region } from '../protocol/protocol.ts';
import type { ReferenceLayer } from '../scoring/findings/finding.ts';
import { type CaseSource, readCaseFile } from './caseSource.ts';

/** A mask of one byte a voxel. */
type Reference = { readonly grid: Grid; readonly data: Uint8Array };

/** The masks of a case's reference for some regions, each on its own grid; none where the case has no reference. */
export async function readReferences(
	source: CaseSource,
	regions: readonly Region[],
	signal: AbortSignal,
): Promise<Result<Map<Region, Reference>>> {
	const { reference } = source.manifest;
	const found = new Map<Region, Reference>();
	if (!reference) return { ok: true, value: found };
	if (reference.kind === 'multiClass') {
		const read = readNifti(await readCaseFile(source, reference.mask, signal), reference.mask.file);
		if (!read.ok) return read;
		const masks = labelsToRegions(read.value.data, reference.labels, regions, reference.mask.file);
		if (!masks.ok) return masks;
		for (const [region, data] of masks.value) found.set(region, { grid: read.value.grid, data });
		return { ok: true, value: found };
	}
	const issues: Issue[] = [];
	for (const mask of reference.masks) {
		if (!regions.includes(mask.region)) continue;
		const read = readNifti(await readCaseFile(source, mask, signal), mask.file);
		if (read.ok) found.set(mask.region, { grid: read.value.grid, data: binary(read.value.data) });
		else issues.push(...read.issues);
	}
	return issues.length > 0 ? { ok: false, issues } : { ok: true, value: found };
}

/** What a case's reference tells beside its regions. */
export async function readLayers(source: CaseSource, signal: AbortSignal): Promise<Result<ReferenceLayer[]>> {
	const issues: Issue[] = [];
	const found: ReferenceLayer[] = [];
	for (const layer of source.manifest.layers ?? []) {
		const read = readLabelMap(new Uint8Array(await readCaseFile(source, layer, signal)), layer.file);
		const region = 'region' in layer ? layer.region : null;
		if (read.ok) found.push({ kind: layer.kind, region, grid: read.value.grid, labels: read.value.data });
		else issues.push(...read.issues);
	}
	return issues.length > 0 ? { ok: false, issues } : { ok: true, value: found };
}

/** 1 where a voxel is not 0. `Uint8Array.from` with a function takes many times as long. */
function binary(data: VoxelData): Uint8Array {
	const mask = new Uint8Array(data.length);
	for (let n = 0; n < data.length; n++) mask[n] = data[n] === 0 ? 0 : 1;
	return mask;
}
