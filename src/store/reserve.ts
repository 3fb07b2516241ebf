import { storageRoom } from './persist.ts';

/** Name of the browser cache that holds nothing but room. */
const RESERVE = 'concord-reserve';
const RESERVE_BYTES = 1_000_000;
/** With less than this left, the room is needed for something better. */
const PLENTY_BYTES = 50_000_000;

/**
 * Lays a megabyte by while there is plenty of room. A database cannot be opened on a full disk, not even to delete
 * something: then this is given up first.
 */
export async function layByReserve(cacheStorage: CacheStorage | undefined = globalThis.caches): Promise<void> {
	const room = await storageRoom();
	if (!cacheStorage || !room || room.quotaBytes - room.usedBytes < PLENTY_BYTES) return;
	try {
		const cache = await cacheStorage.open(RESERVE);
		if (!(await cache.match('/reserve'))) await cache.put('/reserve', new Response(new Uint8Array(RESERVE_BYTES)));
	} catch {
		// Refused or full: it was for a worse day, and nothing is lost without it.
	}
}

/** Gives the room up; false where none was laid by. */
export async function spendReserve(cacheStorage: CacheStorage | undefined = globalThis.caches): Promise<boolean> {
	return (await cacheStorage?.delete(RESERVE).catch(() => false)) ?? false;
}
