import type { Grid } from '../../grid/grid.ts';
import { packFlips, unpackFlips } from '../../mask/flips.ts';
import { type Edit, EditHistory } from '../../mask/history.ts';
import { RegionMask } from '../../mask/regionMask.ts';
import type { Region, Sequence } from '../../protocol/protocol.ts';
import { isRegion, TARGET_SEQUENCE, type Target } from '../../protocol/target.ts';
import type { AttemptEvent, EditTool } from '../../schemas/attempt.ts';
import type { PreRead } from '../../schemas/preRead.ts';
import type { FindingCode } from '../../scoring/findings/finding.ts';
import type { Planted, PlantedRegion } from '../../workers/plant.ts';
import { type Version, type VersionMasks, Versions } from './reference/versions.ts';

/** Where a mask that was not drawn here came from. */
export interface MaskSource {
	/** Name of the file as it may be kept (`keptMaskName`); null where it was not named by the rule. */
	readonly file: string | null;
	/** Sequence on whose grid it lay. */
	readonly sequence: Sequence;
}

/** A pause counts for no more than this, ms. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * The work of one attempt: the masks, what can be undone, which slices were looked at. Everything in it is the fold
 * of the journal; every change gives the event that a journal needs to make it again.
 */
export class Work {
	readonly masks = new Map<Target, RegionMask>();
	readonly looked = new Map<Sequence, Set<number>>();
	/** Sequences whose window was changed by hand. */
	readonly windowed = new Set<Sequence>();
	/** Regions that are said to be absent: nothing is drawn of them. */
	readonly noneSeen = new Set<Region>();
	/** Of a reference. */
	readonly versions = new Versions();
	/** What stood when the latest version was made. */
	#frozen: { readonly edit: Edit<Target> | undefined; readonly absent: string } | undefined;
	#preRead: PreRead | undefined;
	#planted: Planted | undefined;
	#named: FindingCode | undefined;
	#selfChecked = false;
	readonly #history = new EditHistory<Target>();
	readonly #sources = new Map<Edit<Target>, MaskSource>();
	readonly #tools = new Map<Edit<Target>, EditTool>();
	readonly #now: () => Date;
	#unlogged = new Map<Sequence, Set<number>>();
	#lastAt: number;

	constructor(targets: readonly Target[], grids: ReadonlyMap<Sequence, Grid>, now = () => new Date()) {
		for (const target of targets) {
			const grid = grids.get(TARGET_SEQUENCE[target]);
			if (grid) this.masks.set(target, new RegionMask(grid));
		}
		this.#now = now;
		this.#lastAt = now().getTime();
	}

	/** The masks of the regions, without those of a reference's layers. */
	get regionMasks(): readonly (readonly [Region, RegionMask])[] {
		return [...this.masks].flatMap(([target, mask]) => (isRegion(target) ? [[target, mask] as const] : []));
	}

	get canUndo(): boolean {
		return this.#history.canUndo;
	}

	get canRedo(): boolean {
		return this.#history.canRedo;
	}

	/** What was seen before drawing, as it was told last. */
	get preRead(): PreRead | undefined {
		return this.#preRead;
	}

	/** What is to be repaired; undefined where nothing was planted. */
	get planted(): Planted | undefined {
		return this.#planted;
	}

	/** What the planted error is taken for, once somebody said so. */
	get named(): FindingCode | undefined {
		return this.#named;
	}

	/** Whether all was gone over since the last edit. */
	get selfChecked(): boolean {
		return this.#selfChecked;
	}

	/**
	 * Applies a journal from its start. Gives the number of strokes that do not fit their mask; those change nothing, as
	 * do the strokes of a region whose series is not here.
	 */
	replay(events: readonly AttemptEvent[]): number {
		let unusable = 0;
		for (const event of events) {
			switch (event.kind) {
				case 'stroke': {
					const mask = this.masks.get(event.region);
					const flips = mask && unpackFlips(event.flips, mask.data.length);
					if (mask && !flips) unusable++;
					mask?.flip(flips ?? NOTHING);
					// A stroke that changed nothing stays in the history, so that later undos undo what they undid.
					this.#push({ region: event.region, slice: event.slice, flips: flips ?? NOTHING }, event.tool);
					break;
				}
				case 'import': {
					const mask = this.masks.get(event.region);
					const flips = mask && unpackFlips(event.flips, mask.data.length);
					if (mask && !flips) unusable++;
					mask?.flip(flips ?? NOTHING);
					this.#pushImport(event.region, flips ?? NOTHING, { file: event.file, sequence: event.sequence });
					break;
				}
				case 'planted': {
					const planted = this.#unpackPlanted(event);
					if (planted) this.#plant(planted);
					else unusable++;
					break;
				}
				case 'named':
					this.#named = event.error;
					break;
				case 'undo':
					this.#flip(this.#history.undo());
					break;
				case 'redo':
					this.#flip(this.#history.redo());
					break;
				case 'window':
					this.windowed.add(event.sequence);
					break;
				case 'look':
					for (const slice of event.slices) seen(this.looked, event.sequence).add(slice);
					break;
				case 'preRead':
					this.#preRead = event.answer;
					break;
				case 'noneSeen':
					this.#setNoneSeen(event.region, event.value);
					break;
				case 'selfCheck':
					this.#selfChecked = true;
					break;
				case 'expert':
					this.#sitDown(event.name);
					break;
				case 'version':
					this.#freeze(event.masks, event.at);
					break;
				case 'confirm':
					this.versions.confirm(event.version, event.at);
					break;
			}
		}
		return unusable;
	}

	/** Notes an edit that was made in its mask. */
	stroke(stroke: {
		region: Target;
		tool: EditTool;
		slice: number;
		diameterMm?: number;
		changed: ArrayLike<number>;
	}): AttemptEvent {
		const { changed, ...about } = stroke;
		const flips = Uint32Array.from(changed);
		this.#push({ region: about.region, slice: about.slice, flips }, about.tool);
		const sequence = TARGET_SEQUENCE[about.region];
		return { ...this.#moment(), kind: 'stroke', ...about, sequence, flips: packFlips(flips) };
	}

	/** Puts the drawing that is to be repaired where nothing is drawn yet. It is no edit: undo leaves it. */
	tellPlanted(planted: Planted): AttemptEvent {
		this.#plant(planted);
		const { rules, found } = planted;
		const masks = planted.masks.map(({ region, data, drawn, leftOut }) => ({
			region,
			sequence: TARGET_SEQUENCE[region],
			flips: packFlips(elementsOf(data)),
			drawn: packFlips(drawn),
			leftOut: packFlips(leftOut),
		}));
		return { ...this.#moment(), kind: 'planted', rules: [...rules], masks, found: [...found] };
	}

	/** Notes what the planted error is taken for. */
	tellNamed(error: FindingCode): AttemptEvent {
		this.#named = error;
		return { ...this.#moment(), kind: 'named', error };
	}

	/** The edits that stand and the tools that made them, in order; what came from files is not among them. */
	get edits(): readonly { readonly region: Target; readonly tool: EditTool }[] {
		return this.#history.done.flatMap((edit) => {
			const tool = this.#tools.get(edit);
			return tool ? [{ region: edit.region, tool }] : [];
		});
	}

	/** Notes that a series' window was changed by hand; nothing where it was before. */
	window(sequence: Sequence): AttemptEvent[] {
		if (this.windowed.has(sequence)) return [];
		this.windowed.add(sequence);
		return [{ ...this.#moment(), kind: 'window', sequence }];
	}

	/** Notes what was seen before drawing, in the place of what was told before. */
	tellPreRead(answer: PreRead): AttemptEvent {
		this.#preRead = answer;
		return { ...this.#moment(), kind: 'preRead', answer };
	}

	/** Notes whether an empty region is said to be absent; nothing where it is drawn or that was said already. */
	tellNoneSeen(region: Region, value: boolean): AttemptEvent[] {
		if (!this.#setNoneSeen(region, value)) return [];
		return [{ ...this.#moment(), kind: 'noneSeen', region, value }];
	}

	/** Notes that all was gone over. */
	tellSelfCheck(): AttemptEvent {
		this.#selfChecked = true;
		return { ...this.#moment(), kind: 'selfCheck' };
	}

	/** Notes who draws a reference from here on: what others looked at does not count as seen by them. */
	tellExpert(name: string): AttemptEvent {
		this.#sitDown(name);
		return { ...this.#moment(), kind: 'expert', name };
	}

	/** Makes a version of what is drawn. */
	tellVersion(masks: VersionMasks): AttemptEvent {
		const moment = this.#moment();
		this.#freeze(masks, moment.at);
		return { ...moment, kind: 'version', masks };
	}

	/** The version that is what is drawn now; undefined where anything changed since the latest. */
	get currentVersion(): Version | undefined {
		const { edit, absent } = this.#standing;
		const isSame = this.#frozen?.edit === edit && this.#frozen?.absent === absent;
		return isSame ? this.versions.list.at(-1) : undefined;
	}

	/** Notes that the expert who sits here confirms what is drawn now; nothing where it is no version, or they did before. */
	tellConfirmed(): AttemptEvent[] {
		const version = this.currentVersion;
		if (!version || !this.versions.mayConfirm(version)) return [];
		const moment = this.#moment();
		this.versions.confirm(version.number, moment.at);
		return [{ ...moment, kind: 'confirm', version: version.number }];
	}

	/** Puts a mask from a file in the place of what is drawn; one edit, whatever was there before. */
	importMask(region: Target, data: Uint8Array, source: MaskSource): AttemptEvent {
		const mask = this.masks.get(region);
		if (!mask) throw new Error(`got a mask of ${region}, expected a region of the case`);
		if (data.length !== mask.data.length) throw new Error(`got ${data.length} voxels, expected ${mask.data.length}`);
		const changed: number[] = [];
		for (let n = 0; n < data.length; n++) if ((data[n] !== 0) !== (mask.data[n] !== 0)) changed.push(n);
		const flips = Uint32Array.from(changed);
		mask.flip(flips);
		this.#pushImport(region, flips, source);
		return { ...this.#moment(), kind: 'import', region, ...source, flips: packFlips(flips) };
	}

	/** The file that a region's mask came from, whatever was drawn on it since; undefined where it was drawn from nothing. */
	sourceOf(region: Target): MaskSource | undefined {
		const last = this.#history.done.findLast((edit) => edit.region === region && this.#sources.has(edit));
		return last && this.#sources.get(last);
	}

	/** Takes the last stroke back, if there is one. */
	undo(): { edit: Edit<Target>; event: AttemptEvent } | undefined {
		const edit = this.#flip(this.#history.undo());
		return edit && { edit, event: { ...this.#moment(), kind: 'undo' } };
	}

	/** Makes the last undone stroke again, if there is one. */
	redo(): { edit: Edit<Target>; event: AttemptEvent } | undefined {
		const edit = this.#flip(this.#history.redo());
		return edit && { edit, event: { ...this.#moment(), kind: 'redo' } };
	}

	/** Notes that a slice is on the screen. Says whether it is so for the first time. */
	look(sequence: Sequence, slice: number): boolean {
		const slices = seen(this.looked, sequence);
		if (slices.has(slice)) return false;
		slices.add(slice);
		seen(this.#unlogged, sequence).add(slice);
		return true;
	}

	/** First looks since the last call, as events. */
	takeLooks(): AttemptEvent[] {
		const looks = [...this.#unlogged].map(
			([sequence, slices]): AttemptEvent => ({
				...this.#moment(),
				kind: 'look',
				sequence,
				slices: [...slices].sort((a, b) => a - b),
			}),
		);
		this.#unlogged = new Map();
		return looks;
	}

	/** Milliseconds of work since the last event. */
	get pendingMs(): number {
		return Math.min(LONGEST_PAUSE_MS, Math.max(0, this.#now().getTime() - this.#lastAt));
	}

	#plant(planted: Planted): void {
		for (const { region, data } of planted.masks) this.masks.get(region)?.flip(elementsOf(data));
		this.#planted = planted;
	}

	/** Undefined where a part does not fit its mask; parts of a region whose series is not here are left out. */
	#unpackPlanted({ rules, masks, found }: Extract<AttemptEvent, { kind: 'planted' }>): Planted | undefined {
		const here = masks.flatMap(({ region, ...packed }) => {
			const mask = this.masks.get(region);
			return mask ? [{ region, mask, packed }] : [];
		});
		const unpacked = here.flatMap(({ region, mask, packed }): PlantedRegion[] => {
			const voxels = mask.data.length;
			const [flips, drawn, leftOut] = [packed.flips, packed.drawn, packed.leftOut].map((text) =>
				unpackFlips(text, voxels),
			);
			if (!flips || !drawn || !leftOut) return [];
			const data = new Uint8Array(voxels);
			for (const n of flips) data[n] = 1;
			return [{ region, data, drawn, leftOut }];
		});
		return unpacked.length === here.length ? { rules, masks: unpacked, found } : undefined;
	}

	#push(edit: Edit<Target>, tool: EditTool): void {
		this.#history.push(edit);
		this.#tools.set(edit, tool);
		this.#edited(edit.region);
	}

	#pushImport(region: Target, flips: Uint32Array, source: MaskSource): void {
		const middle = flips[flips.length >> 1];
		const slice = middle === undefined ? 0 : (this.masks.get(region)?.sliceOf(middle) ?? 0);
		const edit = { region, slice, flips };
		this.#history.push(edit);
		this.#sources.set(edit, source);
		this.#edited(region);
	}

	#moment(): { at: string; activeMs: number } {
		const activeMs = this.pendingMs;
		const at = this.#now();
		this.#lastAt = at.getTime();
		return { at: at.toISOString(), activeMs };
	}

	#flip(edit: Edit<Target> | undefined): Edit<Target> | undefined {
		if (!edit) return undefined;
		this.masks.get(edit.region)?.flip(edit.flips);
		this.#edited(edit.region);
		return edit;
	}

	get #standing() {
		return { edit: this.#history.done.at(-1), absent: [...this.noneSeen].sort().join() };
	}

	#freeze(masks: VersionMasks, at: string): void {
		this.versions.add(masks, at);
		this.#frozen = this.#standing;
	}

	#sitDown(name: string): void {
		this.versions.sitDown(name);
		this.looked.clear();
		this.#unlogged.clear();
		this.#selfChecked = false;
	}

	/** What was said of the work before an edit, and does not hold after it. */
	#edited(region: Target): void {
		this.#selfChecked = false;
		if (isRegion(region) && this.masks.get(region)?.total !== 0) this.noneSeen.delete(region);
	}

	/** Says whether anything changed. */
	#setNoneSeen(region: Region, value: boolean): boolean {
		if (!value) return this.noneSeen.delete(region);
		if (this.noneSeen.has(region) || (this.masks.get(region)?.total ?? 0) > 0) return false;
		this.noneSeen.add(region);
		return true;
	}
}

const NOTHING = new Uint32Array(0);

/** Numbers of the voxels that are drawn. */
function elementsOf(data: Uint8Array): Uint32Array {
	const drawn: number[] = [];
	for (let n = 0; n < data.length; n++) if (data[n] !== 0) drawn.push(n);
	return Uint32Array.from(drawn);
}

function seen(map: Map<Sequence, Set<number>>, sequence: Sequence): Set<number> {
	const slices = map.get(sequence) ?? new Set();
	map.set(sequence, slices);
	return slices;
}
