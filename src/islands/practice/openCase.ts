import type { Issue } from '../../formats/issue.ts';
import { FAMILY_REGIONS, REGION_SEQUENCE, type Region, type Sequence } from '../../protocol/protocol.ts';
import { type LayerTarget, layerTargetsOf, TARGET_SEQUENCE } from '../../protocol/target.ts';
import type { Attempt, Purpose, RepairTask } from '../../schemas/attempt.ts';
import { type CaseManifest, caseManifestSchema, manifestFiles } from '../../schemas/caseManifest.ts';
import { caseVersion } from '../../schemas/caseVersion.ts';
import type { Store } from '../../store/store.ts';
import { type CaseSource, caseFolderUrl, manifestUrl, readCatalogueJson } from '../../workers/caseSource.ts';
import type { OpenFailure } from './state.ts';

/** The case, or why it could not be opened. */
export type Opened =
	| { readonly ok: true; readonly source: CaseSource }
	| { readonly ok: false; readonly failure: OpenFailure };

/** Finds a case: among those kept on this device, else in the catalogue. */
export async function findCase(store: Store, id: string, signal: AbortSignal): Promise<Opened> {
	const stored = await store.getCase(id);
	if (stored.ok)
		return {
			ok: true,
			source: { kind: 'device', manifest: stored.value, files: await deviceFiles(store, stored.value) },
		};
	if (stored.issues.some(({ code }) => code !== 'store.caseMissing')) return { ok: false, failure: 'damaged' };
	return findCatalogueCase(id, signal);
}

/** Finds a case of the catalogue, and nothing that is kept on this device alone. */
export async function findCatalogueCase(id: string, signal: AbortSignal): Promise<Opened> {
	let json: unknown;
	try {
		json = await readCatalogueJson(manifestUrl(id), signal);
	} catch (error) {
		if (error instanceof SyntaxError) return { ok: false, failure: 'damaged' };
		if (error instanceof TypeError) return { ok: false, failure: 'unreachable' };
		throw error;
	}
	if (json === undefined) return { ok: false, failure: 'unknownCase' };
	const manifest = caseManifestSchema.safeParse(json);
	if (!manifest.success) return { ok: false, failure: 'damaged' };
	return { ok: true, source: { kind: 'catalogue', manifest: manifest.data, baseUrl: caseFolderUrl(id) } };
}

async function deviceFiles(store: Store, manifest: CaseManifest): Promise<Map<string, Blob>> {
	const files = new Map<string, Blob>();
	for (const { file } of manifestFiles(manifest)) files.set(file, await store.caseFile(manifest.id, file));
	return files;
}

/** Order of the panels: what is drawn on comes first. DWI and ADC share one. */
const PANEL_ORDER = ['FLAIR', 'T1C', 'T2', 'T1', 'DWI', 'ADC'] as const satisfies readonly Sequence[];

/** Panels of a case, each named by the first sequence it shows. */
export function panelsOf(manifest: CaseManifest): Sequence[] {
	const has = (sequence: Sequence) => manifest.series.some((series) => series.sequence === sequence);
	return PANEL_ORDER.filter((sequence) => has(sequence) && !(sequence === 'ADC' && has('DWI')));
}

/** Sequences in the order they are loaded: those that carry a region first. */
export function loadOrder(manifest: CaseManifest): Sequence[] {
	return PANEL_ORDER.filter((sequence) => manifest.series.some((series) => series.sequence === sequence));
}

/** Regions of the case's family that have their sequence here. */
export function drawableRegions(manifest: CaseManifest): Region[] {
	return FAMILY_REGIONS[manifest.family].filter((region) =>
		manifest.series.some(({ sequence }) => sequence === REGION_SEQUENCE[region]),
	);
}

/** Layers of a reference that have their sequence here. */
export function drawableLayers(manifest: CaseManifest, regions: readonly Region[]): LayerTarget[] {
	return layerTargetsOf(manifest.family, regions).filter((target) =>
		manifest.series.some(({ sequence }) => sequence === TARGET_SEQUENCE[target]),
	);
}

/** The attempt asked for, the latest or a new one; undefined where the one asked for was made on other images. */
export async function findAttempt(
	store: Store,
	manifest: CaseManifest,
	{
		attemptId,
		purpose,
		repair,
	}: { readonly attemptId: string | undefined; readonly purpose: Purpose; readonly repair?: RepairTask | undefined },
): Promise<Attempt | undefined> {
	const version = caseVersion(manifest);
	if (attemptId) {
		const { attempt } = await store.loadJournal(attemptId);
		if (attempt && (attempt.caseId !== manifest.id || attempt.caseVersion !== version)) return undefined;
		if (attempt) return attempt;
	}
	return (
		(await store.latestAttempt(manifest.id, version, purpose, repair)) ??
		(await store.startAttempt(manifest.id, version, purpose, repair))
	);
}

/** A file could not be fetched. */
export function unreachable(path: string): Issue {
	return { code: 'series.unreachable', path, params: {} };
}
