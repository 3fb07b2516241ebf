import { expect, it } from 'vitest';
import { openIdb, reopening } from '../../../src/store/database.ts';
import { openStore } from '../../../src/store/store.ts';
import { toStoreError } from '../../../src/store/storeError.ts';
import { freshName, openMemory } from './memoryStore.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error(), { name, ...more });

it.each([
	['a refused write without room', named('QuotaExceededError'), 'full'],
	['a transaction aborted for room', named('indexed_db_went_bad', { reason: 'QuotaExceededError' }), 'full'],
	['a write after that', named('UnknownError', { reason: named('QuotaExceededError') }), 'full'],
	['a closed connection', named('InvalidStateError'), 'unavailable'],
	[
		'a browser that keeps its database to itself',
		named('indexed_db_went_bad', { reason: 'Failed to open' }),
		'unavailable',
	],
	['a browser without a database', new Error('Invalid Adapter: idb'), 'unavailable'],
	['a database that was closed meanwhile', new Error('database is closed'), 'unavailable'],
])('%s has a name of its own', (_, error, kind) => {
	expect(toStoreError(error)).toMatchObject({ name: 'StoreError', kind, cause: error });
});

it.each([[named('not_found', { status: 404 })], [new TypeError('a mistake')], ['text'], [undefined]])(
	'any other failure stays what it is',
	(error) => {
		expect(toStoreError(error)).toBe(error);
	},
);

it('a database that the browser closed is opened again by the next call', async () => {
	const name = freshName();
	let opened = 0;
	const database = reopening(() => {
		opened++;
		return openMemory(name);
	});
	await database.use((db) => db.put({ _id: 'kept' }));
	const closed = database.use(() => Promise.reject(named('InvalidStateError')));
	await expect(closed).rejects.toMatchObject({ kind: 'unavailable' });
	expect(await database.use((db) => db.get('kept'))).toMatchObject({ _id: 'kept' });
	expect(opened).toBe(2);
	await expect(database.use((db) => db.get('absent'))).rejects.toMatchObject({ status: 404 });
	expect(opened).toBe(2);
	await database.close();
	expect(await database.use((db) => db.get('kept'))).toMatchObject({ _id: 'kept' });
});

it('where there is no IndexedDB, as here, the store opens and every call says so', async () => {
	const store = openStore({ openDatabase: openIdb });
	await expect(store.startAttempt('ring', 'v1')).rejects.toMatchObject({ kind: 'unavailable' });
	await expect(store.listCases()).rejects.toMatchObject({ kind: 'unavailable' });
	await store.close();
});
