/**
 * `otherTab`: the numbers are taken, the attempt goes on elsewhere. `full`: no room left.
 * `unavailable`: the browser's database is closed, blocked or refused. `gone`: what it belongs to was deleted.
 */
export type StoreErrorKind = 'otherTab' | 'full' | 'unavailable' | 'gone';

/** A failure of the browser's storage that the interface has an answer to. */
export class StoreError extends Error {
	override readonly name = 'StoreError';
	readonly kind: StoreErrorKind;

	constructor(kind: StoreErrorKind, cause?: unknown) {
		super(kind, { cause });
		this.kind = kind;
	}
}

const UNAVAILABLE = new Set([
	'indexed_db_went_bad',
	'InvalidStateError',
	'TransactionInactiveError',
	'UnknownError',
	'AbortError',
	'SecurityError',
]);

/** The `StoreError` behind what PouchDB rejects with; anything unknown comes back as it is. */
export function toStoreError(error: unknown): unknown {
	if (error instanceof StoreError || typeof error !== 'object' || error === null) return error;
	const { name, message, reason } = error as { name?: unknown; message?: unknown; reason?: unknown };
	// PouchDB puts the name of the aborted transaction's error in `reason`, or the error itself.
	const cause = typeof reason === 'object' && reason !== null ? (reason as { name?: unknown }).name : reason;
	if (name === 'QuotaExceededError' || cause === 'QuotaExceededError') return new StoreError('full', error);
	if (typeof name === 'string' && UNAVAILABLE.has(name)) return new StoreError('unavailable', error);
	// Plain errors of pouchdb-core: no usable adapter, or a database closed under a pending call.
	if (typeof message === 'string' && /^(Invalid Adapter|database is (closed|destroyed))/.test(message)) {
		return new StoreError('unavailable', error);
	}
	return error;
}
