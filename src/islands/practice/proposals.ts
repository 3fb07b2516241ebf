import { autoThreshold } from '../../mask/autoThreshold.ts';
import type { SlicePoint } from '../../mask/brush.ts';
import { grow } from '../../mask/grow.ts';
import { RegionMask } from '../../mask/regionMask.ts';
import type { Sequence } from '../../protocol/protocol.ts';
import { TARGET_SEQUENCE, type Target } from '../../protocol/target.ts';
import type { EditTool } from '../../schemas/attempt.ts';
import type { Desk } from './desk.ts';
import type { Sheet } from './drawing.ts';

/** How far a region grows from where it was started, mm. */
const REACH_MM = 40;
/** Share of the series' range of intensities that growing takes on either side. */
export const TOLERANCE = { min: 0.01, max: 0.6 } as const;

/** What proposals need of the hand that draws. */
interface Hand {
	sheet(panel: Sequence): Sheet | undefined;
	commit(sheet: Sheet, tool: EditTool, elements: Uint32Array): void;
}

/** What a tool proposes: it is shown, can be changed, and is drawn only once it is taken. */
export class Proposals {
	readonly #desk: Desk;
	readonly #hand: Hand;
	/** What is shown of the proposal; kept for the next one on the same grid. */
	#shown: RegionMask | undefined;
	#standing: { sheet: Sheet; tool: EditTool; elements: Uint32Array; again: () => void } | undefined;

	constructor(desk: Desk, hand: Hand) {
		this.#desk = desk;
		this.#hand = hand;
	}

	/** Proposes what is connected with a point and about as bright; false where nothing can be drawn there. */
	growFrom(panel: Sequence, at: SlicePoint): boolean {
		const sheet = this.#hand.sheet(panel);
		if (!sheet) return false;
		const [nx, ny] = sheet.mask.view.dims;
		const seed = { x: Math.round(at.x), y: Math.round(at.y) };
		if (seed.x < 0 || seed.y < 0 || seed.x >= nx || seed.y >= ny) return false;
		this.#grow(sheet, seed);
		return true;
	}

	/** Takes more or less of the range of intensities; what stands is proposed anew. */
	setTolerance(share: number): void {
		this.#desk.set({ tolerance: Math.min(TOLERANCE.max, Math.max(TOLERANCE.min, share)) });
		this.renew();
	}

	/** Proposes anew with the settings of now. */
	renew(): void {
		this.#standing?.again();
	}

	/** Proposes what stands out in a zone by the threshold that divides it best. */
	thresholdIn(panel: Sequence, points: readonly SlicePoint[]): void {
		const sheet = this.#hand.sheet(panel);
		if (sheet) this.#threshold(sheet, points);
	}

	#threshold(sheet: Sheet, points: readonly SlicePoint[]): void {
		const values = this.#desk.series.get(TARGET_SEQUENCE[sheet.region])?.data;
		if (!values) return;
		const { slice, mask } = sheet;
		const { dark, zoneSlices } = this.#desk.state;
		const slices = [Math.max(0, slice - zoneSlices), Math.min(mask.view.dims[2] - 1, slice + zoneSlices)] as const;
		const found = autoThreshold(mask, { values, slices, points, bright: !dark });
		if (found) this.#propose(sheet, 'autoThreshold', found.elements, () => this.#threshold(sheet, points));
		else this.#desk.set({ told: { kind: 'noThreshold' } });
	}

	/** Draws what is proposed. Says whether anything was. */
	accept(): boolean {
		const standing = this.#standing;
		if (!standing || !this.#desk.canDraw) return false;
		this.cancel();
		this.#hand.commit(standing.sheet, standing.tool, standing.elements);
		return true;
	}

	/** Lets go of what is proposed. Says whether anything was. */
	cancel(): boolean {
		if (!this.#standing) return false;
		this.#shown?.flip(this.#standing.elements);
		this.#standing = undefined;
		this.#desk.proposed = undefined;
		this.#desk.set({ proposal: undefined });
		this.#desk.showOutlines();
		return true;
	}

	#grow(sheet: Sheet, seed: SlicePoint): void {
		const sequence = TARGET_SEQUENCE[sheet.region];
		const { series, windows, state } = this.#desk;
		const values = series.get(sequence)?.data;
		const range = windows.range(sequence);
		if (!values || !range) return;
		const elements = grow(sheet.mask, {
			values,
			seed: { ...seed, slice: sheet.slice },
			tolerance: state.tolerance * (range.high - range.low),
			reachMm: REACH_MM,
			inSlice: !state.ball,
		});
		this.#propose(sheet, 'grow', elements, () => this.#grow(sheet, seed));
	}

	#propose(sheet: Sheet, tool: EditTool, elements: Uint32Array, again: () => void): void {
		if (this.#standing) this.#shown?.flip(this.#standing.elements);
		if (this.#shown?.grid !== sheet.mask.grid) this.#shown = new RegionMask(sheet.mask.grid);
		this.#shown.flip(elements);
		this.#standing = { sheet, tool, elements, again };
		this.#desk.proposed = { region: sheet.region, mask: this.#shown };
		this.#desk.set({ told: undefined, proposal: { tool, region: sheet.region, volumeMl: this.#shown.volumeMl } });
		this.#desk.showOutlines();
	}
}

/** What a tool proposes for a region. */
export interface Proposed {
	readonly region: Target;
	readonly mask: RegionMask;
}
