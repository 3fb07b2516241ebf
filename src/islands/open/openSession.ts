import type { SeriesRole } from '../../importers/guessSequence.ts';
import { readSidecar, stemOf } from '../../importers/sidecar.ts';
import type { Family } from '../../protocol/protocol.ts';
import type { CaseManifest, LabelScheme } from '../../schemas/caseManifest.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/storeError.ts';
import type { CaseBridge } from '../../workers/bridge.ts';
import { cleanCaseName, guessCaseName } from './caseName.ts';
import { type Candidate, collect } from './collect.ts';
import { deviceCase, newCaseId } from './deviceCase.ts';
import { DicomShelf, type SortedDicom, withOwnNames } from './dicomShelf.ts';
import { filesToKeep } from './filesToKeep.ts';
import type { GatheredFile } from './gather.ts';
import { isPart, waitingFor, withoutParts } from './parts.ts';
import { isGone, type OpenItem, type ReadBridge, readItem } from './readItem.ts';
import { review } from './review.ts';
import { assignRoles } from './roles.ts';
import type { Entry, OpenState, ReadEntry } from './state.ts';

/** What the session needs from outside. */
export interface OpenTools {
	readonly bridge: ReadBridge & Pick<CaseBridge, 'sortDicom' | 'cleanCopy' | 'copyDicom' | 'close'>;
	/** The database's code is fetched when something is kept, not before. */
	readonly store: () => Promise<Pick<Store, 'putCase' | 'removeCase'>>;
	/** Goes to the page where the case is drawn on. */
	readonly leaveTo: (caseId: string) => void;
	/** What a case is called whose files do not say. */
	readonly plainName: (now: Date) => string;
	readonly subtitle: CaseManifest['subtitle'];
	readonly now?: () => Date;
	readonly random?: () => Uint8Array;
}

const START: OpenState = {
	sorting: undefined,
	reading: undefined,
	entries: [],
	acquisitions: new Map(),
	leftOut: [],
	nothingFound: false,
	family: 'glioma',
	name: '',
	chosenScheme: undefined,
	selected: undefined,
	saving: undefined,
	saveProblem: undefined,
};

/** Files on their way into a case. React reads `state` and calls the methods. */
export class OpenSession {
	readonly #tools: OpenTools;
	readonly #files = new Map<string, File>();
	readonly #dicom: DicomShelf;
	readonly #listeners = new Set<() => void>();
	#state: OpenState = START;
	#queue: OpenItem[] = [];
	/** Voxels of headers, read with them. */
	#parts: readonly Candidate[] = [];
	/** Aborts looking for DICOM among files that arrived. */
	#sorting = new AbortController();
	#reading: AbortController | undefined;
	#saving: AbortController | undefined;
	#named = false;

	constructor(tools: OpenTools) {
		this.#tools = tools;
		this.#dicom = new DicomShelf(tools.bridge);
	}

	get state(): OpenState {
		return this.#state;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Reads files one after another; more can be added while that goes on. Resolves when all were read. */
	async add(chosen: readonly GatheredFile[]): Promise<void> {
		if (this.#saving) return;
		const sorted = await this.#sort(chosen);
		if (!sorted || this.#saving) return;
		const { take: dicom, others } = sorted;
		const waiting = this.#queue.filter((item): item is GatheredFile => 'file' in item);
		const present = [...this.#state.entries.filter((entry) => !entry.dicom), ...waiting, ...this.#parts];
		const { take: fresh, parts, sidecars, leftOut } = collect(others, present);
		for (const { path, file } of [...fresh, ...parts]) this.#files.set(path, file);
		this.#parts = [...this.#parts, ...parts];
		const arrived = [...fresh, ...parts].map(({ path }) => path);
		const again = waitingFor(this.#state.entries, arrived).map(({ path, bytes }) => ({
			path,
			bytes,
			file: this.#files.get(path)!,
		}));
		const anew = new Set(dicom.map(({ id }) => id));
		const take = [...again, ...fresh, ...dicom];
		this.#set({
			entries: this.#state.entries.filter(
				({ path, dicom }) => !again.some((each) => each.path === path) && !(dicom && anew.has(dicom.group)),
			),
			leftOut: [...this.#state.leftOut, ...sorted.leftOut, ...leftOut],
			nothingFound: take.length + parts.length + sidecars.length + leftOut.length + sorted.leftOut.length === 0,
			saveProblem: undefined,
		});
		this.#queue.push(...take);
		const told = this.#readSidecars(sidecars);
		const { reading } = this.#state;
		// The loop that is under way goes on to these.
		if (reading) this.#set({ reading: { ...reading, total: reading.total + take.length } });
		else if (take.length > 0) await this.#readAll();
		await told;
	}

	/** Undefined where that was cancelled. Where it came to an end otherwise, every file is read by itself and tells why. */
	async #sort(chosen: readonly GatheredFile[]): Promise<SortedDicom | undefined> {
		const { signal } = this.#sorting;
		const onProgress = (sorting: number) => !signal.aborted && this.#set({ sorting });
		const none = { take: [], others: chosen, leftOut: [] };
		const sorted = await this.#dicom.sort(chosen, { signal, onProgress }).catch(() => none);
		if (signal.aborted) return undefined;
		if (this.#state.sorting !== undefined) this.#set({ sorting: undefined });
		return sorted;
	}

	/** What is not there any more, or makes no sense, says nothing. */
	async #readSidecars(sidecars: readonly GatheredFile[]): Promise<void> {
		for (const { path, file } of sidecars) {
			const told = await file
				.text()
				.then((text) => readSidecar(path, text))
				.catch(() => ({}));
			const stem = stemOf(path);
			const { acquisitions } = this.#state;
			this.#set({ acquisitions: new Map(acquisitions).set(stem, { ...acquisitions.get(stem), ...told }) });
		}
	}

	/** Keeps what was read so far. */
	cancelReading(): void {
		const cancelled = new DOMException('reading was cancelled', 'AbortError');
		this.#reading?.abort(cancelled);
		this.#sorting.abort(cancelled);
		this.#sorting = new AbortController();
		if (this.#state.sorting !== undefined) this.#set({ sorting: undefined });
	}

	setRole(path: string, role: SeriesRole | null): void {
		this.#changeRead(path, (entry) => ({ ...entry, role, note: undefined }));
	}

	/** Gives a file its role alone: others that have it are not used. */
	keepAlone(path: string): void {
		const role = this.#state.entries.find(
			(entry): entry is ReadEntry => entry.path === path && entry.kind === 'read',
		)?.role;
		if (!role) return;
		this.#set({
			entries: this.#state.entries.map((entry) => {
				if (entry.kind === 'broken' || entry.role !== role) return entry;
				return entry.path === path
					? { ...entry, note: undefined }
					: { ...entry, role: null, note: { kind: 'taken', by: path } };
			}),
		});
	}

	setScheme(path: string, scheme: LabelScheme): void {
		this.#set({ chosenScheme: { path, scheme } });
	}

	setFamily(family: Family): void {
		this.#set({ family });
	}

	setName(name: string): void {
		this.#named = true;
		this.#set({ name });
	}

	select(path: string | undefined): void {
		this.#set({ selected: path });
	}

	/** Takes files off the list. */
	remove(paths: readonly string[]): void {
		for (const path of paths) this.#files.delete(path);
		const entries = this.#state.entries.filter(({ path }) => !paths.includes(path));
		const left = entries.map(({ path }) => path);
		for (const { path } of this.#parts) if (!isPart(path, left)) this.#files.delete(path);
		this.#parts = this.#parts.filter(({ path }) => this.#files.has(path));
		if (!this.#reading) this.#dicom.keepOnly(entries);
		this.#set({ entries, ...(paths.includes(this.#state.selected ?? '') && { selected: undefined }) });
	}

	/** Back to the empty page. */
	clear(): void {
		this.cancelReading();
		this.#reading = undefined;
		this.#queue = [];
		this.#parts = [];
		this.#files.clear();
		this.#dicom.keepOnly([]);
		this.#named = false;
		this.#set({ ...START, family: this.#state.family });
	}

	/** Keeps the case in this browser and goes to it. Does nothing while something has to be settled. */
	async open(): Promise<void> {
		const { draft, acquisitions } = review(this.#state);
		const name = cleanCaseName(this.#state.name);
		if (!draft || !name || this.#saving || this.#state.reading || this.#state.sorting !== undefined) return;
		const saving = new AbortController();
		this.#saving = saving;
		this.#set({ saving: 'saving', saveProblem: undefined });
		const { now = () => new Date(), random = () => crypto.getRandomValues(new Uint8Array(4)) } = this.#tools;
		const id = newCaseId(now(), random());
		try {
			const kept = await filesToKeep(draft, this.#state.entries, this.#files, this.#tools.bridge, saving.signal);
			const { manifest, files } = deviceCase({
				id,
				name,
				subtitle: this.#tools.subtitle,
				draft,
				acquisitions,
				files: kept,
			});
			const store = await this.#tools.store();
			if (!saving.signal.aborted) await store.putCase(manifest, files);
			// A write cannot be stopped half way, but what it left can be taken back.
			if (saving.signal.aborted) await store.removeCase(id);
			else return this.#tools.leaveTo(id);
		} catch (error) {
			if (!saving.signal.aborted) this.#set({ saveProblem: problemOf(error) });
		}
		this.resume();
	}

	/** Takes the case back as soon as its write allows. */
	cancelOpen(): void {
		if (!this.#saving) return;
		this.#saving.abort();
		this.#set({ saving: 'cancelling' });
	}

	/** After the page was left for a case and came back as it was. */
	resume(): void {
		this.#saving = undefined;
		this.#set({ saving: undefined });
	}

	close(): void {
		this.cancelReading();
		this.#tools.bridge.close();
	}

	async #readAll(): Promise<void> {
		const reading = new AbortController();
		this.#reading = reading;
		const total = this.#queue.length;
		this.#set({ reading: { done: 0, total, path: this.#queue[0]?.path ?? '' } });
		let fresh: readonly Entry[] = [];
		for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
			this.#set({ reading: { ...this.#state.reading!, path: next.path } });
			const read = await readItem(next, this.#files, this.#tools.bridge, reading.signal);
			if (!read) break;
			// Of a group that files came to meanwhile, the last reading counts.
			if (!('file' in next)) fresh = fresh.filter(({ dicom }) => dicom?.group !== next?.id);
			fresh = [...fresh, ...read];
			this.#set({ reading: { ...this.#state.reading!, done: this.#state.reading!.done + 1 } });
		}
		// The page was emptied meanwhile.
		if (this.#reading !== reading) return;
		this.#queue = [];
		this.#reading = undefined;
		this.#set({ reading: undefined });
		this.#take(fresh);
		this.#dicom.keepOnly(this.#state.entries);
	}

	/** Adds files that were read, once all are there: which of several gets a role depends on all of them. */
	#take(read: readonly Entry[]): void {
		const fresh = withOwnNames(read, this.#state.entries);
		const held = new Map<SeriesRole, string>();
		for (const entry of this.#state.entries) if (entry.kind === 'read' && entry.role) held.set(entry.role, entry.path);
		const assigned = assignRoles(
			fresh
				.filter((entry) => entry.kind === 'read')
				.map(({ path, labels, dicom }) => ({ path, labels, ...(dicom && { guess: dicom.guess }) })),
			held,
		);
		const entries = withoutParts([
			...this.#state.entries,
			...fresh.map((entry) => (entry.kind === 'read' ? { ...entry, ...assigned.get(entry.path) } : entry)),
		]);
		// The images say whose they are; a reference may be anyone's.
		const images = entries.filter((entry) => entry.kind === 'read' && entry.role && entry.role !== 'reference');
		const { now = () => new Date(), plainName } = this.#tools;
		const name = guessCaseName(images.map(({ path }) => path)) || plainName(now());
		this.#set({ entries, ...(!this.#named && entries.length > 0 && { name }) });
	}

	#changeRead(path: string, change: (entry: ReadEntry) => ReadEntry): void {
		this.#set({
			entries: this.#state.entries.map((entry) =>
				entry.kind === 'read' && entry.path === path ? change(entry) : entry,
			),
		});
	}

	#set(change: Partial<OpenState>): void {
		this.#state = { ...this.#state, ...change };
		for (const listener of this.#listeners) listener();
	}
}

function problemOf(error: unknown): OpenState['saveProblem'] {
	if (error instanceof StoreError && (error.kind === 'full' || error.kind === 'unavailable')) return error.kind;
	return isGone(error) ? 'gone' : 'failed';
}
