import type { Sequence } from '../../../protocol/protocol.ts';
import type { Layout } from '../../../schemas/preferences.ts';
import { savePreferences } from '../../../store/preferences.ts';
import type { Desk } from '../desk.ts';
import type { PracticeState } from '../state.ts';

/** What a sequence is compared with at the same place: enhancement with plain T1, oedema with T2 (§4-③, §4-①). */
const COUNTERPART: Partial<Record<Sequence, Sequence>> = { T1C: 'T1', T1: 'T1C', FLAIR: 'T2', T2: 'FLAIR' };

/** Panels that are on the screen, in the order of their places. While a counterpart is shown the two change places. */
export function panelsOnScreen({
	panels,
	front,
	layout,
	counterpart,
}: Pick<PracticeState, 'panels' | 'front' | 'layout' | 'counterpart'>): readonly Sequence[] {
	const home = counterpart?.of ?? front;
	const swapped = (name: Sequence): Sequence => {
		if (name === counterpart?.of) return counterpart.shown;
		return name === counterpart?.shown ? counterpart.of : name;
	};
	if (layout === 'all' || !home) return panels.map(swapped);
	if (layout === 'one') return [swapped(home)];
	const four = panels.slice(0, 4);
	return (four.includes(home) ? four : [...four.slice(0, 3), home]).map(swapped);
}

/** The sequence that one is compared with, where the case has it. */
export function counterpartOf(state: Pick<PracticeState, 'panels' | 'front' | 'counterpart'>): Sequence | undefined {
	const of = state.counterpart?.of ?? state.front;
	const other = of && COUNTERPART[of];
	return other && state.panels.includes(other) ? other : undefined;
}

/** How the panels lie, and what they show of all regions. */
export class Arrangement {
	readonly #desk: Desk;
	/** The layout that a maximised panel goes back to. */
	#before: Exclude<Layout, 'one'> = 'all';

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	setLayout(layout: Layout): void {
		const { state } = this.#desk;
		if (state.layout !== 'one') this.#before = state.layout;
		savePreferences({ layout });
		this.#desk.set({ layout });
		this.#desk.noteLooks();
	}

	/** Gives one panel all the room, or puts the others back beside it. */
	toggleMaximised(panel: Sequence | undefined = this.#desk.state.front): void {
		const { layout, front } = this.#desk.state;
		const restores = layout === 'one' && panel === front;
		this.#desk.set({ front: panel });
		this.setLayout(restores ? this.#before : 'one');
	}

	/** Puts the counterpart of the front panel's sequence in its place: the same place in mm, as large. */
	showCounterpart(): void {
		const { state, viewer } = this.#desk;
		const { front, counterpart } = state;
		const shown = counterpartOf(state);
		if (counterpart || !front || !shown) return;
		this.#desk.set({ front: shown, counterpart: { of: front, shown } });
		const panel = viewer.panel(front);
		if (panel) viewer.panel(shown)?.lookLike(panel);
		this.#desk.noteLooks();
	}

	/** Puts the panel back that a counterpart took the place of. */
	hideCounterpart(): void {
		const { front, counterpart } = this.#desk.state;
		if (!counterpart) return;
		this.#desk.viewer.panel(counterpart.shown)?.lookLike(undefined);
		// Not where another panel was brought forward meanwhile.
		this.#desk.set({ counterpart: undefined, ...(front === counterpart.shown && { front: counterpart.of }) });
		this.#desk.noteLooks();
	}

	/** Fills all regions in their colours on all panels, or outlines them. */
	toggleComposite(): void {
		this.#desk.set({ composite: !this.#desk.state.composite });
		this.#desk.showOutlines();
	}
}
