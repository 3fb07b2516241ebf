import { nameOf } from '../../formats/beside.ts';
import type { Issue } from '../../formats/issue.ts';
import type { Grid } from '../../grid/grid.ts';
import {
	canBeTaken,
	fitMask,
	guessMeaning,
	guessWarnings,
	type MaskMeaning,
	meantRegions,
	type PlacedMask,
	placeMasks,
} from '../../importers/placeMasks.ts';
import { keptMaskName } from '../../protocol/maskName.ts';
import { FAMILY_REGIONS, type Family, REGION_SEQUENCE, type Region, type Sequence } from '../../protocol/protocol.ts';
import type { CaseManifest } from '../../schemas/caseManifest.ts';
import type { CaseBridge } from '../../workers/bridge.ts';
import type { InspectedMasks, MaskBlob } from '../../workers/masks.ts';
import { collect, type LeftOut } from '../open/collect.ts';
import type { GatheredFile } from '../open/gather.ts';
import { filesBeside } from '../open/parts.ts';
import type { MaskSource } from './work.ts';

/** A file that was read, and what its voxels are taken for. */
export interface UploadedFile extends InspectedMasks {
	/** With its folders: tells two files of one name apart. */
	readonly path: string;
	readonly meaning: MaskMeaning;
	/** What to look at in the meaning, until somebody has chosen it. */
	readonly doubts: readonly Issue[];
}

/** A file that could not be read; without issues it was moved or forbidden, or reading it came to an end. */
export interface BrokenFile {
	readonly path: string;
	readonly issues: readonly Issue[];
}

export interface UploadState {
	/** Files read and to be read. */
	readonly reading: { readonly done: number; readonly total: number } | undefined;
	readonly files: readonly UploadedFile[];
	readonly broken: readonly BrokenFile[];
	readonly leftOut: readonly LeftOut[];
	readonly taking: boolean;
	/** The file that could not be taken over. */
	readonly problem: BrokenFile | undefined;
}

/** What the upload needs of the case that is open. */
export interface UploadTools {
	readonly bridge: Pick<CaseBridge, 'inspectMasks' | 'takeMasks'>;
	readonly manifest: Pick<CaseManifest, 'id' | 'family' | 'patient'>;
	readonly grids: ReadonlyMap<Sequence, Grid>;
	/** The region at hand, for a mask that tells nothing. */
	readonly region: Region;
	/** Puts a mask in the place of a region's drawing, as one edit. */
	readonly take: (region: Region, mask: Uint8Array, source: MaskSource) => void;
}

/** What the files amount to. */
export interface UploadReview {
	readonly placed: readonly PlacedMask[];
	readonly issues: readonly Issue[];
	/** Masks that can be taken over. */
	readonly usable: readonly PlacedMask[];
}

const START: UploadState = {
	reading: undefined,
	files: [],
	broken: [],
	leftOut: [],
	taking: false,
	problem: undefined,
};

/** Masks from the disk on their way into an attempt. React reads `state` and calls the methods. */
export class MaskUpload {
	readonly #tools: UploadTools;
	readonly #blobs = new Map<string, MaskBlob>();
	readonly #listeners = new Set<() => void>();
	readonly #closing = new AbortController();
	readonly #queue: { readonly path: string; readonly blob: MaskBlob }[] = [];
	#state = START;

	constructor(tools: UploadTools) {
		this.#tools = tools;
	}

	get state(): UploadState {
		return this.#state;
	}

	get family(): Family {
		return this.#tools.manifest.family;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	};

	/** Reads files one after another; more can be added meanwhile. A file that is there already is read anew. */
	async add(chosen: readonly GatheredFile[]): Promise<void> {
		const { take, parts, leftOut } = collect(chosen);
		const beside = new Map([...take, ...parts].map(({ path, file }) => [path, file]));
		this.#queue.push(
			...take.map(({ path, file }) => ({
				path,
				blob: { name: nameOf(path), file, others: filesBeside(path, beside) },
			})),
		);
		const { reading } = this.#state;
		const total = (reading?.total ?? 0) + take.length;
		this.#set({
			leftOut: [...this.#state.leftOut, ...leftOut],
			problem: undefined,
			reading: { done: reading?.done ?? 0, total },
		});
		// The loop that is under way goes on to these.
		if (reading) return;
		for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
			await this.#read(next.path, next.blob);
			if (this.#closing.signal.aborted) return;
			this.#set({ reading: { done: this.#state.reading!.done + 1, total: this.#state.reading!.total } });
		}
		this.#set({ reading: undefined });
	}

	setMeaning(path: string, meaning: MaskMeaning): void {
		const chosen = (file: UploadedFile) => ({ ...file, meaning, doubts: [] });
		this.#set({ files: this.#state.files.map((file) => (file.path === path ? chosen(file) : file)) });
	}

	remove(path: string): void {
		this.#blobs.delete(path);
		this.#set({
			files: this.#state.files.filter((file) => file.path !== path),
			broken: this.#state.broken.filter((file) => file.path !== path),
		});
	}

	/** Which file gives which region, and what keeps them from being taken over. */
	review(): UploadReview {
		const { grids } = this.#tools;
		const { placed, issues } = placeMasks(this.#state.files, this.family, grids);
		return { placed, issues, usable: placed.filter(({ fit }) => canBeTaken(fit)) };
	}

	/** Takes every mask over that fits, all or none; gives the regions, or undefined where something has to be settled first. */
	async takeOver(): Promise<readonly Region[] | undefined> {
		const { issues, usable } = this.review();
		if (issues.length > 0 || usable.length === 0 || this.#state.reading || this.#state.taking) return undefined;
		this.#set({ taking: true, problem: undefined });
		try {
			const masks = await this.#masks();
			if (!masks) return undefined;
			// In drawing order, so that undo takes them back from the last.
			const regions = FAMILY_REGIONS[this.family].filter((region) => masks.has(region));
			for (const region of regions) {
				const { mask, source } = masks.get(region)!;
				this.#tools.take(region, mask, source);
			}
			return regions;
		} finally {
			this.#set({ taking: false });
		}
	}

	close(): void {
		this.#closing.abort(new DOMException('the upload was closed', 'AbortError'));
	}

	/** The masks to take over, those of several files for one region joined. */
	async #masks(): Promise<Map<Region, { mask: Uint8Array; source: MaskSource }> | undefined> {
		const { bridge, manifest, grids } = this.#tools;
		const found = new Map<Region, { mask: Uint8Array; source: MaskSource }>();
		for (const file of this.#state.files) {
			const { path, name, meaning } = file;
			const targets = new Map<Region, Grid>();
			const drawnOn = new Map<Region, Sequence>();
			for (const region of meantRegions(meaning, manifest.family)) {
				const fit = fitMask(file, region, grids);
				if (!canBeTaken(fit)) continue;
				targets.set(region, grids.get(REGION_SEQUENCE[region])!);
				drawnOn.set(region, fit.kind === 'otherSequence' ? fit.drawnOn : REGION_SEQUENCE[region]);
			}
			if (targets.size === 0) continue;
			const taken = await this.#take(path, () =>
				bridge.takeMasks({ signal: this.#closing.signal }, this.#blobs.get(path)!, meaning, targets),
			);
			if (!taken) return undefined;
			const kept = keptMaskName(name, manifest.id, manifest.patient);
			for (const [region, mask] of taken) {
				const before = found.get(region);
				if (before) for (let n = 0; n < mask.length; n++) mask[n]! |= before.mask[n]!;
				const source = { file: kept, sequence: drawnOn.get(region)! };
				// Of joined lesions the one that was drawn elsewhere is what the score has to tell.
				const elsewhere = before && before.source.sequence !== REGION_SEQUENCE[region];
				found.set(region, { mask, source: elsewhere ? before.source : source });
			}
		}
		return found;
	}

	/** The masks of one file; undefined, with the problem told, where they cannot be had. */
	async #take(
		path: string,
		task: () => ReturnType<UploadTools['bridge']['takeMasks']>,
	): Promise<ReadonlyMap<Region, Uint8Array> | undefined> {
		let issues: readonly Issue[] = [];
		try {
			const taken = await task();
			if (taken.ok) return taken.value;
			issues = taken.issues;
		} catch (error) {
			if (this.#closing.signal.aborted) return undefined;
			if (!(error instanceof Error)) throw error;
		}
		this.#set({ problem: { path, issues } });
		return undefined;
	}

	async #read(path: string, blob: MaskBlob): Promise<void> {
		const { bridge, region } = this.#tools;
		this.remove(path);
		let broken: BrokenFile = { path, issues: [] };
		try {
			const read = await bridge.inspectMasks({ signal: this.#closing.signal }, blob);
			if (read.ok) {
				this.#blobs.set(path, blob);
				const meaning = guessMeaning(read.value, this.family, region);
				const doubts = guessWarnings(read.value, meaning, this.family);
				return this.#set({ files: [...this.#state.files, { ...read.value, path, meaning, doubts }] });
			}
			broken = { ...broken, issues: read.issues };
		} catch (error) {
			if (this.#closing.signal.aborted) return;
			if (!(error instanceof Error)) throw error;
		}
		this.#set({ broken: [...this.#state.broken, broken] });
	}

	#set(change: Partial<UploadState>): void {
		this.#state = { ...this.#state, ...change };
		for (const listener of this.#listeners) listener();
	}
}
