import { type CaseManifest, caseManifestSchema, manifestFiles, referenceFiles } from '../schemas/caseManifest.ts';
import { caseFileUrl, caseFolderUrl, manifestUrl, openCache, readCatalogueJson } from './caseSource.ts';

/** What of a catalogue case is in this browser's cache. */
export interface OfflineState {
	/** Whether it opens, is drawn and is scored without a network. */
	readonly complete: boolean;
	/** Of the files that this takes, by the manifest; neither it nor the thumbnail is counted. */
	readonly keptBytes: number;
	/** Undefined where the manifest was never read here. */
	readonly totalBytes: number | undefined;
}

/** What became of keeping a case; `noCache`: this page has none, for want of TLS or of permission. */
export type KeepOutcome = 'kept' | 'full' | 'unreachable' | 'damaged' | 'noCache';

/** Looks into the cache; undefined where there is none. Asks no server. */
export async function offlineState(id: string): Promise<OfflineState | undefined> {
	const cache = await openCache();
	if (!cache) return undefined;
	const manifest = await keptManifest(cache, id);
	if (!manifest) return { complete: false, keptBytes: 0, totalBytes: undefined };
	// Opening a case keeps all but its thumbnail, which only the list shows.
	const files = [...manifest.series, ...referenceFiles(manifest)];
	const kept = await keptUrls(cache, id);
	const there = files.filter((file) => kept.has(absolute(caseFileUrl(caseFolderUrl(id), file))));
	const sum = (of: typeof files) => of.reduce((bytes, file) => bytes + file.bytes, 0);
	return { complete: there.length === files.length, keptBytes: sum(there), totalBytes: sum(files) };
}

/**
 * Puts everything that a case is made of into the cache that practice reads from; what is there is not fetched again,
 * so that a download that was stopped goes on. Files of an earlier state of the case are removed in the end. Rejects
 * with the signal's reason.
 */
export async function keepOffline(
	id: string,
	{ signal, onProgress }: { signal: AbortSignal; onProgress?: (keptBytes: number, totalBytes: number) => void },
): Promise<KeepOutcome> {
	const cache = await openCache();
	if (!cache) return 'noCache';
	try {
		const json = await readCatalogueJson(manifestUrl(id), signal);
		if (json === undefined) return 'unreachable';
		const parsed = caseManifestSchema.safeParse(json);
		if (!parsed.success) return 'damaged';
		// Reading keeps it where there is room; here it has to be kept.
		if (!(await keptManifest(cache, id))) return 'full';
		const files = manifestFiles(parsed.data);
		const total = files.reduce((bytes, file) => bytes + file.bytes, 0);
		const kept = await keptUrls(cache, id);
		const wanted = new Set([absolute(manifestUrl(id))]);
		let done = 0;
		for (const file of files) {
			const url = caseFileUrl(caseFolderUrl(id), file);
			wanted.add(absolute(url));
			if (!kept.has(absolute(url))) {
				const bytes = await fetched(url, signal, (read) => onProgress?.(done + Math.min(read, file.bytes), total));
				if (bytes.size !== file.bytes) return 'damaged';
				await cache.put(url, new Response(bytes));
			}
			done += file.bytes;
			onProgress?.(done, total);
		}
		for (const url of kept) if (!wanted.has(url)) await cache.delete(url);
		return 'kept';
	} catch (error) {
		signal.throwIfAborted();
		const { name } = error as { name?: unknown };
		if (name === 'QuotaExceededError') return 'full';
		if (name === 'TypeError') return 'unreachable';
		if (name === 'SyntaxError') return 'damaged';
		throw error;
	}
}

/** Removes everything of a case from the cache; its attempts are elsewhere and stay. */
export async function forgetOffline(id: string): Promise<void> {
	const cache = await openCache();
	if (!cache) return;
	for (const url of await keptUrls(cache, id)) await cache.delete(url);
}

/** The cache gives its keys as whole addresses. */
const absolute = (url: string) => new URL(url, location.href).href;

async function keptUrls(cache: Cache, id: string): Promise<Set<string>> {
	const folder = absolute(caseFolderUrl(id));
	return new Set((await cache.keys()).map(({ url }) => url).filter((url) => url.startsWith(folder)));
}

async function keptManifest(cache: Cache, id: string): Promise<CaseManifest | undefined> {
	const kept = await cache.match(manifestUrl(id));
	const parsed = kept && caseManifestSchema.safeParse(await kept.json().catch(() => undefined));
	return parsed?.data;
}

async function fetched(url: string, signal: AbortSignal, onRead: (bytes: number) => void): Promise<Blob> {
	const response = await fetch(url, { signal });
	if (!response.ok || !response.body) throw new TypeError(`got status ${response.status} for ${url}, expected 200`);
	const pieces: Uint8Array<ArrayBuffer>[] = [];
	const reader = response.body.getReader();
	let read = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return new Blob(pieces);
		pieces.push(value);
		read += value.length;
		onRead(read);
	}
}
