import type { AttemptEvent } from '../../schemas/attempt.ts';
import { type AttemptClaim, claimAttempt } from '../../store/attemptLock.ts';
import { Autosave, type SaveState } from '../../store/autosave.ts';
import type { Store } from '../../store/store.ts';

/** Who is told what becomes of the attempt. */
export interface JournalListener {
	saved(state: SaveState): void;
	/** Whether the attempt is another tab's: here it is only shown. */
	elsewhere(elsewhere: boolean): void;
	/** The tab that had the attempt is closed: its journal is to be opened anew. */
	granted(attemptId: string): void;
}

/** What was found when a journal was opened. */
export interface OpenedJournal {
	readonly reports: number;
	readonly saved: SaveState;
}

/**
 * The journal of the attempt that is open here: what was read of it and what was added since, which is on its way to
 * the disk. An attempt is one tab's at a time; another one shows it and waits.
 */
export class AttemptJournal {
	readonly #store: Store;
	readonly #listener: JournalListener;
	#attemptId: string | undefined;
	#claim: AttemptClaim | undefined;
	#autosave: Autosave | undefined;
	#events: AttemptEvent[] = [];
	#unreadable = 0;
	#activeMs = 0;

	constructor(store: Store, listener: JournalListener) {
		this.#store = store;
		this.#listener = listener;
	}

	/** The attempt that is open, or undefined before the first. */
	get attemptId(): string | undefined {
		return this.#attemptId;
	}

	/** All events, from the first. */
	get events(): readonly AttemptEvent[] {
		return this.#events;
	}

	/** Entries that could not be read. */
	get unreadable(): number {
		return this.#unreadable;
	}

	/** Time of work over all events, ms. */
	get activeMs(): number {
		return this.#activeMs;
	}

	/** Number of the last event, kept or not. */
	get lastSeq(): number {
		return this.#autosave?.lastSeq ?? 0;
	}

	/** Whether anything drawn is in memory only. What was merely looked at does not count. */
	get unsaved(): boolean {
		return (this.#autosave?.pending ?? []).some(({ kind }) => kind !== 'look');
	}

	/** Goes on with an attempt: claims it, reads its journal, and keeps what is added from now on. */
	async open(attemptId: string, signal: AbortSignal): Promise<OpenedJournal> {
		await this.#claimAttempt(attemptId, signal);
		const journal = await this.#store.loadJournal(attemptId);
		signal.throwIfAborted();
		this.#autosave?.close();
		this.#autosave = new Autosave({
			write: (events, fromSeq) => this.#store.appendEvents(attemptId, events, fromSeq),
			lastSeq: journal.lastSeq,
		});
		this.#autosave.subscribe((state) => this.#listener.saved(state));
		this.#events = [...journal.events];
		this.#unreadable = journal.issues.length;
		this.#activeMs = journal.events.reduce((sum, event) => sum + event.activeMs, 0);
		const last = journal.events.at(-1);
		return { reports: journal.reports.length, saved: { kind: 'saved', at: last && new Date(last.at) } };
	}

	/** Adds events at the end. */
	log(events: readonly AttemptEvent[]): void {
		for (const event of events) {
			this.#activeMs += event.activeMs;
			this.#events.push(event);
			this.#autosave?.push(event);
		}
	}

	/** Resolves once all events up to now are kept, or could not be; undefined where nothing is open. */
	flush(): Promise<SaveState | undefined> {
		return this.#autosave?.flush() ?? Promise.resolve(undefined);
	}

	/** Tries again to keep what could not be kept. */
	retry(): void {
		this.#autosave?.retry();
	}

	/** Gives the attempt to the tab that waits for it. */
	release(): void {
		this.#claim?.release();
	}

	async #claimAttempt(attemptId: string, signal: AbortSignal): Promise<void> {
		if (this.#claim && this.#attemptId === attemptId) return;
		this.#claim?.release();
		const claim = await claimAttempt(attemptId);
		if (signal.aborted) claim.release();
		signal.throwIfAborted();
		this.#claim = claim;
		this.#attemptId = attemptId;
		this.#listener.elsewhere(!claim.held);
		if (claim.held) return;
		void claim.granted.then(() => {
			if (this.#claim === claim) this.#listener.granted(attemptId);
		});
	}
}
