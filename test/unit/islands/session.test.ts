import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Grid } from '../../../src/grid/grid.ts';
import { REPAIR_LIMITS } from '../../../src/learning/drills/repair.ts';
import type { Sequence } from '../../../src/protocol/protocol.ts';
import type { AttemptEvent, Purpose, RepairTask } from '../../../src/schemas/attempt.ts';
import { type CaseManifest, caseManifestSchema } from '../../../src/schemas/caseManifest.ts';
import type { LearnerEvent } from '../../../src/schemas/learnerEvent.ts';
import type { Journal, Store } from '../../../src/store/store.ts';
import { StoreError } from '../../../src/store/storeError.ts';
import type { CaseBridge } from '../../../src/workers/bridge.ts';
import type { Planted } from '../../../src/workers/plant.ts';

/** Panels without pixels: the session only asks them where they are. */
vi.mock('../../../src/viewer/caseViewer.ts', async () => {
	const { rasView } = await import('../../../src/grid/rasView.ts');
	class FakePanel {
		series: { sequence: string; grid: Grid } | undefined;
		slice = 1;
		readonly crosshair = [5, 5] as const;
		get view() {
			return this.series && rasView(this.series.grid);
		}
		async show(series: { sequence: string; grid: Grid }) {
			this.series = series;
		}
		lookAt() {}
		repaint() {}
		setOpacity() {}
		setCrosshairShown() {}
		setWindow() {}
	}
	class CaseViewer {
		readonly panels = new Map<string, FakePanel>();
		readonly #events: { moved(): void };
		position: unknown;
		lookAt(position: unknown) {
			this.position = position;
			this.#events.moved();
		}
		constructor(events: { moved(): void }) {
			this.#events = events;
		}
		mount(name: string) {
			const panel = new FakePanel();
			this.panels.set(name, panel);
			return panel;
		}
		unmount() {}
		panel(name: string) {
			return this.panels.get(name);
		}
		goToSlice(name: string, slice: number) {
			const panel = this.panels.get(name);
			if (panel) panel.slice = slice;
			this.position = [0, 0, 0];
			this.#events.moved();
		}
		show() {}
		dispose() {}
	}
	return { CaseViewer };
});

const { PracticeSession } = await import('../../../src/islands/practice/session.ts');

const GRID: Grid = { dims: [12, 12, 4], affine: [-1, 0, 0, 6, 0, -1, 0, 6, 0, 0, 5, 0, 0, 0, 0, 1] };
const manifest: CaseManifest = caseManifestSchema.parse({
	schemaVersion: 1,
	id: 'made',
	origin: 'device',
	title: { zh: '', en: '' },
	subtitle: { zh: '', en: '' },
	family: 'glioma',
	synthetic: true,
	series: ['FLAIR', 'T1C'].map((sequence) => ({ file: `${sequence}.nii`, bytes: 1, sequence })),
	reference: { kind: 'perRegion', masks: [{ region: 'WT', file: 'WT.nii', bytes: 1 }] },
});

/** A store of journals that can hold writes back or refuse them. */
class FakeStore {
	readonly journals = new Map<string, AttemptEvent[]>();
	readonly purposes = new Map<string, Purpose>();
	readonly repairs = new Map<string, RepairTask | undefined>();
	readonly reports: { attemptId: string; eventSeq: number }[] = [];
	refusal: StoreError | undefined;
	held: Promise<void> | undefined;

	async getCase() {
		return { ok: true as const, value: manifest };
	}
	async caseFile() {
		return new Blob();
	}
	async latestAttempt() {
		const id = [...this.journals.keys()].at(-1);
		return id && { id, purpose: this.purposes.get(id), repair: this.repairs.get(id) };
	}
	async startAttempt(_: string, __: string, purpose: Purpose, repair?: RepairTask) {
		const id = `attempt-${this.journals.size + 1}`;
		this.journals.set(id, []);
		this.purposes.set(id, purpose);
		this.repairs.set(id, repair);
		return { id, purpose, repair };
	}
	async loadJournal(id: string): Promise<Partial<Journal>> {
		const events = [...(this.journals.get(id) ?? [])];
		return { events, reports: [], lastSeq: events.length, issues: [] };
	}
	async appendEvents(id: string, events: readonly AttemptEvent[]) {
		await this.held;
		if (this.refusal) throw this.refusal;
		this.journals.get(id)?.push(...events);
	}
	async saveReport(attemptId: string, _: unknown, { eventSeq }: { eventSeq: number }) {
		this.reports.push({ attemptId, eventSeq });
	}
	readonly answers: LearnerEvent[] = [];
	async appendLearner(events: readonly LearnerEvent[]) {
		if (this.refusal) throw this.refusal;
		this.answers.push(...events);
	}
	get strokes(): number[] {
		return [...this.journals.values()].map((events) => events.filter(({ kind }) => kind === 'stroke').length);
	}
}

/** Whether a stored element is one of the 4 × 4 in the middle of its slice. */
function inMiddle(element: number): boolean {
	return [element % 12, Math.floor(element / 12) % 12].every((v) => v >= 4 && v < 8);
}

/** The middle of every slice, as a mask. */
const middle = () => Uint8Array.from({ length: 576 }, (_, n) => (inMiddle(n) ? 1 : 0));

/** The same without its third slice, where an error left it out. */
function plantedMiddle(): Planted {
	const data = middle();
	const leftOut = [...data.keys()].filter((n) => data[n] === 1 && Math.floor(n / 144) === 2);
	for (const n of leftOut) data[n] = 0;
	return {
		rules: ['R6-8a'],
		masks: [{ region: 'WT', data, drawn: new Uint32Array(0), leftOut: Uint32Array.from(leftOut) }],
		found: [{ code: 'E12', region: 'WT' }],
	};
}

/** A worker that loads what it is told it has, and scores when the test says so. */
function fakeBridge(broken: Set<Sequence>) {
	let finish = () => {};
	const bridge = {
		async loadSeries(_: AbortSignal, __: unknown, sequence: Sequence) {
			if (broken.has(sequence)) throw new TypeError('no network');
			const quantiles = Float64Array.from({ length: 2001 }, (_, n) => n);
			// Bright in the middle of every slice, 100 on 0.
			const data = Float32Array.from({ length: 576 }, (_, n) => (inMiddle(n) ? 100 : 0));
			return { ok: true, value: { sequence, grid: GRID, data, quantiles, warnings: [] } };
		},
		keepReference: async () => undefined,
		checkLive: () => Promise.resolve([]),
		plantError: async (_: unknown, __: unknown, { error }: RepairTask) => ({
			ok: true,
			value: error === 'E12' ? plantedMiddle() : null,
		}),
		hashMasks: async (_: unknown, masks: readonly Uint8Array[]) => masks.map(() => 'a'.repeat(64)),
		score: ({ signal }: { signal: AbortSignal }) =>
			new Promise((resolve, reject) => {
				signal.addEventListener('abort', () => reject(signal.reason));
				finish = () => {
					const findings = {
						list: [
							{ code: 'E12', region: 'WT' },
							{ code: 'E05', region: 'WT' },
						],
						unchecked: [],
					};
					const report = { scoringVersion: '0', caseId: 'made', regions: [], unscored: [], findings };
					resolve({ ok: true, value: { report, references: new Map([['WT', middle()]]) } });
				};
			}),
		close() {},
	};
	return { bridge: bridge as unknown as CaseBridge, finishScore: () => finish() };
}

/** Lets everything run that waits for nothing else. */
const settled = async () => {
	for (let n = 0; n < 20; n++) await new Promise((done) => setImmediate(done));
};

async function open({
	store = new FakeStore(),
	broken = new Set<Sequence>(),
	purpose = 'practice' as Purpose,
	repair = undefined as RepairTask | undefined,
} = {}) {
	const { bridge, finishScore } = fakeBridge(broken);
	const session = new PracticeSession(store as unknown as Store, bridge);
	for (const panel of ['FLAIR', 'T1C'] as const) session.images.mount(panel, {} as HTMLElement);
	await session.open('made', { purpose, repair });
	await settled();
	const stroke = (y = 5) => {
		const began = session.drawing.start('FLAIR', { x: 4, y }, false);
		session.drawing.extend([{ x: 8, y }]);
		session.drawing.end();
		return began;
	};
	return { session, store, broken, stroke, finishScore };
}

/** Web Locks as a second tab finds them: taken until `letGo`. */
function takenLocks() {
	let letGo = () => {};
	const free = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	const request = async (_: string, options: { ifAvailable?: boolean }, use: (lock: object | null) => unknown) => {
		if (options.ifAvailable) return use(null);
		await free;
		return use({});
	};
	return { locks: { request }, letGo };
}

describe('PracticeSession', () => {
	afterEach(() => {
		vi.useRealTimers();
		vi.unstubAllGlobals();
	});
	beforeEach(() => {
		vi.stubGlobal('location', { href: 'http://site/en/practice/?case=made&attempt=attempt-1' });
		vi.stubGlobal('history', { state: null, replaceState: vi.fn() });
		vi.stubGlobal('navigator', {});
	});

	it('writes nothing to an attempt that another tab goes on with, then takes it over with all it holds', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		const { locks, letGo } = takenLocks();
		vi.stubGlobal('navigator', { locks });
		const { session, store, stroke } = await open();
		expect(session.state.elsewhere).toBe(true);
		session.viewer.goToSlice('FLAIR', 3);
		expect(stroke()).toBe(false);
		vi.advanceTimersByTime(10_000);
		void session.keepNow();
		await settled();
		expect(store.journals.get('attempt-1')).toEqual([]);

		vi.stubGlobal('navigator', {});
		const other = await open();
		other.stroke();
		await settled();
		store.journals.get('attempt-1')?.push(...(other.store.journals.get('attempt-1') ?? []));
		letGo();
		await settled();
		expect(session.state.elsewhere).toBe(false);
		expect(session.work?.masks.get('WT')?.total).toBeGreaterThan(0);
		expect(stroke(8)).toBe(true);
	});

	it('keeps what is drawn, saved or not, where a series comes late', async () => {
		const { session, store, broken, stroke } = await open({ broken: new Set(['T1C']) });
		expect(session.state.series.get('T1C')).toMatchObject({ kind: 'failed', issues: [{ code: 'series.unreachable' }] });
		store.held = new Promise(() => {});
		stroke();
		const drawn = session.work?.masks.get('WT')?.total ?? 0;
		expect(drawn).toBeGreaterThan(0);
		broken.clear();
		await session.retrySeries('T1C');
		expect(session.work?.masks.get('ET')).toBeDefined();
		expect(session.work?.masks.get('WT')?.total).toBe(drawn);
		expect(session.state.canUndo).toBe(true);
		expect(session.unsaved).toBe(true);
	});

	it('does not call strokes damaged whose series did not load', async () => {
		const first = await open();
		first.session.chooseRegion('ET');
		first.session.drawing.start('T1C', { x: 4, y: 4 }, false);
		first.session.drawing.end();
		await settled();
		const again = await open({ store: first.store, broken: new Set(['T1C']) });
		expect(again.session.state.damagedEntries).toBe(0);
		again.broken.clear();
		await again.session.retrySeries('T1C');
		expect(again.session.work?.masks.get('ET')?.total).toBeGreaterThan(0);
	});

	it('draws nothing while it scores, and says which strokes were scored', async () => {
		const { session, store, stroke, finishScore } = await open();
		stroke();
		const scored = session.scoring.score();
		expect(session.state.scoring).toBe(true);
		const before = session.work?.masks.get('WT')?.total;
		expect(stroke(9)).toBe(false);
		session.drawing.undo();
		expect(session.work?.masks.get('WT')?.total).toBe(before);
		finishScore();
		await scored;
		const events = store.journals.get('attempt-1') ?? [];
		expect(store.reports).toEqual([{ attemptId: 'attempt-1', eventSeq: events.length }]);
		expect(session.state.report?.number).toBe(1);
	});

	it('counts a stroke that is under way when the score is asked for', async () => {
		const { session, store, finishScore } = await open();
		session.drawing.start('FLAIR', { x: 4, y: 4 }, false);
		const scored = session.scoring.score();
		finishScore();
		await scored;
		expect(store.strokes).toEqual([1]);
		expect(store.reports.length).toBe(1);
	});

	it('starts over from nothing once all is kept, and gives no report to the new attempt', async () => {
		const { session, store, stroke, finishScore } = await open();
		stroke();
		const scored = session.scoring.score();
		await session.startOver();
		finishScore();
		await scored;
		expect(store.strokes).toEqual([1, 0]);
		expect(store.reports).toEqual([]);
		expect(session.work?.masks.get('WT')?.total).toBe(0);
		expect(session.state).toMatchObject({ scoring: false, report: undefined, reports: 0 });
		expect(history.replaceState).toHaveBeenCalledWith(null, '', new URL('http://site/en/practice/?case=made'));
		expect(stroke()).toBe(true);
		await settled();
		expect(store.strokes).toEqual([1, 1]);
	});

	it('drops a score that was made when one starts over before it is shown', async () => {
		const { session, store, stroke, finishScore } = await open();
		let letThrough = () => {};
		store.held = new Promise((resolve) => {
			letThrough = resolve;
		});
		stroke();
		const scored = session.scoring.score();
		finishScore();
		await settled();
		const over = session.startOver();
		letThrough();
		await Promise.all([scored, over]);
		expect(store.reports).toEqual([]);
		expect(session.state.report).toBeUndefined();
	});

	it('does not start over where the work cannot be kept, nor loses it where no attempt can be started', async () => {
		const { session, store, stroke } = await open();
		store.refusal = new StoreError('full');
		stroke();
		const drawn = session.work?.masks.get('WT')?.total;
		await session.startOver();
		expect(store.journals.size).toBe(1);
		expect(session.work?.masks.get('WT')?.total).toBe(drawn);

		store.refusal = undefined;
		session.retrySave();
		await settled();
		store.startAttempt = () => Promise.reject(new StoreError('full'));
		await session.startOver();
		expect(session.state.notStarted).toBe(true);
		expect(session.work?.masks.get('WT')?.total).toBe(drawn);
		expect(stroke(9)).toBe(true);
	});

	it('keeps the stroke that is under way when the page goes', async () => {
		const { session, store } = await open();
		session.drawing.start('FLAIR', { x: 4, y: 4 }, false);
		expect(session.unsaved).toBe(true);
		session.close();
		await settled();
		expect(store.strokes).toEqual([1]);
		expect(session.unsaved).toBe(false);
	});

	it('has one stroke at a time', async () => {
		const { session } = await open();
		expect(session.drawing.start('FLAIR', { x: 2, y: 2 }, false)).toBe(true);
		expect(session.drawing.start('FLAIR', { x: 9, y: 9 }, false)).toBe(false);
		session.drawing.end();
		const mask = session.work?.masks.get('WT');
		session.drawing.undo();
		expect(mask?.total).toBe(0);
	});

	it('counts only the panels on the screen as looked at', async () => {
		const { session } = await open();
		session.panels.setLayout('one');
		session.viewer.goToSlice('T1C', 3);
		expect(session.work?.looked.get('T1C')?.has(3)).not.toBe(true);
		session.panels.setLayout('all');
		expect(session.work?.looked.get('T1C')?.has(3)).toBe(true);
	});

	it('a stroke that turns out to be the first of two fingers was never drawn', async () => {
		const { session, store, stroke } = await open();
		stroke(2);
		const drawn = session.work?.masks.get('WT')?.data.slice();
		expect(session.drawing.start('FLAIR', { x: 4, y: 8 }, false)).toBe(true);
		session.drawing.extend([{ x: 8, y: 4 }]);
		expect(session.work?.masks.get('WT')?.data).not.toEqual(drawn);
		session.drawing.abandon();
		expect(session.work?.masks.get('WT')?.data).toEqual(drawn);
		expect(session.drawing.busy).toBe(false);
		session.drawing.end();
		await session.keepNow();
		const strokes = store.journals.get('attempt-1')?.filter(({ kind }) => kind === 'stroke');
		expect(strokes).toHaveLength(1);
	});

	it('takes the score past the self-check once, and again after the next edit', async () => {
		const { session, store, stroke, finishScore } = await open();
		session.protocol.askForScore();
		expect(session.state).toMatchObject({ checking: false, scoreProblem: 'nothingDrawn' });
		stroke();
		session.protocol.askForScore();
		expect(session.state).toMatchObject({ checking: true, scoring: false });
		const [whole, enhancing] = session.protocol.selfCheck;
		expect(whole?.slices.map(({ slice, drawn, looked }) => [slice, drawn, looked])).toEqual([
			[1, false, false],
			[2, true, true],
			[3, false, false],
		]);
		expect(whole?.unseen).toEqual([1, 3]);
		expect(enhancing).toMatchObject({ region: 'ET', missing: true });
		session.protocol.tellNoneSeen('ET', true);
		expect(session.protocol.selfCheck[1]?.missing).toBe(false);
		session.protocol.showSlice('WT', 3);
		expect(session.protocol.selfCheck[0]?.unseen).toEqual([1]);
		session.protocol.scoreNow(true);
		expect(session.state).toMatchObject({ checking: false, scoring: true });
		finishScore();
		await settled();
		expect(session.state.report?.number).toBe(1);
		const kinds = store.journals.get('attempt-1')?.map(({ kind }) => kind);
		expect(kinds?.filter((kind) => kind !== 'look')).toEqual(['stroke', 'noneSeen', 'selfCheck']);
		session.scoring.editAgain();
		session.protocol.askForScore();
		expect(session.state).toMatchObject({ checking: false, scoring: true });
		finishScore();
		await settled();
		session.scoring.editAgain();
		stroke(9);
		session.protocol.askForScore();
		expect(session.state.checking).toBe(true);
	});

	it('goes from lesion to lesion and around, on the region that counts them', async () => {
		const { session } = await open();
		const { protocol } = session;
		expect(protocol.lesionRegion).toBe('ET');
		expect(protocol.goToLesion(1)).toBe(false);
		session.chooseRegion('ET');
		for (const [slice, x] of [
			[0, 2],
			[3, 9],
		] as const) {
			session.viewer.goToSlice('T1C', slice);
			session.drawing.start('T1C', { x, y: 5 }, false);
			session.drawing.end();
		}
		expect(protocol.lesions.map(({ firstSlice, lastSlice }) => [firstSlice, lastSlice])).toEqual([
			[0, 0],
			[3, 3],
		]);
		session.chooseRegion('WT');
		const height = () => {
			const [, , z] = session.viewer.position ?? [];
			return z;
		};
		const heights = [1, 1, 1, -1].map((step) => protocol.goToLesion(step as 1 | -1) && height());
		expect(heights).toEqual([0, 15, 0, 15]);
		expect(session.state.region).toBe('ET');
	});

	it('lets go of a proposal when something else is drawn, undone or made again', async () => {
		const { session, stroke } = await open();
		const { drawing } = session;
		const total = () => session.work?.masks.get('WT')?.total;
		const propose = () => expect(drawing.proposals.growFrom('FLAIR', { x: 5, y: 5 })).toBe(true);
		stroke();
		const drawn = total() ?? 0;
		propose();
		drawing.undo();
		expect([total(), session.state.proposal]).toEqual([drawn, undefined]);
		drawing.undo();
		propose();
		expect(session.state.proposal?.tool).toBe('grow');
		drawing.redo();
		expect([total(), session.state.proposal, drawing.proposals.accept()]).toEqual([drawn, undefined, false]);
		propose();
		session.protocol.showSlice('ET', 1);
		expect(session.state.proposal).toBeUndefined();
	});

	it('proposes anew with the settings that change, and draws what is taken', async () => {
		const { session } = await open();
		const { proposals } = session.drawing;
		const voxels = () => Math.round((session.state.proposal?.volumeMl ?? 0) * 200);
		const zone = [0, 11].flatMap((x) => (x === 0 ? [0, 11] : [11, 0]).map((y) => ({ x, y })));
		session.chooseTool('threshold');
		proposals.thresholdIn('FLAIR', zone);
		const bright = voxels();
		session.setOptions({ dark: true });
		const dark = voxels();
		expect([bright, dark > bright]).toEqual([16, true]);
		session.setOptions({ dark: false, zoneSlices: 1 });
		expect(voxels()).toBe(48);
		expect(proposals.accept()).toBe(true);
		const mask = session.work?.masks.get('WT');
		expect([...(mask?.sliceCounts ?? [])]).toEqual([0, 16, 16, 16]);
	});

	it('draws no reference before it is known who draws, and keeps no version where a series is missing', async () => {
		const { session, store, stroke } = await open({ purpose: 'reference' });
		expect(session.state.targets).toEqual([
			...['WT', 'ET', 'NE', 'uncertainWT', 'ventricles', 'sulci', 'confounders', 'brightBefore', 'vessels'],
		]);
		expect(session.state.dialog).toBe('expert');
		expect(stroke()).toBe(false);
		session.authoring.sitDown('Li');
		expect(session.authoring.canKeep).toBe(false);
		expect(stroke()).toBe(true);
		await session.authoring.keep();
		expect(session.authoring.current).toMatchObject({ number: 1, author: 'Li' });
		expect(session.authoring.canKeep).toBe(false);
		expect(session.authoring.canConfirm).toBe(true);
		await session.keepNow();

		const again = await open({ store, broken: new Set(['T1C']), purpose: 'reference' });
		expect(again.session.state.expert).toBeUndefined();
		again.session.authoring.sitDown('Wang');
		expect(again.session.authoring.current?.number).toBe(1);
		expect(again.session.authoring.canConfirm).toBe(false);
		again.stroke(9);
		expect(again.session.authoring.canKeep).toBe(false);
		again.broken.clear();
		await again.session.retrySeries('T1C');
		expect(again.session.authoring.canKeep).toBe(true);
	});

	it('hands nothing over that is not kept, and starts over without what was told of the versions', async () => {
		const { session, store, stroke } = await open({ purpose: 'reference' });
		session.authoring.sitDown('Li');
		stroke();
		await session.authoring.keep();
		session.authoring.compareWith(session.authoring.current);
		expect(session.state).toMatchObject({ comparedWith: 1, comparison: 'outlines' });
		store.refusal = new StoreError('full');
		expect(await session.authoring.handOver()).toBeUndefined();
		expect(session.state.authoringTold).toEqual({ kind: 'failed', reason: 'full' });
		store.refusal = undefined;
		session.retrySave();
		await session.startOver();
		expect(session.work?.versions.list).toEqual([]);
		expect(session.state).toMatchObject({ comparedWith: undefined, comparison: 'none', authoringTold: undefined });
	});

	it('plants what is to be repaired once, draws before the error is named nothing, and keeps no score', async () => {
		const repair = { error: 'E12', seed: 3, round: 1 } as const;
		const { session, store, stroke, finishScore } = await open({ purpose: 'repair', repair });
		const mask = () => session.work!.masks.get('WT')!;
		expect([...mask().sliceCounts]).toEqual([16, 16, 0, 16]);
		expect(session.repair.choices).toHaveLength(4);
		expect(session.repair.choices).toContain('E12');
		session.drawing.undo();
		expect(mask().total).toBe(48);
		expect(stroke()).toBe(false);
		session.repair.name('E11');
		session.repair.name('E12');
		expect(session.work?.named).toBe('E11');
		// The strokes are of the second slice: 4 voxels wide and beyond the middle to the right.
		session.viewer.panel('FLAIR')!.lookAt([0, 0, 0]);
		(session.viewer.panel('FLAIR') as unknown as { slice: number }).slice = 2;
		session.setDiameter(40);
		expect(stroke()).toBe(true);
		expect(mask().total).toBeGreaterThan(64);
		await session.keepNow();

		const again = await open({ store, purpose: 'repair', repair });
		expect(again.session.work?.masks.get('WT')?.data).toEqual(mask().data);
		expect(again.session.work?.named).toBe('E11');
		again.session.drawing.undo();
		expect(again.session.work?.masks.get('WT')?.total).toBe(48);
		again.session.drawing.undo();
		expect(again.session.work?.masks.get('WT')?.total).toBe(48);

		session.viewer.goToSlice('FLAIR', 0);
		const checking = session.repair.check();
		await settled();
		finishScore();
		await checking;
		const { repaired } = session.state;
		expect(repaired).toMatchObject({ share: 1, isNamed: false, isRepaired: false, planted: 'E12', named: 'E11' });
		expect(repaired?.broken).toBe((mask().total - 64) / REPAIR_LIMITS.leastVoxels);
		expect(repaired?.newly.map(({ code }) => code)).toEqual(['E05']);
		expect(session.viewer.panel('FLAIR')?.slice).toBe(2);
		expect(store.reports).toEqual([]);
		expect(store.answers).toMatchObject([
			{
				kind: 'answer',
				form: 'drill',
				item: 'drill:repair:made:E12:3',
				rules: ['R6-8a'],
				score: repaired?.score,
				given: { round: 1, named: 'E11', share: 1 },
			},
		]);
		expect(repaired?.lost).toBe(false);

		session.scoring.editAgain();
		expect(session.state.repaired).toBeUndefined();
		store.refusal = new StoreError('full');
		const unkept = session.repair.check();
		await settled();
		finishScore();
		await unkept;
		expect(session.state.repaired).toMatchObject({ share: 1, lost: true });
		expect(store.answers).toHaveLength(1);
	});

	it('starts a repair over with the same error, and says where the case cannot carry it', async () => {
		const repair = { error: 'E12', seed: 3, round: 1 } as const;
		const { session, store, stroke } = await open({ purpose: 'repair', repair });
		session.repair.name('E12');
		stroke();
		await session.startOver();
		expect([...session.work!.masks.get('WT')!.sliceCounts]).toEqual([16, 16, 0, 16]);
		expect(session.work?.named).toBeUndefined();
		expect([...store.repairs.values()]).toEqual([repair, repair]);

		const other = await open({ purpose: 'repair', repair: { ...repair, error: 'E06' } });
		expect(other.session.state.repairProblem).toBe('refused');
		other.session.repair.name('E06');
		expect(other.stroke()).toBe(false);
	});

	it('draws nothing while it makes a version', async () => {
		const { session, stroke } = await open({ purpose: 'reference' });
		session.authoring.sitDown('Li');
		stroke();
		const keeping = session.authoring.keep();
		expect(stroke(9)).toBe(false);
		session.drawing.undo();
		await keeping;
		expect(stroke(9)).toBe(true);
		session.drawing.undo();
		expect(session.work?.versions.list.map(({ masks }) => masks[0]?.voxels)).toEqual([
			session.work?.masks.get('WT')?.total,
		]);
	});

	it('keeps the pre-read that was told last', async () => {
		const { session, store } = await open();
		const answer = { side: 'left', lobes: ['frontal'], margin: 'sharp', composition: [], quality: {} } as const;
		for (const lesions of [1, 2])
			session.protocol.tellPreRead({ ...answer, lobes: ['frontal'], composition: [], lesions });
		await session.keepNow();
		const again = await open({ store });
		expect(again.session.work?.preRead?.lesions).toBe(2);
	});
});
