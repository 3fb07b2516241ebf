import type { SlicePoint } from '../../mask/brush.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import type { Panel } from '../../viewer/panel.ts';
import type { Desk } from './desk.ts';
import type { Drawing } from './drawing.ts';

/** Corners of a line that is being set with keys. */
interface Corners {
	readonly panel: Sequence;
	readonly slice: number;
	readonly points: SlicePoint[];
}

/** Draws without a pointer: the crosshair is moved with keys, and the tool works where it is. */
export class CrosshairHand {
	readonly #desk: Desk;
	readonly #drawing: Drawing;
	#corners: Corners | undefined;

	constructor(desk: Desk, drawing: Drawing) {
		this.#desk = desk;
		this.#drawing = drawing;
	}

	/** Moves the crosshair over the slice in front, in voxels as they lie on the screen: to the right and up. */
	move(right: number, up: number): void {
		const at = this.#at();
		if (!at) return;
		const { dims } = at.view;
		// The patient's right is at the left of the screen.
		const x = Math.min(dims[0] - 1, Math.max(0, at.point.x - right));
		const y = Math.min(dims[1] - 1, Math.max(0, at.point.y + up));
		this.#desk.viewer.lookAt(at.panel.positionAt(x, y));
	}

	/** Uses the chosen tool at the crosshair: dabs, fills, grows, or sets a corner of a line. Says whether it could. */
	use(): boolean {
		const at = this.#at();
		if (!at || !this.#drawing.canDrawOn(at.name)) return false;
		const { tool } = this.#desk.state;
		switch (tool) {
			case 'brush':
			case 'eraser':
				this.#drawing.start(at.name, at.point, tool === 'eraser');
				this.#drawing.end();
				return true;
			case 'fill':
				this.#drawing.fill(at.name, at.point);
				return true;
			case 'grow':
				return this.#drawing.proposals.growFrom(at.name, at.point);
			case 'lasso':
			case 'threshold':
				this.#setCorner(at.name, at.panel, at.point);
				return true;
			default:
				return false;
		}
	}

	/** Closes the line over its corners and hands it to the tool. Says whether there was one. */
	close(): boolean {
		const corners = this.#corners;
		const { tool, lassoErases } = this.#desk.state;
		if (!corners || corners.points.length < 3 || !this.cancel()) return false;
		if (this.#desk.viewer.panel(corners.panel)?.slice !== corners.slice) return false;
		if (tool === 'threshold') this.#drawing.proposals.thresholdIn(corners.panel, corners.points);
		else if (tool === 'lasso') this.#drawing.lasso(corners.panel, corners.points, lassoErases);
		return true;
	}

	/** Lets go of the corners that were set. Says whether there were any. */
	cancel(): boolean {
		if (!this.#corners) return false;
		this.#desk.viewer.panel(this.#corners.panel)?.setSketch(undefined);
		this.#corners = undefined;
		return true;
	}

	#setCorner(name: Sequence, panel: Panel, point: SlicePoint): void {
		const { slice } = panel;
		if (this.#corners?.panel !== name || this.#corners.slice !== slice)
			this.#corners = { panel: name, slice, points: [] };
		const { points } = this.#corners;
		points.push(point);
		panel.setSketch({ slice, points, closed: true });
	}

	#at() {
		const { front } = this.#desk.state;
		const panel = front && this.#desk.viewer.panel(front);
		if (!front || !panel?.view || !panel.crosshair) return undefined;
		const [x, y] = panel.crosshair;
		return { name: front, panel, view: panel.view, point: { x: Math.round(x), y: Math.round(y) } };
	}
}
