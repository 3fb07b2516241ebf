import { expect, it, vi } from 'vitest';
import { keepStorage, storageKept, storageRoom } from '../../../src/store/persist.ts';

const manager = (methods: Partial<StorageManager>) => methods as StorageManager;

it('storage that is kept already is not asked for again', async () => {
	const persist = vi.fn(async () => true);
	expect(await keepStorage(manager({ persisted: async () => true, persist }))).toBe(true);
	expect(persist).not.toHaveBeenCalled();
	expect(await keepStorage(manager({ persisted: async () => false, persist }))).toBe(true);
	expect(await keepStorage(manager({ persisted: async () => false, persist: async () => false }))).toBe(false);
});

it('a browser that promises nothing gives undefined', async () => {
	expect(await keepStorage(manager({}))).toBeUndefined();
	expect(await storageKept(manager({}))).toBeUndefined();
	expect(await storageKept(manager({ persisted: async () => true }))).toBe(true);
	expect(await storageRoom(manager({}))).toBeUndefined();
	expect(await storageRoom(manager({ estimate: async () => ({}) }))).toBeUndefined();
});

it('the room used and left comes in bytes', async () => {
	const room = await storageRoom(manager({ estimate: async () => ({ usage: 5, quota: 100 }) }));
	expect(room).toEqual({ usedBytes: 5, quotaBytes: 100 });
});
