import { dab, type SlicePoint } from '../../mask/brush.ts';
import { combine } from '../../mask/combine.ts';
import { copySlice } from '../../mask/copySlice.ts';
import { fillOutline } from '../../mask/fillOutline.ts';
import { fillHoles } from '../../mask/holes.ts';
import { interpolateSlices } from '../../mask/interpolate.ts';
import { removeIslands } from '../../mask/islands.ts';
import { lasso } from '../../mask/lasso.ts';
import { margin } from '../../mask/margin.ts';
import type { RegionMask } from '../../mask/regionMask.ts';
import { smooth } from '../../mask/smooth.ts';
import type { Within } from '../../mask/within.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import { TARGET_SEQUENCE, type Target } from '../../protocol/target.ts';
import type { EditTool } from '../../schemas/attempt.ts';
import type { Desk } from './desk.ts';
import { Proposals } from './proposals.ts';
import type { MaskSource } from './work.ts';

/** What is done to all of a region at once. Lengths in mm. */
export type Operation =
	| { readonly kind: 'interpolate' | 'fillHoles' }
	| { readonly kind: 'copySlice'; readonly by: 1 | -1 }
	| { readonly kind: 'removeIslands'; readonly smallerThanMl: number }
	| { readonly kind: 'smooth'; readonly radiusMm: number }
	| { readonly kind: 'margin'; readonly mm: number }
	| {
			readonly kind: 'combine';
			readonly first: Target;
			readonly second: Target;
			readonly operation: 'union' | 'minus';
	  };

/** A stroke under way. */
interface Stroke {
	readonly region: Target;
	readonly mask: RegionMask;
	readonly panel: Sequence;
	readonly slice: number;
	readonly value: 0 | 1;
	readonly diameterMm: number;
	readonly ball: boolean;
	readonly within: Within | undefined;
	readonly changed: number[];
	last: SlicePoint;
}

/** A region's mask, and the slice that is drawn on. */
export interface Sheet {
	readonly region: Target;
	readonly mask: RegionMask;
	readonly slice: number;
}

/** After an edit nothing is said of what came before it. */
const NOTHING_TOLD = { imported: [], told: undefined } as const;

/** The hand that draws: strokes, outlines and operations on the region that is chosen, each one step to undo. */
export class Drawing {
	readonly proposals: Proposals;
	readonly #desk: Desk;
	#stroke: Stroke | undefined;

	constructor(desk: Desk) {
		this.#desk = desk;
		this.proposals = new Proposals(desk, {
			sheet: (panel) => this.#sheet(panel),
			commit: (sheet, tool, elements) => this.#commit(sheet, tool, elements),
		});
	}

	/** Whether a stroke is under way: what it is drawn on must stay in sight. */
	get busy(): boolean {
		return this.#stroke !== undefined;
	}

	/** Whether the chosen region can be drawn on a panel now. */
	canDrawOn(panel: Sequence): boolean {
		return this.#sheet(panel) !== undefined;
	}

	/** Starts a stroke where the region belongs; false where nothing can be drawn there. */
	start(panel: Sequence, at: SlicePoint, erases: boolean): boolean {
		const sheet = this.#sheet(panel);
		if (!sheet || this.#stroke) return false;
		const { diameterMm, ball } = this.#desk.state;
		this.proposals.cancel();
		this.#desk.reveal(sheet.region);
		this.#stroke = {
			...sheet,
			panel,
			value: erases ? 0 : 1,
			diameterMm,
			ball,
			within: erases ? undefined : this.#within(sheet.region),
			changed: [],
			last: at,
		};
		this.extend([at]);
		return true;
	}

	/** Draws on from the last point. Repaints the panel that is drawn on and no other. */
	extend(points: readonly SlicePoint[]): void {
		const stroke = this.#stroke;
		if (!stroke) return;
		for (const to of points) {
			dab(stroke.mask, { ...stroke, from: stroke.last, to }, stroke.changed);
			stroke.last = to;
		}
		this.#desk.viewer.panel(stroke.panel)?.repaint();
	}

	/** Ends the stroke: it can be undone, and is on its way to the disk. */
	end(): void {
		const stroke = this.#stroke;
		this.#stroke = undefined;
		if (!stroke || stroke.changed.length === 0) return;
		this.#note(stroke, stroke.value === 1 ? 'brush' : 'eraser', stroke.changed, stroke.diameterMm);
	}

	/** Takes back what the stroke under way changed: it never was. */
	abandon(): void {
		const stroke = this.#stroke;
		this.#stroke = undefined;
		if (!stroke) return;
		stroke.mask.flip(Uint32Array.from(stroke.changed));
		this.#desk.viewer.panel(stroke.panel)?.repaint();
	}

	/** Draws or erases what a closed line on a panel's slice holds. */
	lasso(panel: Sequence, points: readonly SlicePoint[], erases: boolean): void {
		const sheet = this.#sheet(panel);
		if (!sheet) return;
		const within = erases ? undefined : this.#within(sheet.region);
		const elements = lasso(sheet.mask, { slice: sheet.slice, points, value: erases ? 0 : 1, within });
		this.#commit(sheet, erases ? 'lassoErase' : 'lasso', elements);
	}

	/** Fills the outline around a point; tells where it is not closed. */
	fill(panel: Sequence, at: SlicePoint): void {
		const sheet = this.#sheet(panel);
		if (!sheet) return;
		const elements = fillOutline(sheet.mask, { slice: sheet.slice, at });
		this.#desk.set({ told: elements ? undefined : { kind: 'notClosed' } });
		if (elements) this.#commit(sheet, 'fill', elements);
	}

	/** Does an operation on the region that is chosen and tells what became of it. */
	operate(operation: Operation): void {
		const { region } = this.#desk.state;
		const sheet = region && this.#sheet(TARGET_SEQUENCE[region]);
		if (!sheet) return;
		const { elements, resampled } = this.#result(sheet, operation);
		this.#commit(sheet, operation.kind, elements);
		this.#desk.set({ told: { kind: 'operated', operation, voxels: elements.length, resampled } });
		if (operation.kind === 'copySlice')
			this.#desk.viewer.goToSlice(TARGET_SEQUENCE[sheet.region], sheet.slice + operation.by);
	}

	undo(): void {
		this.#revert('undo');
	}

	redo(): void {
		this.#revert('redo');
	}

	/** Puts a mask from a file in the place of what is drawn. */
	take(region: Target, mask: Uint8Array, source: MaskSource): void {
		const { work, canDraw } = this.#desk;
		if (!canDraw || !work) return;
		this.proposals.cancel();
		this.#desk.reveal(region);
		this.#desk.log(work.importMask(region, mask, source));
		this.#desk.showOutlines();
	}

	#result({ mask, slice }: Sheet, operation: Operation): { elements: Uint32Array; resampled: boolean } {
		const here = (elements: Uint32Array) => ({ elements, resampled: false });
		switch (operation.kind) {
			case 'interpolate':
				return here(interpolateSlices(mask));
			case 'fillHoles':
				return here(fillHoles(mask));
			case 'copySlice': {
				const to = slice + operation.by;
				return here(to < 0 || to >= mask.view.dims[2] ? new Uint32Array(0) : copySlice(mask, slice, to));
			}
			case 'removeIslands':
				return here(removeIslands(mask, operation));
			case 'smooth':
				return here(smooth(mask, operation));
			case 'margin':
				return here(margin(mask, { mm: operation.mm, inSlice: !this.#desk.state.ball }));
			case 'combine': {
				const first = this.#desk.work?.masks.get(operation.first);
				const second = this.#desk.work?.masks.get(operation.second);
				if (!first || !second) return here(new Uint32Array(0));
				return combine(mask, { first, second, operation: operation.operation });
			}
		}
	}

	/** What can be drawn on a panel now: the chosen region, where that is its sequence. */
	#sheet(panel: Sequence): Sheet | undefined {
		const { state, canDraw, work, viewer } = this.#desk;
		const { region } = state;
		const mask = region && work?.masks.get(region);
		const shown = viewer.panel(panel);
		if (!canDraw || !mask || !shown || TARGET_SEQUENCE[region] !== panel) return undefined;
		return { region, mask, slice: shown.slice };
	}

	/** The intensities that are drawn on; undefined where any are. */
	#within(region: Target): Within | undefined {
		const { state, series, windows } = this.#desk;
		const sequence = TARGET_SEQUENCE[region];
		const values = series.get(sequence)?.data;
		const range = state.ranges.get(sequence) ?? windows.get(sequence);
		return state.inRange && values && range ? { values, ...range } : undefined;
	}

	#commit(sheet: Sheet, tool: EditTool, elements: Uint32Array): void {
		this.proposals.cancel();
		if (elements.length === 0) return;
		this.#desk.reveal(sheet.region);
		sheet.mask.flip(elements);
		this.#note(sheet, tool, elements);
	}

	/** Puts an edit that was made into the history and the journal. */
	#note({ region, slice }: Sheet, tool: EditTool, changed: ArrayLike<number>, diameterMm?: number): void {
		const { work } = this.#desk;
		if (!work) return;
		this.#desk.log(work.stroke({ region, slice, tool, changed, ...(diameterMm !== undefined && { diameterMm }) }));
		this.#desk.set(NOTHING_TOLD);
		this.#desk.showOutlines();
	}

	#revert(which: 'undo' | 'redo'): void {
		const { work, canDraw, viewer, state } = this.#desk;
		if (this.#stroke || !canDraw) return;
		// A proposal goes first: it was made of what is drawn now.
		if (this.proposals.cancel() && which === 'undo') return;
		const done = work?.[which]();
		if (!done) return;
		const { region, slice } = done.edit;
		this.#desk.log(done.event);
		this.#desk.set(NOTHING_TOLD);
		if (region !== state.region) this.#desk.set({ region, front: TARGET_SEQUENCE[region] });
		this.#desk.reveal(region);
		viewer.goToSlice(TARGET_SEQUENCE[region], slice);
		this.#desk.showOutlines();
	}
}
