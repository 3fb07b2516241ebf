import policy from '../../../../content/policy/findings.json' with { type: 'json' };
import { ijkToXyz } from '../../../grid/grid.ts';
import { type Lesion, lesionsOf } from '../../../mask/lesions.ts';
import { cutMask } from '../../../mask/liveCut.ts';
import type { RegionMask } from '../../../mask/regionMask.ts';
import type { Region } from '../../../protocol/protocol.ts';
import { isRegion, TARGET_SEQUENCE, type Target } from '../../../protocol/target.ts';
import type { PreRead } from '../../../schemas/preRead.ts';
import { isLesionRegion } from '../../../scoring/findings/context.ts';
import { type LiveParts, livePartsOf } from '../../../scoring/live/liveParts.ts';
import type { Desk } from '../desk.ts';
import { checkRegion, type RegionCheck } from './selfCheck.ts';

/** What was found in the masks, and in which state of them. */
type Kept<Found> = Map<Target, { readonly of: RegionMask; readonly version: number; readonly found: Found }>;

const NO_PARTS: LiveParts = { lesions: [], gaps: [] };

/** What the consensus asks for around the drawing: the pre-read, lesion by lesion, and the check at the end. */
export class Protocol {
	readonly #desk: Desk;
	readonly #score: () => void;
	readonly #drawing: () => boolean;
	readonly #lesions: Kept<readonly Lesion[]> = new Map();
	readonly #parts: Kept<LiveParts> = new Map();
	#lesion = 0;

	/**
	 * @param score scores what is drawn
	 * @param drawing whether a stroke is under way: lesions are not counted then
	 */
	constructor(desk: Desk, score: () => void, drawing: () => boolean) {
		this.#desk = desk;
		this.#score = score;
		this.#drawing = drawing;
	}

	/** Notes what was seen before drawing. */
	tellPreRead(answer: PreRead): void {
		const { work, canDraw } = this.#desk;
		if (!work || !canDraw) return;
		this.#desk.log(work.tellPreRead(answer));
		this.#desk.set({ dialog: undefined });
		this.#desk.touch();
	}

	/** Notes whether a region is said to be absent. */
	tellNoneSeen(region: Region, value: boolean): void {
		const { work, canDraw } = this.#desk;
		if (!work || !canDraw) return;
		this.#desk.log(...work.tellNoneSeen(region, value));
		this.#desk.touch();
	}

	/** The region on which lesions are counted; undefined where the case has none. */
	get lesionRegion(): Region | undefined {
		const { manifest, regions } = this.#desk.state;
		return manifest && regions.find((region) => isLesionRegion({ region }, manifest.family));
	}

	/** The lesions that are drawn; while a stroke is under way those before it. */
	get lesions(): readonly Lesion[] {
		const region = this.lesionRegion;
		return region ? this.#lesionsOf(region) : [];
	}

	/** Goes to the middle of a lesion. */
	showLesion({ number, centre }: Lesion): void {
		const region = this.lesionRegion;
		const mask = region && this.#desk.work?.masks.get(region);
		if (!mask) return;
		this.#lesion = number;
		this.#desk.chooseRegion(region);
		this.#desk.viewer.lookAt(ijkToXyz(mask.view, [centre.x, centre.y, centre.slice]));
	}

	/** Goes to the next lesion, or with -1 to the one before, around the end. Says whether there is any. */
	goToLesion(step: 1 | -1): boolean {
		const { lesions } = this;
		const at = lesions.findIndex(({ number }) => number === this.#lesion);
		const from = at < 0 && step < 0 ? 0 : at;
		const to = lesions[(from + step + lesions.length) % Math.max(1, lesions.length)];
		if (to) this.showLesion(to);
		return to !== undefined;
	}

	/** Asks for the score: where all was not gone over since the last edit, the self-check comes first. */
	askForScore(): void {
		const { work } = this.#desk;
		const drawn = [...(work?.masks.values() ?? [])].some(({ total }) => total > 0);
		if (drawn && !work?.selfChecked && !this.#desk.state.checking) this.showSelfCheck(true);
		else this.scoreNow(false);
	}

	/** Scores what is drawn; `checked`: all was gone over. */
	scoreNow(checked: boolean): void {
		const { work, canDraw } = this.#desk;
		if (checked && work && canDraw) this.#desk.log(work.tellSelfCheck());
		this.showSelfCheck(false);
		this.#score();
	}

	/** Opens or closes the self-check. */
	showSelfCheck(checking: boolean): void {
		this.#desk.set({ checking });
	}

	/** What there is to go over, region by region. */
	get selfCheck(): readonly RegionCheck[] {
		const { work } = this.#desk;
		if (!work) return [];
		const shown = [...work.masks].filter(([target, { total }]) => isRegion(target) || total > 0);
		return shown.map(([target, mask]) =>
			checkRegion(target, mask, this.#partsOf(target), {
				looked: work.looked.get(TARGET_SEQUENCE[target]) ?? new Set(),
				noneSeen: isRegion(target) && work.noneSeen.has(target),
			}),
		);
	}

	/** Goes to a slice of a region. */
	showSlice(region: Target, slice: number): void {
		this.#desk.chooseRegion(region);
		this.#desk.viewer.goToSlice(TARGET_SEQUENCE[region], slice);
	}

	#lesionsOf(region: Region): readonly Lesion[] {
		return this.#found(this.#lesions, region, lesionsOf) ?? [];
	}

	/** The lesions as the live rules see them: those with slices left out inside are one. */
	#partsOf(region: Target): LiveParts {
		const find = (mask: RegionMask) => {
			const cut = cutMask(mask);
			return cut ? livePartsOf(cut, policy.limits) : NO_PARTS;
		};
		return this.#found(this.#parts, region, find) ?? NO_PARTS;
	}

	/** Looks again only in a mask that changed, and not while a stroke is under way. */
	#found<Found>(all: Kept<Found>, region: Target, find: (mask: RegionMask) => Found): Found | undefined {
		const mask = this.#desk.work?.masks.get(region);
		if (!mask) return undefined;
		const kept = all.get(region);
		if (kept?.of === mask && (kept.version === mask.version || this.#drawing())) return kept.found;
		if (this.#drawing()) return undefined;
		const found = find(mask);
		all.set(region, { of: mask, version: mask.version, found });
		return found;
	}
}
