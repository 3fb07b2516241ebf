import idbAdapter from 'pouchdb-adapter-idb';
import PouchDB from 'pouchdb-core';
import { StoreError, toStoreError } from './storeError.ts';

/** A database that is opened again after the browser closed it under us. */
export interface Database {
	/** Runs on the open database; rejects with a `StoreError` where the failure is a known one. */
	use<T>(work: (db: PouchDB.Database) => Promise<T>): Promise<T>;
	close(): Promise<void>;
}

/** What a browser threw that refuses databases. */
let refusal: { readonly error: unknown } | undefined;

/** The browser's own database; `idb` and not `indexeddb`, see docs/decisions/0002-journal.md. */
export function openIdb(name: string): PouchDB.Database {
	// The adapter opens one database after another, and waits for ever for one whose opening threw.
	if (refusal) throw refusal.error;
	PouchDB.plugin(idbAdapter);
	try {
		return new PouchDB(name, { adapter: 'idb' });
	} catch (error) {
		refusal = { error };
		throw error;
	}
}

export function reopening(open: () => PouchDB.Database): Database {
	let current: PouchDB.Database | undefined;

	async function drop(db: PouchDB.Database): Promise<void> {
		if (current !== db) return;
		current = undefined;
		// Also takes the dead connection out of the adapter's own cache. It may be closed already, hence no complaint.
		await db.close().catch(() => undefined);
	}

	return {
		async use(work) {
			let db: PouchDB.Database | undefined;
			try {
				current ??= open();
				db = current;
				return await work(db);
			} catch (error) {
				const known = toStoreError(error);
				// An aborted transaction leaves the idb adapter closed for good: the next call needs a new one.
				if (db && known instanceof StoreError && (known.kind === 'full' || known.kind === 'unavailable'))
					await drop(db);
				throw known;
			}
		},
		async close() {
			if (current) await drop(current);
		},
	};
}
