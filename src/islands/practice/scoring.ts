import { FAMILY_REGIONS, type Region } from '../../protocol/protocol.ts';
import { isRegion, TARGET_SEQUENCE } from '../../protocol/target.ts';
import type { AttemptReport } from '../../schemas/attempt.ts';
import type { Place } from '../../scoring/findings/finding.ts';
import { StoreError } from '../../store/storeError.ts';
import type { Comparison } from '../../viewer/regionOutlines.ts';
import type { Making } from '../../workers/tasks.ts';
import type { Desk } from './desk.ts';
import { loggedTool } from './editTool.ts';
import { unreachable } from './openCase.ts';

/** The score of what is drawn, and the comparison with the reference. */
export class Scoring {
	readonly #desk: Desk;
	#running: AbortController | undefined;

	constructor(desk: Desk) {
		this.#desk = desk;
	}

	/** Scores what is drawn against the reference and shows the comparison. */
	async score(): Promise<void> {
		const desk = this.#desk;
		desk.settle();
		const { work, source } = desk;
		const { attemptId } = desk.journal;
		if (!work || !source || !attemptId || desk.state.scoring) return;
		if ([...work.masks.values()].every((mask) => mask.total === 0)) return desk.set({ scoreProblem: 'nothingDrawn' });
		const running = new AbortController();
		const { signal } = running;
		this.#running = running;
		desk.set({ scoring: true, scored: 0, scoreProblem: undefined });
		desk.log();
		const { lastSeq, activeMs } = desk.journal;
		const moment = { at: new Date().toISOString(), eventSeq: lastSeq, activeMs };
		const predictions = work.regionMasks.map(([region, { data }]) => ({ region, data }));
		try {
			const scored = await desk.bridge.score(
				{ signal, onProgress: (share) => desk.set({ scored: share }) },
				source,
				FAMILY_REGIONS[source.manifest.family],
				desk.grids,
				predictions,
				this.#making(),
			);
			if (!scored.ok) return desk.set({ scoring: false, scoreProblem: scored.issues });
			for (const [region, data] of scored.value.references) desk.references.set(region, data);
			await desk.journal.flush();
			signal.throwIfAborted();
			const { report } = scored.value;
			const number = desk.state.reports + 1;
			const { region } = desk.state;
			const front = region ? TARGET_SEQUENCE[region] : desk.state.front;
			desk.set({ scoring: false, reports: number, report: { number, report }, comparison: 'difference', front });
			desk.showOutlines();
			this.goToWorstSlice();
			// A repair's drawing is not the person's own: its figures stand in no list of scores.
			if (desk.state.purpose !== 'repair') await desk.store.saveReport(attemptId, report, moment);
			desk.set({ reportLost: false });
		} catch (error) {
			const name = error instanceof Error ? error.name : '';
			if (name === 'AbortError') desk.set({ scoring: false });
			else if (error instanceof StoreError) desk.set({ reportLost: true });
			else if (name === 'TypeError') desk.set({ scoring: false, scoreProblem: [unreachable('reference')] });
			else {
				desk.set({ scoring: false, scoreProblem: 'failed' });
				throw error;
			}
		}
	}

	cancel(): void {
		this.#running?.abort(new DOMException('the score was cancelled', 'AbortError'));
	}

	/** The scores of the attempt that are kept. */
	async kept(): Promise<readonly AttemptReport[]> {
		const { store, journal } = this.#desk;
		return journal.attemptId === undefined ? [] : (await store.loadJournal(journal.attemptId)).reports;
	}

	/** Leaves the comparison and goes on drawing. */
	editAgain(): void {
		this.#desk.set({ report: undefined, repaired: undefined, comparison: 'none' });
		this.#desk.showOutlines();
	}

	setComparison(comparison: Comparison): void {
		this.#desk.set({ comparison });
		this.#desk.showOutlines();
	}

	/** Goes to the slice of the active region with the largest error, or from it to the next in size. */
	goToWorstSlice(next = false): void {
		const { state, viewer } = this.#desk;
		const { report, region } = state;
		if (!report || !region) return;
		const score = report.report.regions.find((each) => each.region === region);
		const errors = [...(score?.slices ?? [])].sort((a, b) => b.missedMm2 + b.extraMm2 - a.missedMm2 - a.extraMm2);
		const panel = TARGET_SEQUENCE[region];
		const at = errors.findIndex(({ slice }) => slice === viewer.panel(panel)?.slice);
		const to = errors[next ? (at + 1) % Math.max(1, errors.length) : 0];
		if (to) viewer.goToSlice(panel, to.slice);
	}

	/** Goes to where a finding is, with its region chosen. */
	showPlace(region: Region, { sequence, xyzMm }: Place): void {
		this.#desk.chooseRegion(region);
		this.#desk.set({ front: sequence });
		this.#desk.viewer.lookAt(xyzMm);
	}

	/** How the masks came about, for the rules about tools and files. */
	#making(): Making {
		const { work } = this.#desk;
		const log = (work?.edits ?? []).flatMap(({ region, tool }) =>
			isRegion(region) ? [{ region, tool: loggedTool(tool) }] : [],
		);
		const files = (work?.regionMasks ?? []).flatMap(([region]) => {
			const from = work?.sourceOf(region);
			return from ? [{ region, ...from }] : [];
		});
		return { log, files };
	}
}
