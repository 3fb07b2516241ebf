import { nameOf } from '../../formats/beside.ts';
import { cleanCopyName } from '../../formats/cleanCopy.ts';
import type { Issue } from '../../formats/issue.ts';
import type { CaseDraft } from '../../importers/draftCase.ts';
import type { SeriesRole } from '../../importers/guessSequence.ts';
import { readSidecar, stemOf } from '../../importers/sidecar.ts';
import type { Family } from '../../protocol/protocol.ts';
import type { CaseManifest, LabelScheme } from '../../schemas/caseManifest.ts';
import type { Store } from '../../store/store.ts';
import { StoreError } from '../../store/storeError.ts';
import type { CaseBridge } from '../../workers/bridge.ts';
import { cleanCaseName, guessCaseName } from './caseName.ts';
import { type Candidate, collect } from './collect.ts';
import { deviceCase, type KeptFile, newCaseId } from './deviceCase.ts';
import type { GatheredFile } from './gather.ts';
import { filesBeside, isPart, waitingFor, withoutParts } from './parts.ts';
import { review } from './review.ts';
import { assignRoles } from './roles.ts';
import type { BrokenEntry, Entry, OpenState, ReadEntry } from './state.ts';

/** What the session needs from outside. */
export interface OpenTools {
	readonly bridge: Pick<CaseBridge, 'inspectFile' | 'cleanCopy' | 'close'>;
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
	readonly #listeners = new Set<() => void>();
	#state: OpenState = START;
	#queue: GatheredFile[] = [];
	/** Voxels of headers, read with them. */
	#parts: readonly Candidate[] = [];
	#reading: AbortController | undefined;
	#saving: AbortController | undefined;
	#named = false;

	constructor(tools: OpenTools) {
		this.#tools = tools;
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
		const present = [...this.#state.entries, ...this.#queue, ...this.#parts];
		const { take: fresh, parts, sidecars, leftOut } = collect(chosen, present);
		for (const { path, file } of [...fresh, ...parts]) this.#files.set(path, file);
		this.#parts = [...this.#parts, ...parts];
		const arrived = [...fresh, ...parts].map(({ path }) => path);
		const again = waitingFor(this.#state.entries, arrived).map(({ path, bytes }) => ({
			path,
			bytes,
			file: this.#files.get(path)!,
		}));
		const take = [...again, ...fresh];
		this.#set({
			entries: this.#state.entries.filter(({ path }) => !again.some((each) => each.path === path)),
			leftOut: [...this.#state.leftOut, ...leftOut],
			nothingFound: arrived.length + sidecars.length + leftOut.length === 0,
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

	/** What is not there any more says nothing. */
	async #readSidecars(sidecars: readonly GatheredFile[]): Promise<void> {
		for (const { path, file } of sidecars) {
			const told = readSidecar(path, await file.text().catch(() => ''));
			const stem = stemOf(path);
			const { acquisitions } = this.#state;
			this.#set({ acquisitions: new Map(acquisitions).set(stem, { ...acquisitions.get(stem), ...told }) });
		}
	}

	/** Keeps what was read so far. */
	cancelReading(): void {
		this.#reading?.abort(new DOMException('reading was cancelled', 'AbortError'));
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
		this.#set({ entries, ...(paths.includes(this.#state.selected ?? '') && { selected: undefined }) });
	}

	/** Back to the empty page. */
	clear(): void {
		this.cancelReading();
		this.#reading = undefined;
		this.#queue = [];
		this.#parts = [];
		this.#files.clear();
		this.#named = false;
		this.#set({ ...START, family: this.#state.family });
	}

	/** Keeps the case in this browser and goes to it. Does nothing while something has to be settled. */
	async open(): Promise<void> {
		const { draft, acquisitions } = review(this.#state);
		const name = cleanCaseName(this.#state.name);
		if (!draft || !name || this.#saving || this.#state.reading) return;
		const saving = new AbortController();
		this.#saving = saving;
		this.#set({ saving: 'saving', saveProblem: undefined });
		const { now = () => new Date(), random = () => crypto.getRandomValues(new Uint8Array(4)) } = this.#tools;
		const id = newCaseId(now(), random());
		try {
			const kept = await this.#filesToKeep(draft, saving.signal);
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
		const fresh: Entry[] = [];
		for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
			this.#set({ reading: { ...this.#state.reading!, path: next.path } });
			const entry = await this.#read(next, reading.signal);
			if (!entry) break;
			fresh.push(entry);
			this.#set({ reading: { ...this.#state.reading!, done: this.#state.reading!.done + 1 } });
		}
		// The page was emptied meanwhile.
		if (this.#reading !== reading) return;
		this.#queue = [];
		this.#reading = undefined;
		this.#set({ reading: undefined });
		this.#take(fresh);
	}

	/**
	 * The files of a draft as they are kept: single-file NIfTI, written anew where it is another format or its header may
	 * identify a person. Rejects where a file cannot be read any more.
	 */
	async #filesToKeep({ series, reference }: CaseDraft, signal: AbortSignal): Promise<Map<string, KeptFile>> {
		const kept = new Map<string, KeptFile>();
		for (const { path } of [...series, ...(reference ? [reference] : [])]) {
			const file = this.#files.get(path)!;
			const name = nameOf(path);
			if (this.#state.entries.some((entry) => entry.path === path && entry.kind === 'read' && entry.plain)) {
				kept.set(path, { name, blob: file });
				continue;
			}
			const copy = await this.#tools.bridge.cleanCopy({ signal }, path, file, filesBeside(path, this.#files));
			if (!copy.ok) throw new DOMException('got another file than the one that was read', 'NotReadableError');
			kept.set(path, { name: cleanCopyName(name), blob: copy.value });
		}
		return kept;
	}

	/** Undefined where reading was cancelled. */
	async #read({ path, file, bytes }: GatheredFile, signal: AbortSignal): Promise<Entry | undefined> {
		const broken = (issues: readonly Issue[], failure: BrokenEntry['failure']): BrokenEntry => {
			return { kind: 'broken', path, bytes, issues, failure };
		};
		try {
			const result = await this.#tools.bridge.inspectFile({ signal }, path, file, filesBeside(path, this.#files));
			if (!result.ok) return broken(result.issues, undefined);
			return { ...result.value, kind: 'read', path, role: null, note: undefined };
		} catch (error) {
			if (signal.aborted) return undefined;
			return broken([], isGone(error) ? 'gone' : 'crashed');
		}
	}

	/** Adds files that were read, once all are there: which of several gets a role depends on all of them. */
	#take(fresh: readonly Entry[]): void {
		const held = new Map<SeriesRole, string>();
		for (const entry of this.#state.entries) if (entry.kind === 'read' && entry.role) held.set(entry.role, entry.path);
		const assigned = assignRoles(
			fresh.filter((entry) => entry.kind === 'read'),
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

/** A `File` is a promise of bytes: these come where it was moved, changed or is forbidden by now. */
function isGone(error: unknown): boolean {
	return error instanceof Error && ['NotFoundError', 'NotReadableError', 'SecurityError'].includes(error.name);
}
