import type { Issue } from '../../formats/issue.ts';
import type { Grid } from '../../grid/grid.ts';
import { dab, type SlicePoint } from '../../mask/brush.ts';
import type { RegionMask } from '../../mask/regionMask.ts';
import { FAMILY_REGIONS, REGION_SEQUENCE, type Region, type Sequence } from '../../protocol/protocol.ts';
import type { AttemptEvent, AttemptReport } from '../../schemas/attempt.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import type { Place } from '../../scoring/findings/finding.ts';
import type { ScoreReport } from '../../scoring/scoreReport.ts';
import type { SaveState } from '../../store/autosave.ts';
import { readPreferences, savePreferences } from '../../store/preferences.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/storeError.ts';
import { CaseViewer } from '../../viewer/caseViewer.ts';
import type { Comparison } from '../../viewer/regionOutlines.ts';
import type { Window } from '../../viewer/series.ts';
import type { CaseBridge } from '../../workers/bridge.ts';
import type { CaseSource } from '../../workers/caseSource.ts';
import type { ExportAbout, ExportedFile, ExportFormat } from '../../workers/exportMasks.ts';
import type { LoadedSeries, Making } from '../../workers/tasks.ts';
import type { GatheredFile } from '../open/gather.ts';
import { forgetAttempt } from './address.ts';
import { AttemptJournal } from './attemptJournal.ts';
import { MaskUpload } from './maskUpload.ts';
import { caseVersion, drawableRegions, findAttempt, findCase, loadOrder, panelsOf } from './openCase.ts';
import { REGION_COLOUR, REGION_RGB } from './regionColour.ts';
import type { PracticeState, SeriesState, Tool } from './state.ts';
import { Windows } from './windows.ts';
import { type MaskSource, Work } from './work.ts';

const LOOK_LOG_MS = 2_000;
export const BRUSH_MM = { min: 1, max: 40 } as const;
/** 1 shows the whole slice. */
export const ZOOM = { min: 1, max: 16 } as const;

const START: PracticeState = {
	failure: undefined,
	manifest: undefined,
	regions: [],
	panels: [],
	series: new Map(),
	front: undefined,
	maximised: false,
	showsAdc: false,
	region: undefined,
	hidden: new Set(),
	tool: 'brush',
	diameterMm: 6,
	opacity: 1,
	crosshairShown: true,
	revision: 0,
	canUndo: false,
	canRedo: false,
	saved: { kind: 'saved', at: undefined },
	elsewhere: false,
	damagedEntries: 0,
	notStarted: false,
	scoring: false,
	scored: 0,
	scoreProblem: undefined,
	reports: 0,
	report: undefined,
	reportLost: false,
	comparison: 'none',
	dialog: undefined,
	imported: [],
	dropProblem: undefined,
};

/** Everything of an attempt, for a file that keeps it outside of the browser. */
export interface AttemptRecord {
	readonly attemptId: string;
	readonly manifest: CaseManifest;
	readonly caseVersion: string;
	readonly events: readonly AttemptEvent[];
	/** The score that is looked at. */
	readonly shown: ScoreReport<Region> | undefined;
}

/** A stroke under way. */
interface Stroke {
	readonly region: Region;
	readonly mask: RegionMask;
	readonly panel: Sequence;
	readonly slice: number;
	readonly value: 0 | 1;
	readonly diameterMm: number;
	readonly changed: number[];
	last: SlicePoint;
}

/**
 * One case on the practice page: what is open, what is drawn, what is kept. React reads `state` and calls the
 * methods; images, masks and workers never enter React.
 */
export class PracticeSession {
	readonly viewer: CaseViewer;
	readonly windows = new Windows();
	readonly #store: Store;
	readonly #bridge: CaseBridge;
	readonly #journal: AttemptJournal;
	readonly #closing = new AbortController();
	readonly #listeners = new Set<() => void>();
	readonly #series = new Map<Sequence, LoadedSeries>();
	readonly #references = new Map<Region, Uint8Array>();
	#state: PracticeState = START;
	#source: CaseSource | undefined;
	#work: Work | undefined;
	/** Another attempt is on its way in. */
	#switching = false;
	#stroke: Stroke | undefined;
	#scoring: AbortController | undefined;
	#lookTimer: ReturnType<typeof setTimeout> | undefined;
	#dropped: readonly GatheredFile[] = [];

	constructor(store: Store, bridge: CaseBridge) {
		this.#store = store;
		this.#bridge = bridge;
		this.#journal = new AttemptJournal(store, {
			saved: (saved) => this.#set({ saved }),
			elsewhere: (elsewhere) => this.#set({ elsewhere }),
			granted: (attemptId) => void this.#takeOver(attemptId),
		});
		this.viewer = new CaseViewer({
			moved: () => this.#noteLooks(),
			contextLost: (name) => this.#rebuild(name as Sequence),
		});
		const { brushDiameterMm, overlayOpacity } = readPreferences();
		this.#state = { ...START, diameterMm: brushDiameterMm, opacity: overlayOpacity };
	}

	get state(): PracticeState {
		return this.#state;
	}

	/** The work, once the journal was read: nothing is drawn before. */
	get work(): Work | undefined {
		return this.#work;
	}

	get attemptId(): string | undefined {
		return this.#journal.attemptId;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Opens a case and goes on with its latest attempt, or with the one asked for. */
	async open(caseId: string | undefined, attemptId?: string): Promise<void> {
		if (!caseId) return this.#set({ failure: 'noCase' });
		await this.#orFailure(async () => {
			const found = await findCase(this.#store, caseId, this.#closing.signal);
			if (!found.ok) return this.#set({ failure: found.failure });
			this.#source = found.source;
			const { manifest } = found.source;
			const regions = drawableRegions(manifest);
			const series = new Map<Sequence, SeriesState>(loadOrder(manifest).map((s) => [s, { kind: 'waiting' }]));
			const panels = panelsOf(manifest);
			const region = regions[0];
			const front = region ? REGION_SEQUENCE[region] : panels[0];
			this.#set({ manifest, regions, series, panels, region, front });
			const attempt = await findAttempt(this.#store, manifest, attemptId);
			if (attempt === undefined) return this.#set({ failure: 'otherImages' });
			await this.#loadAll(attempt);
		});
	}

	/** Gives a panel its place on the page; the images follow when they are there. */
	mount(name: Sequence, host: HTMLElement): () => void {
		const panel = this.viewer.mount(name, host);
		panel.setOpacity(this.#state.opacity);
		panel.setCrosshairShown(this.#state.crosshairShown);
		void this.#showIn(name);
		return () => this.viewer.unmount(name);
	}

	/** Sequence that a panel shows now. */
	sequenceOf(panel: Sequence): Sequence {
		return panel === 'DWI' && this.#state.showsAdc ? 'ADC' : panel;
	}

	chooseRegion(region: Region): void {
		this.#set({ region, front: REGION_SEQUENCE[region] });
		this.#showOutlines();
		this.#noteLooks();
	}

	bringForward(panel: Sequence): void {
		this.#set({ front: panel });
		this.#noteLooks();
	}

	toggleMaximised(panel: Sequence | undefined = this.#state.front): void {
		const maximised = !(this.#state.maximised && panel === this.#state.front);
		this.#set({ maximised, front: panel });
		this.#noteLooks();
	}

	toggleAdc(): void {
		this.#set({ showsAdc: !this.#state.showsAdc });
		void this.#showIn('DWI');
	}

	chooseTool(tool: Tool): void {
		this.#set({ tool });
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

	toggleCrosshair(): void {
		const crosshairShown = !this.#state.crosshairShown;
		for (const panel of this.viewer.panels.values()) panel.setCrosshairShown(crosshairShown);
		this.#set({ crosshairShown });
	}

	/** Hides or shows one region, or all of them. */
	toggleHidden(region?: Region): void {
		const { hidden, regions } = this.#state;
		const next = new Set(hidden);
		if (region) {
			if (!next.delete(region)) next.add(region);
		} else if (next.size > 0) next.clear();
		else for (const each of regions) next.add(each);
		this.#set({ hidden: next });
		this.#showOutlines();
	}

	/** Opens a dialogue, or closes the one that is open. */
	showDialog(dialog: PracticeState['dialog']): void {
		this.#set({ dialog });
	}

	/** Starts taking masks from files; undefined where nothing could be kept of it. */
	startUpload(): MaskUpload | undefined {
		const { manifest, region } = this.#state;
		if (!manifest || !region || !this.canDraw) return undefined;
		return new MaskUpload({
			bridge: this.#bridge,
			manifest,
			grids: this.#grids,
			region,
			take: (to, mask, source) => this.#takeMask(to, mask, source),
		});
	}

	/** Masks dropped anywhere in the room: the dialogue opens with them. */
	async dropMasks(files: Promise<readonly GatheredFile[]>): Promise<void> {
		try {
			const dropped = await files;
			if (this.#state.report) this.editAgain();
			if (!this.canDraw) return this.#set({ dropProblem: 'notNow' });
			this.#dropped = [...this.#dropped, ...dropped];
			this.#set({ dropProblem: undefined, dialog: 'import' });
		} catch (error) {
			if (!(error instanceof DOMException)) throw error;
			this.#set({ dropProblem: 'unreadable' });
		}
	}

	/** Hands over what was dropped since the last call. */
	takeDropped(): readonly GatheredFile[] {
		const dropped = this.#dropped;
		this.#dropped = [];
		return dropped;
	}

	/** Tells which regions were taken from files, and shows the first. */
	showImported(imported: readonly Region[]): void {
		this.#set({ imported, dialog: undefined });
		const [first] = imported;
		if (!first) return;
		this.chooseRegion(first);
		const mask = this.#work?.masks.get(first);
		const drawn = mask ? [...mask.sliceCounts].flatMap((count, slice) => (count > 0 ? [slice] : [])) : [];
		const middle = drawn[drawn.length >> 1];
		if (middle !== undefined) this.viewer.goToSlice(REGION_SEQUENCE[first], middle);
	}

	/** What is drawn, to be written into files; regions without a voxel are left out. */
	get drawnMasks(): readonly { readonly region: Region; readonly grid: Grid; readonly data: Uint8Array }[] {
		return [...(this.#work?.masks ?? [])].flatMap(([region, { grid, data, total }]) =>
			total > 0 ? [{ region, grid, data }] : [],
		);
	}

	/** Everything of the attempt that is open, kept or not. */
	get attemptRecord(): AttemptRecord | undefined {
		const { manifest, report } = this.#state;
		const { attemptId, events } = this.#journal;
		if (!manifest || attemptId === undefined) return undefined;
		return { attemptId, manifest, caseVersion: caseVersion(manifest), events, shown: report?.report };
	}

	/** Writes masks as files, in the worker. */
	exportMasks(format: ExportFormat, about: ExportAbout): Promise<readonly ExportedFile[]> {
		const masks = this.drawnMasks.map((mask) => ({ ...mask, colour: REGION_RGB[mask.region] }));
		return this.#bridge.exportMasks({ signal: this.#closing.signal }, masks, format, about);
	}

	/** The scores of the attempt that are kept. */
	async keptReports(): Promise<readonly AttemptReport[]> {
		const { attemptId } = this.#journal;
		return attemptId === undefined ? [] : (await this.#store.loadJournal(attemptId)).reports;
	}

	/** Sets the window of what a panel shows; without one, back to the window by percentiles. */
	setWindow(panel: Sequence, window?: Window): void {
		const sequence = this.sequenceOf(panel);
		if (window) this.windows.set(sequence, window);
		else this.windows.reset(sequence);
		const set = this.windows.get(sequence);
		if (set) this.viewer.panel(panel)?.setWindow(set);
		this.#touch();
	}

	/** Looks closer or from farther away, so that a voxel position of the slice stays where it is; the crosshair's if none is given. */
	zoomTo(name: Sequence, zoom: number, at?: readonly [number, number]): void {
		const panel = this.viewer.panel(name);
		const hold = at ?? panel?.crosshair;
		if (!panel?.view || !hold) return;
		const { zoom: before, centreMm } = panel.camera;
		const after = Math.min(ZOOM.max, Math.max(ZOOM.min, zoom));
		const [x, y] = [hold[0] * panel.view.spacingMm[0], hold[1] * panel.view.spacingMm[1]];
		panel.setCamera({
			zoom: after,
			centreMm: [x + ((centreMm[0] - x) * before) / after, y + ((centreMm[1] - y) * before) / after],
		});
		this.#touch();
	}

	/** Back to all of the head. */
	resetView(panel: Sequence): void {
		this.viewer.panel(panel)?.setCamera(undefined);
		this.#touch();
	}

	/** Starts a stroke where the region belongs; false where nothing can be drawn there. */
	startStroke(panel: Sequence, at: SlicePoint, erases: boolean): boolean {
		const { region, diameterMm } = this.#state;
		if (!this.canDraw || this.#stroke) return false;
		const mask = region && this.#work?.masks.get(region);
		const shown = this.viewer.panel(panel);
		if (!mask || !shown || REGION_SEQUENCE[region] !== panel) return false;
		if (this.#state.hidden.has(region)) this.toggleHidden(region);
		const value = erases ? 0 : 1;
		this.#stroke = { region, mask, panel, slice: shown.slice, value, diameterMm, changed: [], last: at };
		this.extendStroke([at]);
		return true;
	}

	/** Draws on from the last point. Repaints the panel that is drawn on and no other. */
	extendStroke(points: readonly SlicePoint[]): void {
		const stroke = this.#stroke;
		if (!stroke) return;
		for (const to of points) {
			dab(stroke.mask, { ...stroke, from: stroke.last, to }, stroke.changed);
			stroke.last = to;
		}
		this.viewer.panel(stroke.panel)?.repaint();
	}

	/** Ends the stroke: it can be undone, and is on its way to the disk. */
	endStroke(): void {
		const stroke = this.#stroke;
		this.#stroke = undefined;
		if (!stroke || stroke.changed.length === 0 || !this.#work) return;
		this.#journal.log([
			...this.#work.takeLooks(),
			this.#work.stroke({ ...stroke, tool: stroke.value === 1 ? 'brush' : 'eraser' }),
		]);
		this.#set({ imported: [] });
		this.#showOutlines();
	}

	undo(): void {
		this.#revert('undo');
	}

	redo(): void {
		this.#revert('redo');
	}

	/** Scores what is drawn against the reference and shows the comparison. */
	async score(): Promise<void> {
		this.endStroke();
		const work = this.#work;
		const source = this.#source;
		const { attemptId } = this.#journal;
		if (!work || !source || !attemptId || this.#state.scoring) return;
		if ([...work.masks.values()].every((mask) => mask.total === 0)) return this.#set({ scoreProblem: 'nothingDrawn' });
		const scoring = new AbortController();
		const { signal } = scoring;
		this.#scoring = scoring;
		this.#set({ scoring: true, scored: 0, scoreProblem: undefined });
		this.#journal.log(work.takeLooks());
		const { lastSeq, activeMs } = this.#journal;
		const moment = { at: new Date().toISOString(), eventSeq: lastSeq, activeMs };
		const regions = FAMILY_REGIONS[source.manifest.family];
		const predictions = [...work.masks].map(([region, { data }]) => ({ region, data }));
		try {
			const scored = await this.#bridge.score(
				{ signal, onProgress: (scored) => this.#set({ scored }) },
				source,
				regions,
				this.#grids,
				predictions,
				this.#making(work),
			);
			if (!scored.ok) return this.#set({ scoring: false, scoreProblem: scored.issues });
			for (const [region, data] of scored.value.references) this.#references.set(region, data);
			await this.#journal.flush();
			signal.throwIfAborted();
			const { report } = scored.value;
			const number = this.#state.reports + 1;
			const { region } = this.#state;
			const front = region ? REGION_SEQUENCE[region] : this.#state.front;
			this.#set({ scoring: false, reports: number, report: { number, report }, comparison: 'difference', front });
			this.#showOutlines();
			this.goToWorstSlice();
			await this.#store.saveReport(attemptId, report, moment);
			this.#set({ reportLost: false });
		} catch (error) {
			const name = error instanceof Error ? error.name : '';
			if (name === 'AbortError') this.#set({ scoring: false });
			else if (error instanceof StoreError) this.#set({ reportLost: true });
			else if (name === 'TypeError') this.#set({ scoring: false, scoreProblem: [unreachable('reference')] });
			else {
				this.#set({ scoring: false, scoreProblem: 'failed' });
				throw error;
			}
		}
	}

	cancelScore(): void {
		this.#scoring?.abort(new DOMException('the score was cancelled', 'AbortError'));
	}

	/**
	 * Whether a stroke, undo or redo would be kept: not in a comparison or while it is made, nor where the attempt is
	 * another tab's or gone.
	 */
	get canDraw(): boolean {
		const { saved, report, scoring, elsewhere } = this.#state;
		return this.#work !== undefined && !report && !scoring && !elsewhere && !isLost(saved) && !this.#switching;
	}

	/** Whether a stroke is under way: what it is drawn on must stay in sight. */
	get drawing(): boolean {
		return this.#stroke !== undefined;
	}

	/** Whether anything drawn is in memory only. What was merely looked at does not count. */
	get unsaved(): boolean {
		return this.#stroke !== undefined || this.#journal.unsaved;
	}

	/** Leaves the comparison and goes on drawing. */
	editAgain(): void {
		this.#set({ report: undefined, comparison: 'none' });
		this.#showOutlines();
	}

	setComparison(comparison: Comparison): void {
		this.#set({ comparison });
		this.#showOutlines();
	}

	/** Goes to the slice of the active region with the largest error, or from it to the next in size. */
	goToWorstSlice(next = false): void {
		const { report, region } = this.#state;
		if (!report || !region) return;
		const score = report.report.regions.find((each) => each.region === region);
		const errors = [...(score?.slices ?? [])].sort((a, b) => b.missedMm2 + b.extraMm2 - a.missedMm2 - a.extraMm2);
		const panel = REGION_SEQUENCE[region];
		const at = errors.findIndex(({ slice }) => slice === this.viewer.panel(panel)?.slice);
		const to = errors[next ? (at + 1) % Math.max(1, errors.length) : 0];
		if (to) this.viewer.goToSlice(panel, to.slice);
	}

	/** Goes to where a finding is, with its region chosen. */
	showPlace(region: Region, { sequence, xyzMm }: Place): void {
		this.chooseRegion(region);
		this.#set({ front: sequence });
		this.viewer.lookAt(xyzMm);
	}

	/** Puts the present attempt aside and starts another from nothing; not before all is kept that can be kept. */
	async startOver(): Promise<void> {
		const { manifest } = this.#state;
		if (!manifest || !this.#work || this.#switching) return;
		this.cancelScore();
		this.#switching = true;
		try {
			const kept = await this.keepNow();
			if (kept?.kind === 'failed' && !isLost(kept)) return;
			const attempt = await this.#store.startAttempt(manifest.id, caseVersion(manifest));
			await this.#startWork(attempt.id);
			forgetAttempt();
			this.#set({ report: undefined, comparison: 'none', scoreProblem: undefined, notStarted: false });
			this.#showOutlines();
		} catch (error) {
			if (!(error instanceof StoreError)) throw error;
			this.#set({ notStarted: true });
		} finally {
			this.#switching = false;
			this.#touch();
		}
	}

	/** Tries again to keep what could not be kept. */
	retrySave(): void {
		this.#journal.retry();
	}

	/** Loads a series again that could not be loaded or shown. */
	async retrySeries(sequence: Sequence): Promise<void> {
		await this.#load(sequence);
		const carriesWork = this.#state.regions.some((region) => REGION_SEQUENCE[region] === sequence);
		if (!carriesWork || !this.#work || !this.#series.has(sequence)) return;
		this.endStroke();
		this.#journal.log(this.#work.takeLooks());
		this.#foldWork();
	}

	/** How the masks came about, for the rules about tools and files. */
	#making(work: Work): Making {
		const log = this.#journal.events.flatMap((event) =>
			event.kind === 'stroke' ? [{ region: event.region, tool: event.tool }] : [],
		);
		const files = [...work.masks.keys()].flatMap((region) => {
			const from = work.sourceOf(region);
			return from ? [{ region, ...from }] : [];
		});
		return { log, files };
	}

	#takeMask(region: Region, mask: Uint8Array, source: MaskSource): void {
		if (!this.canDraw || !this.#work) return;
		if (this.#state.hidden.has(region)) this.toggleHidden(region);
		this.#journal.log([...this.#work.takeLooks(), this.#work.importMask(region, mask, source)]);
		this.#showOutlines();
	}

	/** Writes what is not yet written; the page is about to be hidden. Resolves once that is done or has failed. */
	keepNow(): Promise<SaveState | undefined> {
		this.endStroke();
		if (this.#work) this.#journal.log(this.#work.takeLooks());
		return this.#journal.flush();
	}

	close(): void {
		// Not before all is written: the tab that waits for the attempt reads its journal at once.
		void this.keepNow().then(() => this.#journal.release());
		clearTimeout(this.#lookTimer);
		this.#closing.abort(new DOMException('the case was closed', 'AbortError'));
		this.#bridge.close();
		this.viewer.dispose();
	}

	/** Runs what needs the store; a page without one says so. */
	async #orFailure(task: () => Promise<void>): Promise<void> {
		try {
			await task();
		} catch (error) {
			if (this.#closing.signal.aborted) return;
			if (!(error instanceof StoreError)) throw error;
			this.#set({ failure: error.kind === 'full' ? 'full' : 'storage' });
		}
	}

	/** Loads the series in order; the journal is replayed as soon as everything that can be drawn on is there. */
	async #loadAll(attemptId: string): Promise<void> {
		const { manifest, regions } = this.#state;
		if (!manifest) return;
		const needed = new Set(regions.map((region) => REGION_SEQUENCE[region] as Sequence));
		for (const sequence of loadOrder(manifest)) {
			await this.#load(sequence);
			this.#closing.signal.throwIfAborted();
			needed.delete(sequence);
			if (needed.size === 0 && !this.#work) await this.#startWork(attemptId);
		}
		if (!this.#work) await this.#startWork(attemptId);
		// Where this fails, the score fetches the reference itself, and says so if it cannot.
		if (this.#source)
			await this.#bridge.keepReference({ signal: this.#closing.signal }, this.#source).catch(() => undefined);
	}

	async #load(sequence: Sequence): Promise<void> {
		if (!this.#source) return;
		this.#setSeries(sequence, { kind: 'waiting' });
		try {
			const loaded = await this.#bridge.loadSeries({ signal: this.#closing.signal }, this.#source, sequence);
			if (!loaded.ok) return this.#setSeries(sequence, { kind: 'failed', issues: loaded.issues });
			this.#series.set(sequence, loaded.value);
			this.windows.add(sequence, loaded.value.quantiles);
			this.#setSeries(sequence, { kind: 'shown', warnings: loaded.value.warnings });
			void this.#showIn(sequence === 'ADC' && this.#state.panels.includes('DWI') ? 'DWI' : sequence);
		} catch (error) {
			if (this.#closing.signal.aborted) return;
			const isFetch = error instanceof Error && error.name === 'TypeError';
			const issue = isFetch ? unreachable(sequence) : { code: 'series.stopped', path: sequence, params: {} };
			this.#setSeries(sequence, { kind: 'failed', issues: [issue] });
		}
	}

	/** Goes on with an attempt. */
	async #startWork(attemptId: string): Promise<void> {
		this.#set(await this.#journal.open(attemptId, this.#closing.signal));
		this.#foldWork();
	}

	/** Goes on with an attempt that was another tab's. */
	#takeOver(attemptId: string): Promise<void> {
		return this.#orFailure(async () => {
			await this.#startWork(attemptId);
			this.#set({ elsewhere: false });
			this.#noteLooks();
		});
	}

	/** Makes the masks, what can be undone, the time and what was looked at out of the journal. */
	#foldWork(): void {
		const work = new Work(this.#state.regions, this.#grids);
		const unusable = work.replay(this.#journal.events);
		this.#work = work;
		this.#set({ imported: [], damagedEntries: this.#journal.unreadable + unusable });
		this.#showOutlines();
		this.#lookAtWork();
		this.#noteLooks();
	}

	/** Grids of the series that are here. */
	get #grids(): Map<Sequence, Grid> {
		return new Map([...this.#series].map(([sequence, { grid }]) => [sequence, grid]));
	}

	/** Goes to the middle of what was drawn, else of the series. */
	#lookAtWork(): void {
		const { region } = this.#state;
		if (!region || this.viewer.position) return;
		const panel = this.viewer.panel(REGION_SEQUENCE[region]);
		const mask = this.#work?.masks.get(region);
		if (!panel?.view) return;
		const drawn = mask ? [...mask.sliceCounts].flatMap((count, slice) => (count > 0 ? [slice] : [])) : [];
		const slice = drawn[drawn.length >> 1] ?? panel.view.dims[2] >> 1;
		this.viewer.goToSlice(REGION_SEQUENCE[region], slice);
	}

	async #showIn(name: Sequence): Promise<void> {
		const panel = this.viewer.panel(name);
		const sequence = this.sequenceOf(name);
		const loaded = this.#series.get(sequence);
		const window = this.windows.get(sequence);
		if (!panel || !loaded || !window) return;
		try {
			await panel.show(loaded, window);
		} catch {
			// Niivue says no more than that it could not: no WebGL, no memory. What to do is the same.
			const gone = this.#closing.signal.aborted || this.viewer.panel(name) !== panel;
			const issue = { code: 'series.notShown', path: sequence, params: {} };
			if (!gone) this.#setSeries(sequence, { kind: 'failed', issues: [issue] });
			return;
		}
		if (this.viewer.position) panel.lookAt(this.viewer.position);
		else if (this.#work) this.#lookAtWork();
		this.#noteLooks();
	}

	#rebuild(name: Sequence): void {
		const panel = this.viewer.panel(name);
		const host = panel?.surface.parentElement;
		if (!host) return;
		this.viewer.unmount(name);
		this.mount(name, host);
		this.#showOutlines();
	}

	#revert(which: 'undo' | 'redo'): void {
		if (this.#stroke || !this.canDraw) return;
		const done = this.#work?.[which]();
		if (!done) return;
		const { region, slice } = done.edit;
		this.#journal.log([done.event]);
		this.#set({ imported: [] });
		if (region !== this.#state.region) this.#set({ region, front: REGION_SEQUENCE[region] });
		if (this.#state.hidden.has(region)) this.toggleHidden(region);
		this.viewer.goToSlice(REGION_SEQUENCE[region], slice);
		this.#showOutlines();
	}

	/** Notes which slices are on the screen; not those of an attempt that another tab goes on with. */
	#noteLooks(): void {
		if (!this.#work || this.#state.elsewhere) {
			this.#touch();
			return;
		}
		let first = false;
		for (const [name, panel] of this.viewer.panels) {
			const sequence = this.sequenceOf(name as Sequence);
			const onScreen = !this.#state.maximised || name === this.#state.front;
			if (panel.series && onScreen && this.#work.look(sequence, panel.slice)) first = true;
		}
		if (first) {
			this.#lookTimer ??= setTimeout(() => {
				this.#lookTimer = undefined;
				if (this.#work) this.#journal.log(this.#work.takeLooks());
			}, LOOK_LOG_MS);
		}
		this.#touch();
	}

	#showOutlines(): void {
		const { regions, region, hidden, comparison } = this.#state;
		this.viewer.show({
			active: region,
			comparison,
			regions: regions.flatMap((each) => {
				const mask = this.#work?.masks.get(each);
				const reference = comparison === 'none' ? undefined : this.#references.get(each);
				if (!mask) return [];
				const sequence = REGION_SEQUENCE[each];
				return [{ region: each, sequence, colour: REGION_COLOUR[each], mask, reference, visible: !hidden.has(each) }];
			}),
		});
		this.#touch();
	}

	#setSeries(sequence: Sequence, state: SeriesState): void {
		this.#set({ series: new Map(this.#state.series).set(sequence, state) });
	}

	#touch(): void {
		this.#set({ revision: this.#state.revision + 1 });
	}

	#set(change: Partial<PracticeState>): void {
		const canUndo = this.#work?.canUndo ?? false;
		const canRedo = this.#work?.canRedo ?? false;
		this.#state = { ...this.#state, canUndo, canRedo, ...change };
		for (const listener of this.#listeners) listener();
	}
}

/** Whether the attempt cannot be gone on with here: what is added to it will never be kept. */
function isLost(saved: SaveState): boolean {
	return saved.kind === 'failed' && (saved.reason === 'otherTab' || saved.reason === 'gone');
}

/** A file could not be fetched. */
function unreachable(path: string): Issue {
	return { code: 'series.unreachable', path, params: {} };
}
