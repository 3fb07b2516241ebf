import type { Issue } from '../../../formats/issue.ts';
import { voxelVolumeMl } from '../../../grid/grid.ts';
import { markRepair, REPAIR_LIMITS, repairChoices } from '../../../learning/drills/repair.ts';
import { repairedShare } from '../../../phantom/plant/plant.ts';
import { TARGET_SEQUENCE } from '../../../protocol/target.ts';
import type { Finding, FindingCode } from '../../../scoring/findings/finding.ts';
import type { Planted, PlantedRegion } from '../../../workers/plant.ts';
import { keepAnswer } from '../../drill/keepAnswer.ts';
import type { Desk } from '../desk.ts';
import { unreachable } from '../openCase.ts';
import type { Scoring } from '../scoring.ts';
import { repairItem } from './repairItem.ts';

/** Why there is nothing to repair: the case cannot carry the error, or its reference could not be read. */
export type RepairProblem = 'refused' | 'failed' | readonly Issue[];

/** What a repair came to. */
export interface Repaired {
	readonly planted: FindingCode;
	readonly rules: readonly string[];
	readonly named: FindingCode;
	/** Shares, see `markRepair`. */
	readonly share: number;
	readonly broken: number;
	readonly brokenMl: number;
	/** 0..1. */
	readonly score: number;
	readonly isNamed: boolean;
	readonly isRepaired: boolean;
	/** Found now, but not in the drawing at the start. */
	readonly newly: readonly Finding[];
	/** It could not be kept. */
	readonly lost: boolean;
}

/** The finding and repairing of a planted error. */
export class Repair {
	readonly #desk: Desk;
	readonly #scoring: Scoring;

	constructor(desk: Desk, scoring: Scoring) {
		this.#desk = desk;
		this.#scoring = scoring;
	}

	/** Draws what is to be repaired, where that was not done yet. */
	async begin(): Promise<void> {
		const desk = this.#desk;
		const { repairTask, elsewhere } = desk.state;
		const { work, source } = desk;
		if (!repairTask || !work || !source || elsewhere || work.planted) return;
		desk.set({ repairProblem: undefined });
		try {
			const planted = await desk.bridge.plantError({ signal: desk.closing.signal }, source, repairTask, desk.grids);
			if (!planted.ok) return desk.set({ repairProblem: planted.issues });
			if (planted.value === null) return desk.set({ repairProblem: 'refused' });
			// Another attempt may have been opened meanwhile.
			if (desk.work !== work || work.planted) return;
			desk.log(work.tellPlanted(planted.value));
			desk.showOutlines();
		} catch (error) {
			if (desk.closing.signal.aborted) return;
			const isFetch = error instanceof Error && error.name === 'TypeError';
			desk.set({ repairProblem: isFetch ? [unreachable('reference')] : 'failed' });
			if (!isFetch) throw error;
		}
	}

	/** Types to choose from. */
	get choices(): readonly FindingCode[] {
		const { repairTask } = this.#desk.state;
		return repairTask ? repairChoices(repairTask.error, repairTask.seed) : [];
	}

	/** Notes what the planted error is taken for; once, before anything is drawn. */
	name(error: FindingCode): void {
		const { work, state } = this.#desk;
		if (!work?.planted || work.named || state.elsewhere) return;
		this.#desk.log(work.tellNamed(error));
		this.#desk.touch();
	}

	/** Scores the drawing, shows it against the reference and tells what the repair came to. */
	async check(): Promise<void> {
		const desk = this.#desk;
		const { repairTask } = desk.state;
		const { work } = desk;
		const planted = work?.planted;
		const named = work?.named;
		if (!repairTask || !work || !planted || !named) return;
		await this.#scoring.score();
		const report = desk.state.report?.report;
		if (!report || desk.work !== work) return;
		const changed = this.#wrong(planted);
		const share = repairedShare({ changed }, (region) => work.masks.get(region)!.data) ?? 0;
		const { voxels, ml } = this.#broken(planted);
		const wrong = changed.reduce((sum, { drawn, leftOut }) => sum + drawn.length + leftOut.length, 0);
		const broken = voxels / Math.max(REPAIR_LIMITS.leastVoxels, wrong);
		const mark = markRepair({ planted: repairTask.error, named, share, broken });
		const before = new Set(planted.found.map(({ code, region }) => `${code} ${region}`));
		const newly = report.findings?.list.filter(({ code, region }) => !before.has(`${code} ${region}`)) ?? [];
		const { manifest } = desk.state;
		const unkept = await keepAnswer(desk.store, {
			kind: 'repair',
			item: repairItem({ case: manifest?.id ?? '', ...repairTask }),
			rules: planted.rules,
			score: mark.score,
			given: { round: repairTask.round, named, share, broken },
			seconds: desk.journal.activeMs / 1000,
		});
		desk.set({
			repaired: {
				planted: repairTask.error,
				rules: planted.rules,
				named,
				share,
				broken,
				brokenMl: ml,
				...mark,
				newly,
				lost: unkept !== undefined,
			},
		});
		this.showError();
	}

	/** Goes to the slice with the most of the error, in the region that has the most of it. */
	showError(): void {
		const { work } = this.#desk;
		const size = ({ drawn, leftOut }: PlantedRegion) => drawn.length + leftOut.length;
		const main = [...(work?.planted?.masks ?? [])].sort((a, b) => size(b) - size(a))[0];
		const mask = main && work?.masks.get(main.region);
		if (!mask || size(main) === 0) return;
		const counts = new Uint32Array(mask.sliceCounts.length);
		for (const n of [...main.drawn, ...main.leftOut]) counts[mask.sliceOf(n)]!++;
		this.#desk.chooseRegion(main.region);
		this.#desk.viewer.goToSlice(TARGET_SEQUENCE[main.region], counts.indexOf(Math.max(...counts)));
	}

	/**
	 * What of the error differs from the reference: the drawing that it was planted in wavers, so that some of what it
	 * left out had been too much.
	 */
	#wrong({ masks }: Planted): readonly Pick<PlantedRegion, 'region' | 'drawn' | 'leftOut'>[] {
		return masks.map(({ region, drawn, leftOut }) => {
			const reference = this.#desk.references.get(region);
			return {
				region,
				drawn: drawn.filter((n) => reference?.[n] === 0),
				leftOut: leftOut.filter((n) => reference?.[n] !== 0),
			};
		});
	}

	/** What was changed since the start, was right then and is wrong now, the error's own voxels apart. */
	#broken({ masks }: Planted): { readonly voxels: number; readonly ml: number } {
		const { work, references } = this.#desk;
		let [voxels, ml] = [0, 0];
		for (const { region, data, drawn, leftOut } of masks) {
			const mask = work?.masks.get(region);
			const reference = references.get(region);
			if (!mask || !reference) continue;
			const own = new Set([...drawn, ...leftOut]);
			let count = 0;
			for (let n = 0; n < data.length; n++) {
				const now = mask.data[n] !== 0;
				if (now !== (data[n] !== 0) && now !== (reference[n] !== 0) && !own.has(n)) count++;
			}
			voxels += count;
			ml += count * voxelVolumeMl(mask.grid);
		}
		return { voxels, ml };
	}
}
