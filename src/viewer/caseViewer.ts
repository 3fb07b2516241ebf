import type { XyzMm } from '../grid/grid.ts';
import { Panel } from './panel.ts';
import { type OutlineScene, RegionOutlines } from './regionOutlines.ts';

/** What the viewer asks of whoever owns the work. Panels are named by their sequence. */
export interface ViewerEvents {
	/** The place looked at, or the slice of a panel, changed. */
	moved(): void;
	/** A panel's image could not be drawn any more: the browser took its WebGL context back. */
	contextLost(panel: string): void;
}

/** The panels of one case, linked in mm: whatever place one of them looks at, the others look at too. */
export class CaseViewer {
	readonly #panels = new Map<string, Panel>();
	readonly #events: ViewerEvents;
	#scene: OutlineScene = { regions: [], active: undefined, comparison: 'none', composite: false };
	#position: XyzMm | undefined;

	constructor(events: ViewerEvents) {
		this.#events = events;
	}

	/** Builds a panel in an element of the page. */
	mount(name: string, host: HTMLElement): Panel {
		const outlines = new RegionOutlines();
		const panel = new Panel(host, (series, view, slice) => outlines.layers(this.#scene, series.sequence, view, slice));
		panel.onContextLost = () => this.#events.contextLost(name);
		this.#panels.set(name, panel);
		return panel;
	}

	/** Takes a panel away and frees what it holds. */
	unmount(name: string): void {
		this.#panels.get(name)?.dispose();
		this.#panels.delete(name);
	}

	panel(name: string): Panel | undefined {
		return this.#panels.get(name);
	}

	get panels(): ReadonlyMap<string, Panel> {
		return this.#panels;
	}

	/** The place looked at, world mm, or undefined before the first look. */
	get position(): XyzMm | undefined {
		return this.#position;
	}

	/** Takes all panels to a place in the head. */
	lookAt(position: XyzMm): void {
		this.#position = position;
		for (const panel of this.#panels.values()) panel.lookAt(position);
		this.#events.moved();
	}

	/** Takes one panel to a slice; the others follow to the same place. */
	goToSlice(name: string, slice: number): void {
		const panel = this.#panels.get(name);
		if (!panel?.view) return;
		const [x, y] = panel.crosshair ?? [(panel.view.dims[0] - 1) / 2, (panel.view.dims[1] - 1) / 2];
		const to = Math.min(panel.view.dims[2] - 1, Math.max(0, slice));
		this.lookAt(panel.positionAt(x, y, to));
	}

	/** Sets what is outlined and repaints all panels. */
	show(scene: OutlineScene): void {
		this.#scene = scene;
		for (const panel of this.#panels.values()) panel.repaint();
	}

	dispose(): void {
		for (const name of [...this.#panels.keys()]) this.unmount(name);
	}
}
