import type { RasView } from '../grid/rasView.ts';
import { type Outline, traceOutlines } from '../mask/contour.ts';
import type { RegionMask } from '../mask/regionMask.ts';
import { drawnPlane, readSlice, type SlicePlane, sameView } from '../mask/slicePlane.ts';
import type { OutlineLayer } from './overlay.ts';

/** What is drawn over the slices: the prediction alone, the difference to the reference, or both outlines. */
export type Comparison = 'none' | 'difference' | 'outlines';

/** A region as the viewer shows it. */
export interface ShownRegion {
	readonly region: string;
	/** Sequence the region is drawn on; on the others its outline is thin. */
	readonly sequence: string;
	readonly colour: string;
	readonly mask: RegionMask;
	/** The reference on the mask's own grid, once it is known. */
	readonly reference?: Uint8Array | undefined;
	readonly visible: boolean;
}

/** What the outlines of all panels are made from. */
export interface OutlineScene {
	readonly regions: readonly ShownRegion[];
	/** The region being edited or compared. */
	readonly active: string | undefined;
	readonly comparison: Comparison;
	/** Whether all regions are filled in their colours; a comparison with the reference goes before it. */
	readonly composite: boolean;
	/** What a tool proposes, drawn on top. */
	readonly proposal?: Omit<ShownRegion, 'reference' | 'visible'> | undefined;
}

/** Outlines as they were traced last, and what they were traced from. */
interface Kept {
	readonly mask: RegionMask;
	readonly version: number;
	readonly reference: Uint8Array | undefined;
	readonly view: RasView;
	readonly slice: number;
	readonly outlines: readonly Outline[][];
}

/**
 * Makes the outlines of a slice of one panel and remembers the last ones of each region, so that a stroke traces
 * the slice it is on and nothing else.
 */
export class RegionOutlines {
	readonly #kept = new Map<string, Kept>();
	readonly #planes: (SlicePlane | undefined)[] = [];

	/** Outlines of every visible region on an axial slice of a panel's view; the active region comes last but a proposal. */
	layers(scene: OutlineScene, sequence: string, view: RasView, slice: number): OutlineLayer[] {
		const layers = this.#regions(scene, sequence, view, slice);
		const { proposal } = scene;
		if (!proposal || proposal.sequence !== sequence) return layers;
		const [outlines = []] = this.#trace({ ...proposal, region: 'proposal', visible: true }, view, slice, 'own');
		return [...layers, { style: 'proposal', colour: proposal.colour, outlines }];
	}

	#regions(
		{ regions, active, comparison, composite }: OutlineScene,
		sequence: string,
		view: RasView,
		slice: number,
	): OutlineLayer[] {
		if (composite && comparison === 'none') {
			// The larger below: what lies inside of another region is seen on top of it.
			const shown = regions.filter(({ visible }) => visible).sort((a, b) => b.mask.total - a.mask.total);
			return shown.map((each) => this.#own(each, view, slice, 'filled'));
		}
		const layers: OutlineLayer[] = [];
		for (const shown of regions)
			if (shown.visible && shown.region !== active) layers.push(this.#own(shown, view, slice, 'other'));
		const shown = regions.find(({ region }) => region === active);
		if (!shown?.visible) return layers;
		const style = shown.sequence === sequence ? 'active' : 'other';
		if (comparison === 'none' || !shown.reference) return [...layers, this.#own(shown, view, slice, style)];
		if (comparison === 'outlines') {
			const [reference = []] = this.#trace(shown, view, slice, 'reference');
			return [{ style: 'reference', colour: '', outlines: reference }, this.#own(shown, view, slice, style)];
		}
		const [agree = [], missed = [], extra = []] = this.#trace(shown, view, slice, 'difference');
		return [
			{ style: 'agree', colour: '', outlines: agree },
			{ style: 'missed', colour: '', outlines: missed },
			{ style: 'extra', colour: '', outlines: extra },
		];
	}

	#own(shown: ShownRegion, view: RasView, slice: number, style: 'active' | 'other' | 'filled'): OutlineLayer {
		const [outlines = []] = this.#trace(shown, view, slice, 'own');
		return { style, colour: shown.colour, outlines };
	}

	#trace(
		{ region, mask, reference }: ShownRegion,
		view: RasView,
		slice: number,
		what: 'own' | 'reference' | 'difference',
	): readonly Outline[][] {
		const { version } = mask;
		const kept = this.#kept.get(`${region} ${what}`);
		if (
			kept?.mask === mask &&
			kept.version === version &&
			kept.reference === reference &&
			kept.view === view &&
			kept.slice === slice
		)
			return kept.outlines;
		const read = (data: Uint8Array, buffer: number) => {
			const plane = readSlice(data, mask.view, view, slice, this.#planes[buffer]);
			this.#planes[buffer] = plane;
			return plane;
		};
		const trace = (): Outline[][] => {
			if (what === 'difference' && reference) return traceDifference(read(mask.data, 0), read(reference, 1));
			if (what === 'reference' && reference) return [traceOutlines(read(reference, 0))];
			if (mask.total === 0) return [[]];
			return [sameView(mask.view, view) ? ownOutlines(mask, slice) : traceOutlines(read(mask.data, 0))];
		};
		const outlines = trace();
		this.#kept.set(`${region} ${what}`, { mask, version, reference, view, slice, outlines });
		return outlines;
	}
}

/** The last slice that was traced of each mask: panels on its grid look at the same one. */
const traced = new WeakMap<
	RegionMask,
	{ readonly version: number; readonly slice: number; readonly outlines: Outline[] }
>();

function ownOutlines(mask: RegionMask, slice: number): Outline[] {
	const last = traced.get(mask);
	if (last?.version === mask.version && last.slice === slice) return last.outlines;
	const plane = drawnPlane(mask, slice);
	const outlines = plane ? traceOutlines(plane) : [];
	traced.set(mask, { version: mask.version, slice, outlines });
	return outlines;
}

/** Outlines of what agrees, what is missing and what is too much. */
function traceDifference(prediction: SlicePlane, reference: SlicePlane): Outline[][] {
	const part = (holds: (p: number, r: number) => boolean) =>
		traceOutlines({ ...prediction, data: prediction.data.map((p, n) => (holds(p, reference.data[n]!) ? 1 : 0)) });
	return [part((p, r) => p === 1 && r === 1), part((p, r) => p === 0 && r === 1), part((p, r) => p === 1 && r === 0)];
}
