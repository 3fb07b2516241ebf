import type { LearnerEvent } from '../../schemas/learnerEvent.ts';
import type { Store } from '../../store/store.ts';

let store: Promise<Store> | undefined;

/** The browser's store. Its code is fetched when first used: a page that only is read needs none of it. */
export function learnerStore(): Promise<Store> {
	store ??= import('../../store/store.ts').then(({ openStore }) => openStore());
	// Fetching it may fail once, without a network: the next call tries anew.
	store.catch(() => {
		store = undefined;
	});
	return store;
}

/** What every event has, with a random id and the present time. */
export function eventBase(now = new Date()): Pick<LearnerEvent, 'type' | 'schemaVersion' | 'id' | 'at'> {
	const bytes = crypto.getRandomValues(new Uint8Array(12));
	const id = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return { type: 'learner', schemaVersion: 1, id, at: now.toISOString() };
}

/** Why something could not be kept: a full disk, or a database that is blocked or gone. */
export type Failure = 'full' | 'unavailable';

/** The failure behind what the store rejects with. */
export function failureOf(error: unknown): Failure {
	return (error as { kind?: unknown } | null)?.kind === 'full' ? 'full' : 'unavailable';
}
