import { tissueLevel } from '../../../formats/intensityQuantiles.ts';
import { cutFluid, cutRegion, stillAround, viewGrid } from '../../../mask/liveCut.ts';
import type { RegionMask } from '../../../mask/regionMask.ts';
import type { Region, Sequence } from '../../../protocol/protocol.ts';
import { isRegion } from '../../../protocol/target.ts';
import type { Place } from '../../../scoring/findings/finding.ts';
import type { LiveInput, LiveRegion } from '../../../scoring/live/live.ts';
import type { Desk } from '../desk.ts';
import { loggedTool } from '../editTool.ts';
import type { Work } from '../work.ts';

/** The hand rests this long before anything is checked or counted, ms. */
export const REST_MS = 600;

/** What was cut out of a mask, and of which state of it. */
interface Cut {
	readonly version: number;
	readonly region: LiveRegion | null;
}

/**
 * The rules that need no reference, checked in the worker whenever the hand rests: what is drawn, what was looked at. The
 * state holds the last answer.
 */
export class LiveRules {
	readonly #desk: Desk;
	readonly #drawing: () => boolean;
	readonly #cuts = new WeakMap<RegionMask, Cut>();
	/** Kept as long as what is drawn stays in its middle. */
	#fluid: LiveInput['fluid'] = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** State of the desk that was checked last or is about to be; -1 where that must be done again. */
	#revision = -1;
	#asking = false;

	/** @param drawing whether a stroke is under way: nothing is checked then */
	constructor(desk: Desk, drawing: () => boolean) {
		this.#desk = desk;
		this.#drawing = drawing;
		desk.subscribe(() => this.#rest());
	}

	/** Goes to where a check points, with its region chosen. */
	show(region: Region | null, { sequence, xyzMm }: Place): void {
		if (region) this.#desk.chooseRegion(region);
		this.#desk.set({ front: sequence });
		this.#desk.viewer.lookAt(xyzMm);
	}

	/** Waits until nothing changed for a while. */
	#rest(): void {
		const { revision, work } = this.#desk;
		if (!work || revision === this.#revision) return;
		this.#revision = revision;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.#check(), REST_MS);
	}

	async #check(): Promise<void> {
		const { state, work, bridge, closing } = this.#desk;
		if (closing.signal.aborted || !work || !state.manifest) return;
		if (this.#drawing() || this.#asking || state.report || state.scoring) {
			// Asked again with the next change, such as the end of the stroke, or once the answer is here.
			this.#revision = -1;
			return;
		}
		const revision = this.#revision;
		this.#asking = true;
		try {
			const liveChecks = await bridge.checkLive({ signal: closing.signal }, this.#input(work, state.manifest.family));
			if (revision === this.#revision && work === this.#desk.work) this.#desk.set({ liveChecks });
		} catch (error) {
			if (!closing.signal.aborted) throw error;
		} finally {
			this.#asking = false;
			this.#rest();
		}
	}

	#input(work: Work, family: LiveInput['family']): LiveInput {
		const { grids } = this.#desk;
		const { preRead, regionMasks, edits } = work;
		const regions = regionMasks.flatMap(([region, mask]) => this.#cut(region, mask) ?? []);
		const last = new Map(edits.flatMap(({ region, tool }) => (isRegion(region) ? [[region, loggedTool(tool)]] : [])));
		const imported = regionMasks.flatMap(([region]) => {
			const from = work.sourceOf(region);
			return from ? [[region, from.sequence] as const] : [];
		});
		return {
			family,
			regions,
			grids: new Map([...grids].map(([sequence, grid]) => [sequence, viewGrid(grid)])),
			looked: work.looked,
			windowed: work.windowed,
			margin: preRead?.margin ?? null,
			lesions: preRead?.lesions ?? null,
			importedFrom: new Map(imported),
			proposals: new Set([...last].flatMap(([region, tool]) => (tool === 'threshold' ? [region] : []))),
			noneSeen: work.noneSeen,
			fluid: this.#fluidAround(regions.find(({ region }) => region === 'WT' || region === 'ED')),
		};
	}

	#cut(region: Region, mask: RegionMask): LiveRegion | null {
		const kept = this.#cuts.get(mask);
		if (kept?.version === mask.version) return kept.region;
		const cut = cutRegion(region, mask);
		this.#cuts.set(mask, { version: mask.version, region: cut });
		return cut;
	}

	#fluidAround(region: LiveRegion | undefined): LiveInput['fluid'] {
		const [flair, t2] = [this.#seriesOf('FLAIR'), this.#seriesOf('T2')];
		if (!region || !flair || !t2) return null;
		if (!this.#fluid || !stillAround(this.#fluid, region)) this.#fluid = cutFluid(region, flair, t2);
		return this.#fluid;
	}

	#seriesOf(sequence: Sequence) {
		const loaded = this.#desk.series.get(sequence);
		return loaded && { grid: loaded.grid, data: loaded.data, tissue: tissueLevel(loaded.quantiles) };
	}
}
