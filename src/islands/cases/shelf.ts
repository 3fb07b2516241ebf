import { spendReserve } from '../../store/reserve.ts';
import type { AttemptSummary, Store, StoredCase } from '../../store/store.ts';
import { allRemovals, forgetRemoval, isRemembered, leftRemovals, type Removed } from './leftRemovals.ts';

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

let before: Promise<unknown> = Promise.resolve();

/** One page deletes at a time, so that none deletes what another has deleted and restored since. */
function alone(work: () => Promise<void>): Promise<void> {
	// Browsers give no locks to a page without TLS: then this page at least waits for itself.
	const next = navigator.locks ? navigator.locks.request('concord-removals', work) : before.then(work);
	before = next.catch(() => undefined);
	return next;
}

async function remove(removals: () => readonly Removed[]): Promise<void> {
	if (removals().length === 0) return;
	const opened = await shelfStore();
	await alone(async () => {
		for (const removal of removals()) {
			await (removal.kind === 'attempt' ? opened.deleteAttempt(removal.id) : opened.removeCase(removal.id));
			forgetRemoval(removal);
		}
	});
}

/** Deletes for good, unless another page has done so meanwhile: what is there then was restored. Rejects with a `StoreError`. */
export function removeFromShelf(removal: Removed): Promise<void> {
	return remove(() => (isRemembered(removal) ? [removal] : []));
}

/**
 * Deletes for good whatever is still to be deleted, by this page or another: what is restored afterwards stays.
 * Rejects with a `StoreError`.
 */
export function finishRemovals(): Promise<void> {
	return remove(allRemovals);
}

export async function loadShelf(): Promise<Shelf> {
	const { StoreError } = await import('../../store/storeError.ts');
	try {
		const opened = await shelfStore();
		await remove(leftRemovals);
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
