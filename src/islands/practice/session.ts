import { REGION_SEQUENCE, type Sequence } from '../../protocol/protocol.ts';
import { TARGET_SEQUENCE, type Target } from '../../protocol/target.ts';
import type { Purpose, RepairTask } from '../../schemas/attempt.ts';
import { caseVersion } from '../../schemas/caseVersion.ts';
import type { KeyProfile } from '../../schemas/preferences.ts';
import type { SaveState } from '../../store/autosave.ts';
import { readPreferences, savePreferences } from '../../store/preferences.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/storeError.ts';
import type { CaseViewer } from '../../viewer/caseViewer.ts';
import type { Window } from '../../viewer/series.ts';
import type { CaseBridge } from '../../workers/bridge.ts';
import { forgetAttempt } from './address.ts';
import { CrosshairHand } from './crosshairHand.ts';
import { Desk, isLost } from './desk.ts';
import { Drawing } from './drawing.ts';
import { Files } from './files.ts';
import { Images } from './images.ts';
import { drawableLayers, drawableRegions, findAttempt, findCase, loadOrder, panelsOf } from './openCase.ts';
import { Arrangement } from './panels/arrangement.ts';
import { Protocol } from './protocol/protocol.ts';
import { Authoring } from './reference/authoring.ts';
import { Repair } from './repair/repair.ts';
import { LiveRules } from './rules/liveRules.ts';
import { Scoring } from './scoring.ts';
import { type PracticeState, type SeriesState, START, type Tool } from './state.ts';
import type { Windows } from './windows.ts';
import { Work } from './work.ts';

export const BRUSH_MM = { min: 1, max: 40 } as const;

/**
 * One case on the practice page: what is open, what is drawn, what is kept. React reads `state` and calls the
 * methods; images, masks and workers never enter React.
 */
export class PracticeSession {
	readonly drawing: Drawing;
	readonly crosshairHand: CrosshairHand;
	readonly scoring: Scoring;
	readonly protocol: Protocol;
	readonly panels: Arrangement;
	readonly rules: LiveRules;
	readonly authoring: Authoring;
	readonly repair: Repair;
	readonly files: Files;
	readonly images: Images;
	readonly #desk: Desk;

	constructor(store: Store, bridge: CaseBridge) {
		const { brushDiameterMm, overlayOpacity, keyProfile, layout } = readPreferences();
		this.#desk = new Desk(
			store,
			bridge,
			{ ...START, diameterMm: brushDiameterMm, opacity: overlayOpacity, keyProfile, layout },
			{
				granted: (attemptId) => void this.#takeOver(attemptId),
				contextLost: (panel) => this.images.rebuild(panel),
				settle: () => this.#settle(),
			},
		);
		this.drawing = new Drawing(this.#desk);
		this.crosshairHand = new CrosshairHand(this.#desk, this.drawing);
		this.scoring = new Scoring(this.#desk);
		this.protocol = new Protocol(
			this.#desk,
			() => void this.scoring.score(),
			() => this.drawing.busy,
		);
		this.panels = new Arrangement(this.#desk);
		this.rules = new LiveRules(this.#desk, () => this.drawing.busy);
		this.authoring = new Authoring(this.#desk);
		this.repair = new Repair(this.#desk, this.scoring);
		this.images = new Images(this.#desk);
		this.files = new Files(this.#desk, this.drawing, this.scoring);
	}

	get state(): PracticeState {
		return this.#desk.state;
	}

	get viewer(): CaseViewer {
		return this.#desk.viewer;
	}

	get windows(): Windows {
		return this.#desk.windows;
	}

	/** The work, once the journal was read: nothing is drawn before. */
	get work(): Work | undefined {
		return this.#desk.work;
	}

	/** Whether a stroke, undo or redo would be kept. */
	get canDraw(): boolean {
		return this.#desk.canDraw;
	}

	get attemptId(): string | undefined {
		return this.#desk.journal.attemptId;
	}

	readonly subscribe = (listener: () => void): (() => void) => this.#desk.subscribe(listener);

	/** Opens a case and goes on with its latest attempt, or with the one asked for. */
	async open(
		caseId: string | undefined,
		{
			attemptId,
			purpose = 'practice',
			repair,
		}: {
			readonly attemptId?: string | undefined;
			readonly purpose?: Purpose;
			readonly repair?: RepairTask | undefined;
		} = {},
	): Promise<void> {
		if (!caseId) return this.#set({ failure: 'noCase' });
		await this.#orFailure(async () => {
			const found = await findCase(this.#desk.store, caseId, this.#desk.closing.signal);
			if (!found.ok) return this.#set({ failure: found.failure });
			this.#desk.source = found.source;
			const { manifest } = found.source;
			const attempt = await findAttempt(this.#desk.store, manifest, { attemptId, purpose, repair });
			if (attempt === undefined) return this.#set({ failure: 'otherImages' });
			const regions = drawableRegions(manifest);
			const layers = attempt.purpose === 'reference' ? drawableLayers(manifest, regions) : [];
			const series = new Map<Sequence, SeriesState>(loadOrder(manifest).map((s) => [s, { kind: 'waiting' }]));
			const panels = panelsOf(manifest);
			const region = regions[0];
			const front = region ? REGION_SEQUENCE[region] : panels[0];
			this.#set({
				manifest,
				purpose: attempt.purpose,
				repairTask: attempt.repair,
				regions,
				targets: [...regions, ...layers],
				series,
				panels,
				region,
				front,
			});
			await this.#loadAll(attempt.id);
		});
	}

	/** Sequence that a panel shows now. */
	sequenceOf(panel: Sequence): Sequence {
		return this.#desk.sequenceOf(panel);
	}

	chooseRegion(region: Target): void {
		this.#desk.chooseRegion(region);
	}

	bringForward(panel: Sequence): void {
		this.#set({ front: panel });
		this.#desk.noteLooks();
	}

	chooseTool(tool: Tool): void {
		if (tool !== this.state.tool) this.#desk.settle();
		this.#set({ tool, told: undefined });
	}

	/** Changes how a tool works; what stands proposed is proposed anew. */
	setOptions(options: Partial<Pick<PracticeState, 'ball' | 'lassoErases' | 'inRange' | 'dark' | 'zoneSlices'>>): void {
		this.#set(options);
		this.drawing.proposals.renew();
	}

	/** The range of intensities that is drawn on where the region belongs. */
	setRange(sequence: Sequence, range: Window): void {
		this.#set({ ranges: new Map(this.state.ranges).set(sequence, range) });
	}

	setDiameter(mm: number): void {
		const diameterMm = Math.min(BRUSH_MM.max, Math.max(BRUSH_MM.min, Math.round(mm * 2) / 2));
		savePreferences({ brushDiameterMm: diameterMm });
		this.#set({ diameterMm });
	}

	setOpacity(opacity: number): void {
		const overlayOpacity = Math.min(1, Math.max(0, Math.round(opacity * 20) / 20));
		savePreferences({ overlayOpacity });
		for (const panel of this.viewer.panels.values()) panel.setOpacity(overlayOpacity);
		this.#set({ opacity: overlayOpacity });
	}

	/** Takes the keys that somebody knows. */
	setKeyProfile(keyProfile: KeyProfile): void {
		savePreferences({ keyProfile });
		this.#set({ keyProfile });
	}

	toggleCrosshair(): void {
		const crosshairShown = !this.state.crosshairShown;
		for (const panel of this.viewer.panels.values()) panel.setCrosshairShown(crosshairShown);
		this.#set({ crosshairShown });
	}

	/** Hides or shows one region, or all of them. */
	toggleHidden(region?: Target): void {
		const { hidden, targets } = this.state;
		const next = new Set(hidden);
		if (region) {
			if (!next.delete(region)) next.add(region);
		} else if (next.size > 0) next.clear();
		else for (const each of targets) next.add(each);
		this.#set({ hidden: next });
		this.#desk.showOutlines();
	}

	/** Opens a dialogue, or closes the one that is open. */
	showDialog(dialog: PracticeState['dialog']): void {
		this.#set({ dialog });
	}

	/** Whether anything drawn is in memory only. What was merely looked at does not count. */
	get unsaved(): boolean {
		return this.drawing.busy || this.#desk.journal.unsaved;
	}

	/** Puts the present attempt aside and starts another from nothing; not before all is kept that can be kept. */
	async startOver(): Promise<void> {
		const { manifest, purpose } = this.state;
		if (!manifest || !this.#desk.work || this.#desk.switching) return;
		this.scoring.cancel();
		this.#desk.settle();
		this.#desk.switching = true;
		try {
			const kept = await this.keepNow();
			if (kept?.kind === 'failed' && !isLost(kept)) return;
			const attempt = await this.#desk.store.startAttempt(
				manifest.id,
				caseVersion(manifest),
				purpose,
				this.state.repairTask,
			);
			await this.#startWork(attempt.id);
			forgetAttempt();
			this.#set({
				report: undefined,
				comparison: 'none',
				comparedWith: undefined,
				authoringTold: undefined,
				scoreProblem: undefined,
				notStarted: false,
				checking: false,
				repaired: undefined,
			});
			this.#desk.showOutlines();
		} catch (error) {
			if (!(error instanceof StoreError)) throw error;
			this.#set({ notStarted: true });
		} finally {
			this.#desk.switching = false;
			this.#desk.touch();
		}
	}

	/** Tries again to keep what could not be kept. */
	retrySave(): void {
		this.#desk.journal.retry();
	}

	/** Loads a series again that could not be loaded or shown. */
	async retrySeries(sequence: Sequence): Promise<void> {
		await this.images.load(sequence);
		const carriesWork = this.state.targets.some((target) => TARGET_SEQUENCE[target] === sequence);
		if (!carriesWork || !this.#desk.work || !this.#desk.series.has(sequence)) return;
		this.#desk.settle();
		this.#desk.log();
		this.#foldWork();
	}

	/** Writes what is not yet written; the page is about to be hidden. Resolves once that is done or has failed. */
	keepNow(): Promise<SaveState | undefined> {
		this.drawing.end();
		this.#desk.log();
		return this.#desk.journal.flush();
	}

	close(): void {
		// Not before all is written: the tab that waits for the attempt reads its journal at once.
		void this.keepNow().then(() => this.#desk.journal.release());
		this.#desk.close();
	}

	/** Runs what needs the store; a page without one says so. */
	async #orFailure(task: () => Promise<void>): Promise<void> {
		try {
			await task();
		} catch (error) {
			if (this.#desk.closing.signal.aborted) return;
			if (!(error instanceof StoreError)) throw error;
			this.#set({ failure: error.kind === 'full' ? 'full' : 'storage' });
		}
	}

	/** Loads the series in order; the journal is replayed as soon as everything that can be drawn on is there. */
	async #loadAll(attemptId: string): Promise<void> {
		const { manifest, targets } = this.state;
		if (!manifest) return;
		const needed = new Set(targets.map((target) => TARGET_SEQUENCE[target] as Sequence));
		for (const sequence of loadOrder(manifest)) {
			await this.images.load(sequence);
			this.#desk.closing.signal.throwIfAborted();
			needed.delete(sequence);
			if (needed.size === 0 && !this.#desk.work) await this.#startWork(attemptId);
		}
		if (!this.#desk.work) await this.#startWork(attemptId);
		// Where this fails, the score fetches the reference itself, and says so if it cannot.
		if (this.#desk.source)
			await this.#desk.bridge
				.keepReference({ signal: this.#desk.closing.signal }, this.#desk.source)
				.catch(() => undefined);
	}

	/** Goes on with an attempt. Who draws a reference is asked anew: somebody else may sit here now. */
	async #startWork(attemptId: string): Promise<void> {
		this.#set(await this.#desk.journal.open(attemptId, this.#desk.closing.signal));
		this.#foldWork();
		if (this.state.purpose === 'reference') this.#set({ expert: undefined, dialog: 'expert' });
		if (this.state.purpose === 'repair') await this.repair.begin();
	}

	/** Goes on with an attempt that was another tab's. */
	#takeOver(attemptId: string): Promise<void> {
		return this.#orFailure(async () => {
			await this.#startWork(attemptId);
			this.#set({ elsewhere: false });
			// The other tab may have closed before there was anything to repair.
			if (this.state.purpose === 'repair') await this.repair.begin();
			this.#desk.noteLooks();
		});
	}

	/** Makes the masks, what can be undone, the time and what was looked at out of the journal. */
	#foldWork(): void {
		const work = new Work(this.state.targets, this.#desk.grids);
		const unusable = work.replay(this.#desk.journal.events);
		this.#desk.work = work;
		this.#set({ liveChecks: [], imported: [], damagedEntries: this.#desk.journal.unreadable + unusable });
		this.#desk.showOutlines();
		this.images.lookAtWork();
		this.#desk.noteLooks();
	}

	#settle(): void {
		this.drawing.end();
		this.drawing.proposals.cancel();
		this.crosshairHand.cancel();
	}

	#set(change: Partial<PracticeState>): void {
		this.#desk.set(change);
	}
}
