import type { XyzMm } from '../../grid/grid.ts';
import { chosenPlace } from '../../mask/chosenPlace.ts';
import { type Frame, lesionFrame } from '../../mask/lesionFrame.ts';
import { maskOf } from '../../mask/maskOf.ts';
import type { RegionMask } from '../../mask/regionMask.ts';
import { REGION_SEQUENCE, type Region, type Sequence } from '../../protocol/protocol.ts';
import type { SliceChoice } from '../../protocol/sliceChoice.ts';
import { CaseViewer } from '../../viewer/caseViewer.ts';
import type { Panel } from '../../viewer/panel.ts';
import type { Window } from '../../viewer/series.ts';
import type { CaseBridge } from '../../workers/bridge.ts';
import type { CaseSource } from '../../workers/caseSource.ts';
import type { LoadedSeries } from '../../workers/tasks.ts';
import { drawableRegions, findCatalogueCase, loadOrder, unreachable } from '../practice/openCase.ts';
import { TARGET_COLOUR } from '../practice/targetColour.ts';
import { DEFAULT_PERCENT, windowAt } from '../practice/windows.ts';
import { apart } from './apart.ts';
import { closeCamera } from './closeCamera.ts';
import type { FigureSpec, FigureView } from './figure.ts';
import type { FigureState, SeriesStand } from './state.ts';

/** Room around the lesions in a close look, mm. */
const ROOM_MM = 20;

/** One case in a live figure: its images, the outlines of its reference, and where the reader looks. Nothing is drawn or kept. */
export class FigureSession {
	readonly viewer = new CaseViewer({
		moved: () => this.#touch(),
		contextLost: (name) => this.#rebuild(Number(name)),
	});
	readonly #bridge: CaseBridge;
	readonly #spec: FigureSpec;
	readonly #closing = new AbortController();
	readonly #listeners = new Set<() => void>();
	readonly #hosts = new Map<number, HTMLElement>();
	readonly #resize = new ResizeObserver(() => this.#frameAll());
	readonly #series = new Map<Sequence, LoadedSeries>();
	readonly #masks = new Map<Region, RegionMask>();
	/** Setting one colours the volume anew, which takes a while without a graphics card. */
	readonly #windows = new WeakMap<Panel, Window>();
	#source: CaseSource | undefined;
	#view: FigureView;
	/** Where to look first, until that is known. */
	#aim: SliceChoice | undefined;
	#frame: Frame | undefined;
	#state: FigureState;

	constructor(spec: FigureSpec, bridge: CaseBridge) {
		this.#spec = spec;
		this.#bridge = bridge;
		this.#view = spec;
		this.#aim = spec.slice;
		this.#state = {
			failure: undefined,
			panels: spec.sequences,
			sequences: [],
			series: new Map(),
			offered: [],
			on: spec.regions,
			active: activeOf(spec),
			composite: spec.composite,
			referenceShown: true,
			referenceIssues: [],
			closeUp: spec.crop === 'lesion',
			revision: 0,
		};
	}

	get state(): FigureState {
		return this.#state;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Finds the case, reads its reference, then the series: those shown first, then those that are needed later. */
	async open(): Promise<void> {
		this.#set({ failure: undefined });
		const { signal } = this.#closing;
		try {
			const found = await findCatalogueCase(this.#spec.caseId, signal);
			if (!found.ok) return this.#set({ failure: found.failure });
			this.#source = found.source;
			this.#set({ sequences: loadOrder(found.source.manifest) });
			await this.#readReference(found.source);
			for (const sequence of [...this.#state.panels, ...this.#spec.later])
				if (!this.#state.series.has(sequence)) await this.load(sequence);
		} catch (error) {
			if (!signal.aborted) throw error;
		}
	}

	/** Shows something else of the same case, as another step does; the reference is shown again. */
	show(view: FigureView): void {
		this.#view = view;
		this.#aim = view.slice;
		this.#set({
			panels: view.sequences,
			on: view.regions,
			active: activeOf(view),
			composite: view.composite,
			referenceShown: true,
			closeUp: view.crop === 'lesion',
		});
		this.#outline();
		for (const sequence of view.sequences)
			if (Array.isArray(this.#state.series.get(sequence))) void this.load(sequence);
		this.#showAll();
	}

	/** Gives a panel its place on the page; the images follow when they are there. */
	mount(panel: number, host: HTMLElement): () => void {
		this.viewer.mount(String(panel), host).setCrosshairShown(false);
		this.#hosts.set(panel, host);
		this.#resize.observe(host);
		this.#touch();
		void this.#showIn(panel);
		return () => {
			this.#resize.unobserve(host);
			this.#hosts.delete(panel);
			this.viewer.unmount(String(panel));
		};
	}

	/** Shows another sequence in the last panel. */
	choose(sequence: Sequence): void {
		const panels = [...this.#state.panels.slice(0, -1), sequence];
		this.#set({ panels });
		this.#showAll();
	}

	/** Switches the outline of a region on or off; the reference with it where that was hidden. */
	toggle(region: Region): void {
		const { on } = this.#state;
		const without = on.filter((each) => each !== region);
		const isOff = without.length === on.length;
		if (isOff) this.#set({ on: [...on, region], active: region, referenceShown: true });
		else this.#set({ on: without, active: without.at(-1) });
		this.#outline();
	}

	showReference(referenceShown: boolean): void {
		this.#set({ referenceShown });
		this.#outline();
	}

	setCloseUp(closeUp: boolean): void {
		this.#set({ closeUp });
		this.#frameAll();
	}

	/** Takes a panel to one of its slices, the others to the same place. */
	goToSlice(panel: number, slice: number): void {
		this.viewer.goToSlice(String(panel), slice);
	}

	/** Looks at a place in all panels, and shows with a crosshair where it is. */
	lookAt(place: XyzMm): void {
		for (const panel of this.viewer.panels.values()) panel.setCrosshairShown(true);
		this.viewer.lookAt(place);
	}

	/** Loads a series where it is not here yet, and shows it where it is wanted. What is wrong with it is told in its panel. */
	async load(sequence: Sequence): Promise<void> {
		const { signal } = this.#closing;
		const stand = this.#state.series.get(sequence);
		if (!this.#source || stand === 'here' || stand === 'waiting') return;
		this.#setSeries(sequence, 'waiting');
		try {
			const loaded = await this.#bridge.loadSeries({ signal }, this.#source, sequence);
			if (!loaded.ok) return this.#setSeries(sequence, loaded.issues);
			this.#series.set(sequence, loaded.value);
			this.#setSeries(sequence, 'here');
			this.#showAll();
		} catch (error) {
			if (signal.aborted) return;
			const isFetch = error instanceof Error && error.name === 'TypeError';
			const issue = isFetch ? unreachable(sequence) : { code: 'series.stopped', path: sequence, params: {} };
			this.#setSeries(sequence, [issue]);
		}
	}

	close(): void {
		this.#closing.abort(new DOMException('the figure was closed', 'AbortError'));
		this.#resize.disconnect();
		this.#bridge.close();
		this.viewer.dispose();
	}

	async #readReference(source: CaseSource): Promise<void> {
		const { signal } = this.#closing;
		try {
			// All of them, whatever is offered: they say where the lesions are.
			const read = await this.#bridge.readReferences({ signal }, source, drawableRegions(source.manifest));
			if (!read.ok) return this.#set({ referenceIssues: read.issues });
			for (const [region, { grid, data }] of read.value) {
				const mask = maskOf(grid, data);
				if (mask.total > 0) this.#masks.set(region, mask);
			}
			this.#frame = lesionFrame(this.#masks.values(), ROOM_MM);
			this.#set({ offered: this.#spec.offered.filter((region) => this.#masks.has(region)) });
			this.#outline();
		} catch (error) {
			if (signal.aborted || !(error instanceof Error && error.name === 'TypeError')) throw error;
			this.#set({ referenceIssues: [unreachable('reference')] });
		}
	}

	#showAll(): void {
		for (const panel of this.#state.panels.keys()) void this.#showIn(panel);
	}

	async #showIn(index: number): Promise<void> {
		const panel = this.viewer.panel(String(index));
		const sequence = this.#state.panels[index];
		if (!panel || !sequence) return;
		const loaded = this.#series.get(sequence);
		if (!loaded) {
			// One that failed is asked for again by the reader, not by every series that comes after it.
			if (!this.#state.series.has(sequence)) void this.load(sequence);
			return;
		}
		const window = this.#windowOf(index, loaded);
		try {
			if (panel.series !== loaded) await panel.show(loaded, window);
			else if (!sameWindow(this.#windows.get(panel), window)) panel.setWindow(window);
			this.#windows.set(panel, window);
		} catch {
			// Niivue says no more than that it could not: no WebGL, no memory.
			const gone = this.#closing.signal.aborted || this.viewer.panel(String(index)) !== panel;
			if (!gone) this.#setSeries(sequence, [{ code: 'series.notShown', path: sequence, params: {} }]);
			return;
		}
		this.#frameIn(index);
		this.#takeAim();
		if (this.viewer.position) panel.lookAt(this.viewer.position);
		this.#touch();
	}

	#windowOf(index: number, { quantiles }: LoadedSeries): Window {
		return windowAt(quantiles, (index === 0 && this.#view.window) || DEFAULT_PERCENT);
	}

	/** Looks where the figure asks for, as soon as the reference or the first panel can say where that is. */
	#takeAim(): void {
		if (this.#aim === undefined) return;
		const first = this.viewer.panel('0');
		if (!first?.view || first.series?.sequence !== this.#state.panels[0]) return;
		const place = this.#placeOf(this.#aim);
		this.#aim = undefined;
		if (place) this.viewer.lookAt(place);
		else this.viewer.goToSlice('0', first.view.dims[2] >> 1);
	}

	#placeOf(choice: SliceChoice): XyzMm | undefined {
		if (typeof choice === 'number') {
			const first = this.viewer.panel('0');
			if (!first?.view) return undefined;
			const [x, y] = [(first.view.dims[0] - 1) / 2, (first.view.dims[1] - 1) / 2];
			return first.positionAt(x, y, Math.min(choice, first.view.dims[2] - 1));
		}
		const mask = this.#masks.get(choice.region);
		return mask && chosenPlace(mask, choice.which);
	}

	#frameAll(): void {
		for (const index of this.#hosts.keys()) this.#frameIn(index);
	}

	#frameIn(index: number): void {
		const panel = this.viewer.panel(String(index));
		const host = this.#hosts.get(index);
		if (!panel?.view || !host) return;
		const isClose = this.#state.closeUp && this.#frame !== undefined;
		panel.setCamera(isClose ? closeCamera(panel.view, this.#frame!, host.clientWidth, host.clientHeight) : undefined);
	}

	#outline(): void {
		const { on, active, composite, referenceShown } = this.#state;
		this.viewer.show({
			active,
			comparison: 'none',
			composite,
			regions: [...(composite ? apart(this.#masks, on) : this.#masks)].map(([region, mask]) => ({
				region,
				sequence: REGION_SEQUENCE[region],
				colour: TARGET_COLOUR[region],
				mask,
				visible: referenceShown && on.includes(region),
			})),
		});
	}

	/** Builds a panel anew whose image could not be drawn any more. */
	#rebuild(index: number): void {
		const host = this.#hosts.get(index);
		if (!host) return;
		this.viewer.unmount(String(index));
		this.mount(index, host);
		this.#outline();
	}

	#setSeries(sequence: Sequence, stand: SeriesStand): void {
		this.#set({ series: new Map(this.#state.series).set(sequence, stand) });
	}

	#touch(): void {
		this.#set({ revision: this.#state.revision + 1 });
	}

	#set(change: Partial<FigureState>): void {
		this.#state = { ...this.#state, ...change };
		for (const listener of this.#listeners) listener();
	}
}

/** Of the regions of a view the latest that is drawn on its first sequence, else the latest. */
function activeOf({ regions, sequences }: FigureView): Region | undefined {
	return regions.findLast((region) => REGION_SEQUENCE[region] === sequences[0]) ?? regions.at(-1);
}

function sameWindow(a: Window | undefined, b: Window): boolean {
	return a?.low === b.low && a.high === b.high;
}
