import { REGION_SEQUENCE } from '../../protocol/protocol.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import type { CaseRegion } from '../../schemas/drill.ts';
import type { LoadedSeries } from '../../workers/tasks.ts';
import type { CaseShelf, Loaded } from './caseShelf.ts';

/** A region of a case's reference with the series it is drawn on. */
export interface LoadedRegion {
	readonly manifest: CaseManifest;
	readonly series: LoadedSeries;
	/** One byte a voxel, in the stored order of the series. */
	readonly data: Uint8Array;
}

export async function loadRegion(shelf: CaseShelf, { case: id, region }: CaseRegion): Promise<Loaded<LoadedRegion>> {
	const manifest = await shelf.manifest(id);
	if (!manifest.ok) return manifest;
	const series = await shelf.series(id, REGION_SEQUENCE[region]);
	if (!series.ok) return series;
	const truth = await shelf.truth(id);
	if (!truth.ok) return truth;
	const reference = truth.value.regions.get(region);
	if (!reference) return { ok: false, failure: 'damaged' };
	return { ok: true, value: { manifest: manifest.value, series: series.value, data: reference.data } };
}
