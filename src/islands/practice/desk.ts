import type { Grid } from '../../grid/grid.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import { TARGET_SEQUENCE, type Target } from '../../protocol/target.ts';
import type { AttemptEvent } from '../../schemas/attempt.ts';
import type { SaveState } from '../../store/autosave.ts';
import type { Store } from '../../store/store.ts';
import { CaseViewer } from '../../viewer/caseViewer.ts';
import type { CaseBridge } from '../../workers/bridge.ts';
import type { CaseSource } from '../../workers/caseSource.ts';
import type { LoadedSeries } from '../../workers/tasks.ts';
import { AttemptJournal, type JournalListener } from './attemptJournal.ts';
import { panelsOnScreen } from './panels/arrangement.ts';
import type { Proposed } from './proposals.ts';
import type { PracticeState } from './state.ts';
import { TARGET_COLOUR } from './targetColour.ts';
import { Windows } from './windows.ts';
import type { Work } from './work.ts';

const LOOK_LOG_MS = 2_000;

/** What the desk tells the session of. */
export interface DeskEvents extends Omit<JournalListener, 'saved' | 'elsewhere'> {
	/** A panel's image could not be drawn any more. */
	contextLost(panel: Sequence): void;
	/** What is being drawn is to end, and what is proposed to go: something else is about to begin. */
	settle(): void;
}

/** What all parts of a session share: the state that React reads, images, masks, journal, worker and store. */
export class Desk {
	readonly store: Store;
	readonly bridge: CaseBridge;
	readonly journal: AttemptJournal;
	readonly viewer: CaseViewer;
	readonly windows = new Windows();
	readonly series = new Map<Sequence, LoadedSeries>();
	readonly references = new Map<Target, Uint8Array>();
	/** Aborts when the case is closed. */
	readonly closing = new AbortController();
	source: CaseSource | undefined;
	/** Undefined until the journal was read: nothing is drawn before. */
	work: Work | undefined;
	/** What a tool proposes now: it is shown, not drawn. */
	proposed: Proposed | undefined;
	/** Another attempt is on its way in. */
	switching = false;
	readonly #listeners = new Set<() => void>();
	readonly #events: DeskEvents;
	#state: PracticeState;
	#revision = 0;
	#lookTimer: ReturnType<typeof setTimeout> | undefined;

	constructor(store: Store, bridge: CaseBridge, start: PracticeState, events: DeskEvents) {
		this.store = store;
		this.bridge = bridge;
		this.#state = start;
		this.#events = events;
		this.journal = new AttemptJournal(store, {
			saved: (saved) => this.set({ saved }),
			elsewhere: (elsewhere) => this.set({ elsewhere }),
			granted: (attemptId) => events.granted(attemptId),
		});
		this.viewer = new CaseViewer({
			moved: () => this.noteLooks(),
			contextLost: (name) => events.contextLost(name as Sequence),
		});
	}

	get state(): PracticeState {
		return this.#state;
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Grows with whatever changes a mask, a slice, a window or what was looked at. */
	get revision(): number {
		return this.#revision;
	}

	set(change: Partial<PracticeState>): void {
		const canUndo = this.work?.canUndo ?? false;
		const canRedo = this.work?.canRedo ?? false;
		this.#state = { ...this.#state, canUndo, canRedo, ...change };
		for (const listener of this.#listeners) listener();
	}

	/** Tells that a mask, a slice, a window or what was looked at changed. */
	touch(): void {
		this.#revision++;
		this.set({});
	}

	/**
	 * Whether a stroke, undo or redo would be kept: not in a comparison, nor while one or a version of a reference is
	 * made, nor where the attempt is another tab's or gone, nor in a reference before it is known who draws, nor in a repair
	 * before the error was named.
	 */
	get canDraw(): boolean {
		const { saved, report, scoring, authoring, elsewhere, purpose, expert } = this.#state;
		const isKnown =
			purpose === 'practice' || (purpose === 'repair' ? this.work?.named !== undefined : expert !== undefined);
		const isBusy = report !== undefined || scoring || authoring || this.switching;
		return this.work !== undefined && isKnown && !isBusy && !elsewhere && !isLost(saved);
	}

	/** Grids of the series that are here. */
	get grids(): Map<Sequence, Grid> {
		return new Map([...this.series].map(([sequence, { grid }]) => [sequence, grid]));
	}

	/** Sequence that a panel shows now. */
	sequenceOf(panel: Sequence): Sequence {
		return panel === 'DWI' && this.#state.showsAdc ? 'ADC' : panel;
	}

	/** Writes what was looked at and what was done into the journal. */
	log(...events: readonly AttemptEvent[]): void {
		this.journal.log([...(this.work?.takeLooks() ?? []), ...events]);
	}

	/** Ends what is being drawn and lets go of what is proposed. */
	settle(): void {
		this.#events.settle();
	}

	chooseRegion(region: Target): void {
		this.settle();
		this.set({ region, front: TARGET_SEQUENCE[region] });
		this.showOutlines();
		this.noteLooks();
	}

	/** Brings a region to sight that was hidden: what is drawn must be seen. */
	reveal(region: Target): void {
		if (!this.#state.hidden.has(region)) return;
		const hidden = new Set(this.#state.hidden);
		hidden.delete(region);
		this.set({ hidden });
	}

	/** Notes which slices are on the screen; not those of an attempt that another tab goes on with. */
	noteLooks(): void {
		if (!this.work || this.#state.elsewhere) {
			this.touch();
			return;
		}
		let first = false;
		const onScreen = new Set<string>(panelsOnScreen(this.#state));
		for (const [name, panel] of this.viewer.panels) {
			const sequence = this.sequenceOf(name as Sequence);
			if (panel.series && onScreen.has(name) && this.work.look(sequence, panel.slice)) first = true;
		}
		if (first) {
			this.#lookTimer ??= setTimeout(() => {
				this.#lookTimer = undefined;
				this.log();
			}, LOOK_LOG_MS);
		}
		this.touch();
	}

	/** Draws the outlines of all regions, or their comparison with the reference, anew. */
	showOutlines(): void {
		const { targets, region, hidden, comparison, composite } = this.#state;
		const { proposed } = this;
		this.viewer.show({
			active: region,
			proposal: proposed && {
				...proposed,
				sequence: TARGET_SEQUENCE[proposed.region],
				colour: TARGET_COLOUR[proposed.region],
			},
			comparison,
			composite,
			regions: targets.flatMap((each) => {
				const mask = this.work?.masks.get(each);
				const reference = comparison === 'none' ? undefined : this.references.get(each);
				if (!mask) return [];
				const sequence = TARGET_SEQUENCE[each];
				return [{ region: each, sequence, colour: TARGET_COLOUR[each], mask, reference, visible: !hidden.has(each) }];
			}),
		});
		this.touch();
	}

	close(): void {
		clearTimeout(this.#lookTimer);
		this.closing.abort(new DOMException('the case was closed', 'AbortError'));
		this.bridge.close();
		this.viewer.dispose();
	}
}

/** Whether the attempt cannot be gone on with here: what is added to it will never be kept. */
export function isLost(saved: SaveState): boolean {
	return saved.kind === 'failed' && (saved.reason === 'otherTab' || saved.reason === 'gone');
}
