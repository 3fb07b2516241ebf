import type { LearnerEvent } from '../../schemas/learnerEvent.ts';
import { type Failure, failureOf } from './learnerStore.ts';

/** Whether answers are in the browser's database; those that are not are noted beside it and tried again. */
export type Keeping =
	| { readonly kind: 'kept'; readonly at: Date }
	| { readonly kind: 'waiting' }
	| { readonly kind: 'failed'; readonly failure: Failure; readonly count: number };

const UNKEPT = 'concord.unkept';

/** Where events go. */
interface Sink {
	appendLearner(events: readonly LearnerEvent[]): Promise<void>;
}

/**
 * Keeps answers, each at once. What the database refuses stays here and, as far as it can, in `storage`, so that a reload
 * does not lose it either; it is written with the next answer, or when asked. Written twice it does no harm.
 */
export class Keeper {
	readonly #sink: () => Promise<Sink>;
	readonly #onChange: (keeping: Keeping) => void;
	readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined;
	#unkept: LearnerEvent[];
	#writing: Promise<void> | undefined;

	constructor(
		sink: () => Promise<Sink>,
		onChange: (keeping: Keeping) => void,
		storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined,
	) {
		this.#sink = sink;
		this.#onChange = onChange;
		this.#storage = storage;
		this.#unkept = this.#read();
	}

	/** Answers that are not in the database yet, from the oldest. */
	get unkept(): readonly LearnerEvent[] {
		return this.#unkept;
	}

	/** Resolves when the event is written, or noted as not written; never rejects. */
	keep(event: LearnerEvent): Promise<void> {
		this.#unkept = [...this.#unkept, event];
		this.#note();
		return this.retry();
	}

	/** Writes what is not written yet. */
	async retry(): Promise<void> {
		// What came meanwhile goes with the next round.
		while (this.#writing) await this.#writing;
		if (this.#unkept.length === 0) return;
		this.#writing = this.#write();
		await this.#writing;
	}

	async #write(): Promise<void> {
		const events = this.#unkept;
		this.#onChange({ kind: 'waiting' });
		try {
			await (await this.#sink()).appendLearner(events);
			this.#unkept = this.#unkept.filter((event) => !events.includes(event));
			this.#onChange({ kind: 'kept', at: new Date() });
		} catch (error) {
			this.#onChange({ kind: 'failed', failure: failureOf(error), count: this.#unkept.length });
		} finally {
			this.#note();
			this.#writing = undefined;
		}
	}

	#note(): void {
		try {
			if (this.#unkept.length === 0) this.#storage?.removeItem(UNKEPT);
			else this.#storage?.setItem(UNKEPT, JSON.stringify(this.#unkept));
		} catch {
			// Full or blocked: then they last as long as the page.
		}
	}

	#read(): LearnerEvent[] {
		try {
			const noted: unknown = JSON.parse(this.#storage?.getItem(UNKEPT) ?? '[]');
			return Array.isArray(noted) ? (noted as LearnerEvent[]) : [];
		} catch {
			return [];
		}
	}
}
