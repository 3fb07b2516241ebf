import type { CaseManifest } from '../schemas/caseManifest.ts';

/** Name of the browser cache that keeps the files of opened cases. */
const CASE_CACHE = 'concord-cases';

/** Where the files of a case are read from. Survives `postMessage`. */
export type CaseSource =
	| { readonly kind: 'catalogue'; readonly manifest: CaseManifest; readonly baseUrl: string }
	| { readonly kind: 'device'; readonly manifest: CaseManifest; readonly files: ReadonlyMap<string, Blob> };

/** A file of a case as its manifest names it. */
type NamedFile = { readonly file: string; readonly sha256?: string | undefined };

/** Folder of a case of the catalogue; everything of it that the browser's cache keeps begins with this. */
export const caseFolderUrl = (id: string) => `/cases/${encodeURIComponent(id)}/`;

/** Manifest of a case of the catalogue. */
export const manifestUrl = (id: string) => `${caseFolderUrl(id)}case.json`;

/** A file of a case of the catalogue: the address it has on the server and in the cache. */
export const caseFileUrl = (folderUrl: string, { file, sha256 }: NamedFile) =>
	`${folderUrl}${file}${sha256 ? `?v=${sha256.slice(0, 16)}` : ''}`;

/**
 * Reads one file of a case. Catalogue files are kept in the browser's cache under their hash, so that a case that
 * was opened once opens again without a network. Where the browser gives no cache they are fetched.
 * Rejects with a TypeError where the file can be neither found nor fetched, as `fetch` does.
 */
export async function readCaseFile(source: CaseSource, named: NamedFile, signal: AbortSignal): Promise<ArrayBuffer> {
	if (source.kind === 'device') {
		const blob = source.files.get(named.file);
		if (!blob) throw new TypeError(`got no file "${named.file}" in the case kept on this device`);
		return blob.arrayBuffer();
	}
	const url = caseFileUrl(source.baseUrl, named);
	const cache = await openCache();
	const kept = await cache?.match(url);
	if (kept) return kept.arrayBuffer();
	const response = await fetch(url, { signal });
	if (!response.ok) throw new TypeError(`got status ${response.status} for ${url}, expected 200`);
	const bytes = await response.arrayBuffer();
	// A full disk must not keep a case from opening: it is only not kept, and the page says what is.
	await cache?.put(url, new Response(bytes)).catch(() => undefined);
	return bytes;
}

/**
 * Reads a JSON document of the catalogue: from the network if it answers, else the copy kept last.
 * Gives undefined where the server says that there is none; rejects where neither it nor a copy can be had.
 */
export async function readCatalogueJson(url: string, signal: AbortSignal): Promise<unknown> {
	const cache = await openCache();
	try {
		const response = await fetch(url, { signal, cache: 'no-cache' });
		if (response.status === 404) return undefined;
		if (!response.ok) throw new TypeError(`got status ${response.status} for ${url}, expected 200`);
		await cache?.put(url, response.clone()).catch(() => undefined);
		return await response.json();
	} catch (error) {
		const kept = signal.aborted ? undefined : await cache?.match(url);
		if (!kept) throw error;
		return kept.json();
	}
}

/** Undefined where there is none: outside a secure context, and where the browser refuses storage. */
export async function openCache(): Promise<Cache | undefined> {
	return typeof caches === 'undefined' ? undefined : caches.open(CASE_CACHE).catch(() => undefined);
}
