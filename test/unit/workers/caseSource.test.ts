import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseManifest } from '../../../src/schemas/caseManifest.ts';
import { readCaseFile, readCatalogueJson } from '../../../src/workers/caseSource.ts';

const { signal } = new AbortController();
const source = { kind: 'catalogue', manifest: {} as CaseManifest, baseUrl: '/cases/made/' } as const;
const file = { file: 'flair.nii.gz', sha256: 'ab'.repeat(32) };
const bytesOf = (buffer: ArrayBuffer) => [...new Uint8Array(buffer)];

/** A browser cache that can be full. */
class FakeCache {
	readonly kept = new Map<string, Response>();
	full = false;

	async match(url: string): Promise<Response | undefined> {
		return this.kept.get(url)?.clone();
	}

	async put(url: string, response: Response): Promise<void> {
		if (this.full) throw new DOMException('no room', 'QuotaExceededError');
		this.kept.set(url, response);
	}
}

let cache: FakeCache;
const fetched = vi.fn<(url: string) => Promise<Response>>();

beforeEach(() => {
	cache = new FakeCache();
	vi.stubGlobal('caches', { open: async () => cache });
	vi.stubGlobal('fetch', fetched);
	fetched.mockReset().mockImplementation(async () => new Response(Uint8Array.of(1, 2, 3)));
});
afterEach(() => {
	vi.unstubAllGlobals();
});

describe('files of the catalogue', () => {
	it('are fetched once by their hash and kept', async () => {
		expect(bytesOf(await readCaseFile(source, file, signal))).toEqual([1, 2, 3]);
		expect(bytesOf(await readCaseFile(source, file, signal))).toEqual([1, 2, 3]);
		expect(fetched.mock.calls.map(([url]) => url)).toEqual(['/cases/made/flair.nii.gz?v=abababababababab']);
	});

	it('are read where the disk is full, only not kept', async () => {
		cache.full = true;
		expect(bytesOf(await readCaseFile(source, file, signal))).toEqual([1, 2, 3]);
		expect(cache.kept.size).toBe(0);
	});

	it('are read where the browser refuses the cache', async () => {
		vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('private', 'SecurityError')) });
		expect(bytesOf(await readCaseFile(source, file, signal))).toEqual([1, 2, 3]);
	});

	it('reject with a TypeError where the server has none', async () => {
		fetched.mockResolvedValue(new Response('', { status: 404 }));
		await expect(readCaseFile(source, file, signal)).rejects.toThrow(TypeError);
		expect(cache.kept.size).toBe(0);
	});
});

describe('readCatalogueJson', () => {
	it('asks the server first, and takes the copy kept last where there is no network', async () => {
		fetched.mockResolvedValue(Response.json({ n: 1 }));
		expect(await readCatalogueJson('/cases/index.json', signal)).toEqual({ n: 1 });
		fetched.mockResolvedValue(Response.json({ n: 2 }));
		expect(await readCatalogueJson('/cases/index.json', signal)).toEqual({ n: 2 });
		fetched.mockRejectedValue(new TypeError('failed to fetch'));
		expect(await readCatalogueJson('/cases/index.json', signal)).toEqual({ n: 2 });
	});

	it('knows none where the server says so, and rejects where there is neither server nor copy', async () => {
		fetched.mockResolvedValue(new Response('', { status: 404 }));
		expect(await readCatalogueJson('/cases/a/case.json', signal)).toBeUndefined();
		fetched.mockRejectedValue(new TypeError('failed to fetch'));
		await expect(readCatalogueJson('/cases/a/case.json', signal)).rejects.toThrow('failed to fetch');
	});

	it('does not answer from the copy once it is aborted', async () => {
		fetched.mockResolvedValue(Response.json({ n: 1 }));
		await readCatalogueJson('/cases/index.json', signal);
		const aborted = AbortSignal.abort(new DOMException('closed', 'AbortError'));
		fetched.mockRejectedValue(aborted.reason);
		await expect(readCatalogueJson('/cases/index.json', aborted)).rejects.toMatchObject({ name: 'AbortError' });
	});
});
