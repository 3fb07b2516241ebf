import { afterEach, expect, it, vi } from 'vitest';
import { layByReserve, spendReserve } from '../../../src/store/reserve.ts';

function fakeCaches() {
	const kept = new Map<string, Map<string, Response>>();
	return {
		kept,
		async open(name: string) {
			const cache = kept.get(name) ?? new Map<string, Response>();
			kept.set(name, cache);
			return {
				match: async (url: string) => cache.get(url),
				put: async (url: string, response: Response) => void cache.set(url, response),
			};
		},
		delete: async (name: string) => kept.delete(name),
	};
}
const withRoom = (quota: number) =>
	vi.stubGlobal('navigator', { storage: { estimate: async () => ({ usage: 10e6, quota }) } });

afterEach(() => {
	vi.unstubAllGlobals();
});

it('a megabyte is laid by where there is plenty, once, and given up once', async () => {
	const caches = fakeCaches();
	withRoom(1e9);
	await layByReserve(caches as unknown as CacheStorage);
	await layByReserve(caches as unknown as CacheStorage);
	const [reserve] = [...(caches.kept.get('concord-reserve')?.values() ?? [])];
	expect((await reserve?.arrayBuffer())?.byteLength).toBe(1_000_000);
	expect(await spendReserve(caches as unknown as CacheStorage)).toBe(true);
	expect(await spendReserve(caches as unknown as CacheStorage)).toBe(false);
});

it('nothing is laid by where room is short, nor where the browser refuses', async () => {
	const caches = fakeCaches();
	withRoom(50e6);
	await layByReserve(caches as unknown as CacheStorage);
	expect(caches.kept.size).toBe(0);
	withRoom(1e9);
	const refusing = { open: () => Promise.reject(new Error('no')), delete: () => Promise.reject(new Error('no')) };
	await layByReserve(refusing as unknown as CacheStorage);
	expect(await spendReserve(refusing as unknown as CacheStorage)).toBe(false);
	vi.stubGlobal('caches', undefined);
	await layByReserve();
	expect(await spendReserve()).toBe(false);
});
