import type { Grid } from '../../grid/grid.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import { TARGET_SEQUENCE } from '../../protocol/target.ts';
import type { Window } from '../../viewer/series.ts';
import type { Desk } from './desk.ts';
import { unreachable } from './openCase.ts';
import type { SeriesState } from './state.ts';

/** 1 shows the whole slice. */
export const ZOOM = { min: 1, max: 16 } as const;

/** The images: series on their way in, panels, windows, what part of the head is seen. */
export class Images {
	readonly #desk: Desk;

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	/** Gives a panel its place on the page; the images follow when they are there. */
	mount(name: Sequence, host: HTMLElement): () => void {
		const panel = this.#desk.viewer.mount(name, host);
		panel.setOpacity(this.#desk.state.opacity);
		panel.setCrosshairShown(this.#desk.state.crosshairShown);
		this.#desk.touch();
		void this.#showIn(name);
		return () => this.#desk.viewer.unmount(name);
	}

	/** Grid of a series that is here. */
	gridOf(sequence: Sequence): Grid | undefined {
		return this.#desk.series.get(sequence)?.grid;
	}

	toggleAdc(): void {
		this.#desk.set({ showsAdc: !this.#desk.state.showsAdc });
		void this.#showIn('DWI');
	}

	/** Sets the window of what a panel shows; without one, back to the window by percentiles. */
	setWindow(panel: Sequence, window?: Window): void {
		const sequence = this.#desk.sequenceOf(panel);
		const { work, canDraw } = this.#desk;
		if (window && work && canDraw) this.#desk.log(...work.window(sequence));
		if (window) this.#desk.windows.set(sequence, window);
		else this.#desk.windows.reset(sequence);
		const set = this.#desk.windows.get(sequence);
		if (set) this.#desk.viewer.panel(panel)?.setWindow(set);
		this.#desk.touch();
	}

	/** Looks closer or from farther away, so that a voxel position of the slice stays where it is; the crosshair's if none is given. */
	zoomTo(name: Sequence, zoom: number, at?: readonly [number, number]): void {
		const panel = this.#desk.viewer.panel(name);
		const hold = at ?? panel?.crosshair;
		if (!panel?.view || !hold) return;
		const { zoom: before, centreMm } = panel.camera;
		const after = Math.min(ZOOM.max, Math.max(ZOOM.min, zoom));
		const [x, y] = [hold[0] * panel.view.spacingMm[0], hold[1] * panel.view.spacingMm[1]];
		panel.setCamera({
			zoom: after,
			centreMm: [x + ((centreMm[0] - x) * before) / after, y + ((centreMm[1] - y) * before) / after],
		});
		this.#desk.touch();
	}

	/** Back to all of the head. */
	resetView(panel: Sequence): void {
		this.#desk.viewer.panel(panel)?.setCamera(undefined);
		this.#desk.touch();
	}

	/** Loads a series and shows it; what is wrong with it is told in its panel. */
	async load(sequence: Sequence): Promise<void> {
		if (!this.#desk.source) return;
		this.#setSeries(sequence, { kind: 'waiting' });
		try {
			const loaded = await this.#desk.bridge.loadSeries(
				{ signal: this.#desk.closing.signal },
				this.#desk.source,
				sequence,
			);
			if (!loaded.ok) return this.#setSeries(sequence, { kind: 'failed', issues: loaded.issues });
			this.#desk.series.set(sequence, loaded.value);
			this.#desk.windows.add(sequence, loaded.value.quantiles);
			this.#setSeries(sequence, { kind: 'shown', warnings: loaded.value.warnings });
			void this.#showIn(sequence === 'ADC' && this.#desk.state.panels.includes('DWI') ? 'DWI' : sequence);
		} catch (error) {
			if (this.#desk.closing.signal.aborted) return;
			const isFetch = error instanceof Error && error.name === 'TypeError';
			const issue = isFetch ? unreachable(sequence) : { code: 'series.stopped', path: sequence, params: {} };
			this.#setSeries(sequence, { kind: 'failed', issues: [issue] });
		}
	}

	/** Goes to the middle of what was drawn, else of the series. */
	lookAtWork(): void {
		const { region } = this.#desk.state;
		if (!region || this.#desk.viewer.position) return;
		const panel = this.#desk.viewer.panel(TARGET_SEQUENCE[region]);
		const mask = this.#desk.work?.masks.get(region);
		if (!panel?.view) return;
		const drawn = mask ? [...mask.sliceCounts].flatMap((count, slice) => (count > 0 ? [slice] : [])) : [];
		const slice = drawn[drawn.length >> 1] ?? panel.view.dims[2] >> 1;
		this.#desk.viewer.goToSlice(TARGET_SEQUENCE[region], slice);
	}

	async #showIn(name: Sequence): Promise<void> {
		const panel = this.#desk.viewer.panel(name);
		const sequence = this.#desk.sequenceOf(name);
		const loaded = this.#desk.series.get(sequence);
		const window = this.#desk.windows.get(sequence);
		if (!panel || !loaded || !window) return;
		try {
			await panel.show(loaded, window);
		} catch {
			// Niivue says no more than that it could not: no WebGL, no memory. What to do is the same.
			const gone = this.#desk.closing.signal.aborted || this.#desk.viewer.panel(name) !== panel;
			const issue = { code: 'series.notShown', path: sequence, params: {} };
			if (!gone) this.#setSeries(sequence, { kind: 'failed', issues: [issue] });
			return;
		}
		if (this.#desk.viewer.position) panel.lookAt(this.#desk.viewer.position);
		else if (this.#desk.work) this.lookAtWork();
		this.#desk.noteLooks();
	}

	/** Builds a panel anew whose image could not be drawn any more. */
	rebuild(name: Sequence): void {
		const panel = this.#desk.viewer.panel(name);
		const host = panel?.surface.parentElement;
		if (!host) return;
		this.#desk.viewer.unmount(name);
		this.mount(name, host);
		this.#desk.showOutlines();
	}

	#setSeries(sequence: Sequence, state: SeriesState): void {
		this.#desk.set({ series: new Map(this.#desk.state.series).set(sequence, state) });
	}
}
