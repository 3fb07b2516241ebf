import { spendReserve } from '../../store/reserve.ts';
import type { AttemptSummary, Store, StoredCase } from '../../store/store.ts';
import { forgetRemoval, leftRemovals, type Removed } from './leftRemovals.ts';

/** What this browser keeps: own cases and attempts, or that it keeps nothing; a database cannot be opened on a full disk. */
export type Shelf =
	| { readonly kind: 'waiting' | 'unavailable' | 'full' }
	| {
			readonly kind: 'there';
			readonly cases: readonly StoredCase[];
			readonly attempts: readonly AttemptSummary[];
			/** Records that could not be read. */
			readonly unreadable: { readonly cases: number; readonly attempts: number };
	  };

let store: Promise<Store> | undefined;

/** The browser's store. Fetched when first used: the page's first paint does not wait for the database's code. */
export function shelfStore(): Promise<Store> {
	store ??= import('../../store/store.ts').then(({ openStore }) => openStore());
	return store;
}

/** Deletes for good. Rejects with a `StoreError`. */
export async function removeFromShelf({ kind, id }: Removed): Promise<void> {
	const opened = await shelfStore();
	await (kind === 'attempt' ? opened.deleteAttempt(id) : opened.removeCase(id));
}

export async function loadShelf(): Promise<Shelf> {
	const { StoreError } = await import('../../store/storeError.ts');
	try {
		const opened = await shelfStore();
		for (const removal of leftRemovals()) {
			await removeFromShelf(removal);
			forgetRemoval(removal);
		}
		const [cases, attempts] = await Promise.all([opened.listCases(), opened.listAttempts()]);
		return {
			kind: 'there',
			cases: cases.cases,
			attempts: attempts.attempts,
			unreadable: { cases: cases.issues.length, attempts: attempts.issues.length },
		};
	} catch (error) {
		// Deleting needs a little room too: what was laid by for this is given up, once.
		if (error instanceof StoreError && error.kind === 'full' && (await spendReserve())) return loadShelf();
		if (error instanceof StoreError) return { kind: error.kind === 'full' ? 'full' : 'unavailable' };
		throw error;
	}
}
