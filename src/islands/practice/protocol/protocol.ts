import { ijkToXyz } from '../../../grid/grid.ts';
import { type Lesion, lesionsOf } from '../../../mask/lesions.ts';
import type { Region } from '../../../protocol/protocol.ts';
import { isRegion, TARGET_SEQUENCE, type Target } from '../../../protocol/target.ts';
import type { PreRead } from '../../../schemas/preRead.ts';
import { isLesionRegion } from '../../../scoring/findings/context.ts';
import type { Desk } from '../desk.ts';
import { checkRegion, type RegionCheck } from './selfCheck.ts';

/** What the consensus asks for around the drawing: the pre-read, lesion by lesion, and the check at the end. */
export class Protocol {
	readonly #desk: Desk;
	readonly #score: () => void;
	readonly #drawing: () => boolean;
	readonly #lesions = new Map<
		Target,
		{ readonly of: object; readonly version: number; readonly list: readonly Lesion[] }
	>();
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
			checkRegion(target, mask, this.#lesionsOf(target), {
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

	#lesionsOf(region: Target): readonly Lesion[] {
		const mask = this.#desk.work?.masks.get(region);
		if (!mask) return [];
		const kept = this.#lesions.get(region);
		if (kept?.of === mask && (kept.version === mask.version || this.#drawing())) return kept.list;
		if (this.#drawing()) return [];
		const list = lesionsOf(mask);
		this.#lesions.set(region, { of: mask, version: mask.version, list });
		return list;
	}
}
