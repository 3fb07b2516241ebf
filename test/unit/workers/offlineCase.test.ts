import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseManifest } from '../../../src/schemas/caseManifest.ts';
import { readCaseFile } from '../../../src/workers/caseSource.ts';
import { forgetOffline, keepOffline, offlineState } from '../../../src/workers/offlineCase.ts';

const ORIGIN = 'http://site.test';
const { signal } = new AbortController();
const file = (name: string, bytes: number) => ({ file: name, bytes, sha256: name.slice(0, 1).repeat(64) });
const manifest: CaseManifest = {
	schemaVersion: 1,
	id: 'made',
	origin: 'catalogue',
	title: { zh: '例', en: 'Made' },
	subtitle: { zh: '', en: '' },
	family: 'glioma',
	synthetic: true,
	series: [{ ...file('a.nii.gz', 100), sequence: 'FLAIR' }],
	reference: { kind: 'perRegion', masks: [{ ...file('b.nii.gz', 20), region: 'WT' }] },
	layers: [{ ...file('c.nii.gz', 3), kind: 'csf' }],
};

/** A browser cache, with addresses as a browser has them, and so much room. */
class FakeCache {
	readonly kept = new Map<string, Response>();
	room = 100;

	async match(url: string): Promise<Response | undefined> {
		return this.kept.get(new URL(url, ORIGIN).href)?.clone();
	}
	async put(url: string, response: Response): Promise<void> {
		if (this.room-- <= 0) throw new DOMException('no room', 'QuotaExceededError');
		this.kept.set(new URL(url, ORIGIN).href, response);
	}
	async keys(): Promise<{ url: string }[]> {
		return [...this.kept.keys()].map((url) => ({ url }));
	}
	async delete(url: string): Promise<boolean> {
		return this.kept.delete(new URL(url, ORIGIN).href);
	}
}

let cache: FakeCache;
const fetched = vi.fn<(url: string) => Promise<Response>>();
const bodyOf = (url: string) => {
	const name = url.slice('/cases/made/'.length).split('?')[0];
	const all = [...manifest.series, ...(manifest.layers ?? []), file('b.nii.gz', 20)];
	return new Uint8Array(all.find((each) => each.file === name)?.bytes ?? 0);
};

beforeEach(() => {
	cache = new FakeCache();
	vi.stubGlobal('caches', { open: async () => cache });
	vi.stubGlobal('location', { href: `${ORIGIN}/en/cases/` });
	vi.stubGlobal('fetch', fetched);
	fetched
		.mockReset()
		.mockImplementation(async (url) =>
			url.endsWith('case.json') ? Response.json(manifest) : new Response(bodyOf(url)),
		);
});
afterEach(() => {
	vi.unstubAllGlobals();
});

const asked = () => fetched.mock.calls.map(([url]) => url).filter((url) => !url.endsWith('case.json'));

describe('a case that is kept offline', () => {
	it('has its series, reference and layers where practice reads them', async () => {
		expect(await offlineState('made')).toEqual({ complete: false, keptBytes: 0, totalBytes: undefined });
		const seen: [number, number][] = [];
		expect(await keepOffline('made', { signal, onProgress: (a, b) => void seen.push([a, b]) })).toBe('kept');
		expect(seen.at(-1)).toEqual([123, 123]);
		expect(await offlineState('made')).toEqual({ complete: true, keptBytes: 123, totalBytes: 123 });
		fetched.mockReset().mockRejectedValue(new TypeError('no network'));
		const source = { kind: 'catalogue', manifest, baseUrl: '/cases/made/' } as const;
		for (const each of [...manifest.series, file('b.nii.gz', 20), file('c.nii.gz', 3)])
			expect((await readCaseFile(source, each, signal)).byteLength).toBe(each.bytes);
	});

	it('counts what practice has kept, and fetches only the rest', async () => {
		const source = { kind: 'catalogue', manifest, baseUrl: '/cases/made/' } as const;
		await readCaseFile(source, file('a.nii.gz', 100), signal);
		await cache.put('/cases/made/case.json', Response.json(manifest));
		expect(await offlineState('made')).toEqual({ complete: false, keptBytes: 100, totalBytes: 123 });
		fetched.mockClear();
		expect(await keepOffline('made', { signal })).toBe('kept');
		expect(asked()).toEqual([`/cases/made/b.nii.gz?v=${'b'.repeat(16)}`, `/cases/made/c.nii.gz?v=${'c'.repeat(16)}`]);
	});

	it('works without its thumbnail, which practice never opens, and has it once it is kept by the list', async () => {
		const pictured: CaseManifest = { ...manifest, thumbnail: { ...file('d.png', 7), sequence: 'FLAIR' } };
		fetched.mockImplementation(
			async (url) =>
				new Response(
					url.endsWith('case.json')
						? JSON.stringify(pictured)
						: url.includes('d.png')
							? new Uint8Array(7)
							: bodyOf(url),
				),
		);
		await cache.put('/cases/made/case.json', Response.json(pictured));
		const source = { kind: 'catalogue', manifest: pictured, baseUrl: '/cases/made/' } as const;
		for (const each of [...manifest.series, file('b.nii.gz', 20), file('c.nii.gz', 3)])
			await readCaseFile(source, each, signal);
		expect(await offlineState('made')).toEqual({ complete: true, keptBytes: 123, totalBytes: 123 });
		fetched.mockClear();
		expect(await keepOffline('made', { signal })).toBe('kept');
		expect(asked()).toEqual([`/cases/made/d.png?v=${'d'.repeat(16)}`]);
	});

	it('goes on where it was stopped', async () => {
		const stop = new AbortController();
		const onProgress = (bytes: number) => bytes >= 100 && stop.abort(new DOMException('enough', 'AbortError'));
		fetched.mockImplementation(async (url) => {
			stop.signal.throwIfAborted();
			return url.endsWith('case.json') ? Response.json(manifest) : new Response(bodyOf(url));
		});
		await expect(keepOffline('made', { signal: stop.signal, onProgress })).rejects.toThrow('enough');
		expect(await offlineState('made')).toMatchObject({ complete: false, keptBytes: 100 });
		fetched.mockClear();
		fetched.mockImplementation(async (url) =>
			url.endsWith('case.json') ? Response.json(manifest) : new Response(bodyOf(url)),
		);
		expect(await keepOffline('made', { signal })).toBe('kept');
		expect(asked()).toHaveLength(2);
	});

	it('says that the disk is full, the server away, or a file not what it should be', async () => {
		cache.room = 2;
		expect(await keepOffline('made', { signal })).toBe('full');
		expect(await offlineState('made')).toMatchObject({ complete: false, keptBytes: 100 });
		cache.room = 0;
		await forgetOffline('made');
		expect(await keepOffline('made', { signal })).toBe('full');
		cache.room = 100;
		fetched.mockImplementation(async (url) =>
			url.endsWith('.json') ? Response.json(manifest) : new Response('short'),
		);
		expect(await keepOffline('made', { signal })).toBe('damaged');
		fetched.mockImplementation(async () => Response.json({ not: 'a manifest' }));
		expect(await keepOffline('made', { signal })).toBe('damaged');
		fetched.mockResolvedValue(new Response('', { status: 404 }));
		expect(await keepOffline('made', { signal })).toBe('unreachable');
		vi.stubGlobal('caches', undefined);
		expect(await keepOffline('made', { signal })).toBe('noCache');
		expect(await offlineState('made')).toBeUndefined();
	});

	it('is gone with all of it once it is switched off, and leaves the others', async () => {
		await cache.put('/cases/made-2/case.json', Response.json({}));
		await keepOffline('made', { signal });
		await forgetOffline('made');
		expect([...cache.kept.keys()]).toEqual([`${ORIGIN}/cases/made-2/case.json`]);
	});

	it('loses the files of an earlier state when it is kept anew', async () => {
		await keepOffline('made', { signal });
		await cache.put('/cases/made/a.nii.gz?v=0000000000000000', new Response('old'));
		await keepOffline('made', { signal });
		expect([...cache.kept.keys()].some((url) => url.endsWith('0000000000000000'))).toBe(false);
	});
});
