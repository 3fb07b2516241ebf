import type { AttemptEvent } from '../schemas/attempt.ts';
import { StoreError, type StoreErrorKind } from './storeError.ts';

/** `unexpected`: a failure nobody planned for; `error` has it. */
type SaveFailure = StoreErrorKind | 'unexpected';

/** What the saved mark on the page shows. `pending` events are in memory only. */
export type SaveState =
	| { readonly kind: 'saved'; readonly at: Date | undefined }
	| { readonly kind: 'saving'; readonly pending: number }
	| { readonly kind: 'failed'; readonly reason: SaveFailure; readonly pending: number; readonly error: unknown };

export interface AutosaveOptions {
	/** Writes events `fromSeq` … in one piece; a repeated write must be harmless: `Store.appendEvents`. */
	readonly write: (events: readonly AttemptEvent[], fromSeq: number) => Promise<void>;
	/** Number of the last event that is in the store already: `Journal.lastSeq`. */
	readonly lastSeq: number;
	readonly now?: () => Date;
	/** Runs `task` after `ms`; returns what calls it off. */
	readonly after?: (ms: number, task: () => void) => () => void;
}

/** Largest number of events in one write. */
const BATCH = 256;
/** A write that has not answered by then counts as failed; browsers are known to leave one hanging. */
const PATIENCE_MS = 15_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 30_000;
/** Failures that may pass by themselves. The others wait for somebody to do something, then `retry()`. */
const TRANSIENT: ReadonlySet<SaveFailure> = new Set(['unavailable', 'unexpected']);

function afterTimeout(ms: number, task: () => void): () => void {
	const timer = setTimeout(task, ms);
	return () => clearTimeout(timer);
}

/**
 * Keeps an attempt's events in memory until the store has them. Writes at once when idle, and what gathers during a
 * write goes out together after it. A failure loses nothing.
 */
export class Autosave {
	readonly #write: AutosaveOptions['write'];
	readonly #now: () => Date;
	readonly #after: NonNullable<AutosaveOptions['after']>;
	readonly #listeners = new Set<(state: SaveState) => void>();
	readonly #waiting: ((state: SaveState) => void)[] = [];
	#queue: AttemptEvent[] = [];
	#savedSeq: number;
	#state: SaveState = { kind: 'saved', at: undefined };
	/** The write in flight. A write that was given up is not the current one any more. */
	#flight: object | undefined;
	#retryMs = FIRST_RETRY_MS;
	#cancelRetry: (() => void) | undefined;
	#closed = false;

	constructor({ write, lastSeq, now = () => new Date(), after = afterTimeout }: AutosaveOptions) {
		this.#write = write;
		this.#savedSeq = lastSeq;
		this.#now = now;
		this.#after = after;
	}

	get state(): SaveState {
		return this.#state;
	}

	/** Number of the last event, saved or not. */
	get lastSeq(): number {
		return this.#savedSeq + this.#queue.length;
	}

	/** Events that are in memory only, e.g. to offer them as a file. */
	get pending(): readonly AttemptEvent[] {
		return [...this.#queue];
	}

	/** Takes an event and returns its number. */
	push(event: AttemptEvent): number {
		this.#queue.push(event);
		const pending = this.#queue.length;
		// A failure stays on show while it is retried on its own, or the mark would flicker.
		this.#enter(this.#state.kind === 'failed' ? { ...this.#state, pending } : { kind: 'saving', pending });
		if (this.#state.kind === 'saving') this.#start();
		return this.lastSeq;
	}

	/** Calls back at every change; returns what ends it. */
	subscribe(listener: (state: SaveState) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Resolves `saved` once all events up to now are in the store, or `failed`; hurries a retry that waits. Never rejects. */
	flush(): Promise<SaveState> {
		if (this.#state.kind === 'failed' && !TRANSIENT.has(this.#state.reason)) return Promise.resolve(this.#state);
		if (this.#queue.length === 0 || this.#closed) return Promise.resolve(this.#state);
		return new Promise((resolve) => {
			this.#waiting.push(resolve);
			this.#start();
		});
	}

	/** Tries again after a failure, whatever its reason. */
	retry(): void {
		if (this.#queue.length === 0 || this.#closed) return;
		this.#retryMs = FIRST_RETRY_MS;
		this.#enter({ kind: 'saving', pending: this.#queue.length });
		this.#start();
	}

	/** No new writes and no more calls back; what is pending stays readable. `flush` first. */
	close(): void {
		this.#closed = true;
		this.#cancelRetry?.();
		this.#listeners.clear();
		this.#answer();
	}

	#start(): void {
		if (this.#closed || this.#flight) return;
		this.#cancelRetry?.();
		this.#cancelRetry = undefined;
		const flight = {};
		this.#flight = flight;
		const batch = this.#queue.slice(0, BATCH);
		const giveUp = this.#after(PATIENCE_MS, () => settle(new StoreError('unavailable')));
		const settle = (error?: unknown, ok = false) => {
			if (this.#flight !== flight) return;
			giveUp();
			this.#flight = undefined;
			if (ok) this.#wrote(batch.length);
			else this.#failed(error);
		};
		// In a then, so that a write that throws at once is a failed write too.
		Promise.resolve()
			.then(() => this.#write(batch, this.#savedSeq + 1))
			.then(
				() => settle(undefined, true),
				(error: unknown) => settle(error),
			);
	}

	#wrote(count: number): void {
		this.#queue = this.#queue.slice(count);
		this.#savedSeq += count;
		this.#retryMs = FIRST_RETRY_MS;
		if (this.#queue.length === 0) {
			this.#enter({ kind: 'saved', at: this.#now() });
			this.#answer();
			return;
		}
		this.#enter({ kind: 'saving', pending: this.#queue.length });
		this.#start();
	}

	#failed(error: unknown): void {
		const reason = error instanceof StoreError ? error.kind : 'unexpected';
		this.#enter({ kind: 'failed', reason, pending: this.#queue.length, error });
		if (TRANSIENT.has(reason) && !this.#closed) {
			this.#cancelRetry = this.#after(this.#retryMs, () => this.#start());
			this.#retryMs = Math.min(2 * this.#retryMs, LAST_RETRY_MS);
		}
		this.#answer();
	}

	#answer(): void {
		for (const resolve of this.#waiting.splice(0)) resolve(this.#state);
	}

	#enter(state: SaveState): void {
		this.#state = state;
		for (const listener of this.#listeners) listener(state);
	}
}
