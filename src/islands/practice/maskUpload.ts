import type { Issue } from '../../formats/issue.ts';
import type { Grid } from '../../grid/grid.ts';
import {
	canBeTaken,
	fitMask,
	guessMeaning,
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
import type { MaskSource } from './work.ts';

/** A file that was read, and what its voxels are taken for. */
export interface UploadedFile extends InspectedMasks {
	readonly meaning: MaskMeaning;
}

/** A file that could not be read; without issues it was moved or forbidden, or reading it came to an end. */
interface BrokenFile {
	readonly name: string;
	readonly issues: readonly Issue[];
}

export interface UploadState {
	/** Files read and to be read. */
	readonly reading: { readonly done: number; readonly total: number } | undefined;
	readonly files: readonly UploadedFile[];
	readonly broken: readonly BrokenFile[];
	readonly leftOut: readonly LeftOut[];
	readonly taking: boolean;
	/** What came of taking them over. */
	readonly problem: readonly Issue[] | 'failed' | undefined;
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

	/** Reads files one after another. A file of a name that is there already takes its place. */
	async add(chosen: readonly GatheredFile[]): Promise<void> {
		if (this.#state.reading || this.#state.taking) return;
		const flat = chosen.map((file) => ({ ...file, path: file.path.split('/').at(-1) ?? file.path }));
		const { take, leftOut } = collect(flat);
		const others = new Map(flat.map(({ path, file }) => [path, file]));
		this.#set({ leftOut, problem: undefined, reading: { done: 0, total: take.length } });
		for (const [done, { path, file }] of take.entries()) {
			await this.#read({ name: path, file, others });
			if (this.#closing.signal.aborted) return;
			this.#set({ reading: { done: done + 1, total: take.length } });
		}
		this.#set({ reading: undefined });
	}

	setMeaning(name: string, meaning: MaskMeaning): void {
		this.#set({ files: this.#state.files.map((file) => (file.name === name ? { ...file, meaning } : file)) });
	}

	remove(name: string): void {
		this.#blobs.delete(name);
		this.#set({
			files: this.#state.files.filter((file) => file.name !== name),
			broken: this.#state.broken.filter((file) => file.name !== name),
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
		} catch (error) {
			if (!this.#closing.signal.aborted) this.#set({ problem: 'failed' });
			if (!(error instanceof Error) || !isExpected(error)) throw error;
			return undefined;
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
			const { name, meaning } = file;
			const targets = new Map<Region, Grid>();
			const drawnOn = new Map<Region, Sequence>();
			for (const region of meantRegions(meaning, manifest.family)) {
				const fit = fitMask(file, region, grids);
				if (!canBeTaken(fit)) continue;
				targets.set(region, grids.get(REGION_SEQUENCE[region])!);
				drawnOn.set(region, fit.kind === 'otherSequence' ? fit.drawnOn : REGION_SEQUENCE[region]);
			}
			if (targets.size === 0) continue;
			const { signal } = this.#closing;
			const taken = await bridge.takeMasks({ signal }, this.#blobs.get(name)!, meaning, targets);
			if (!taken.ok) {
				this.#set({ problem: taken.issues });
				return undefined;
			}
			const kept = keptMaskName(name, manifest.id, manifest.patient);
			for (const [region, mask] of taken.value) {
				const before = found.get(region)?.mask;
				if (before) for (let n = 0; n < mask.length; n++) mask[n]! |= before[n]!;
				found.set(region, { mask, source: { file: kept, sequence: drawnOn.get(region)! } });
			}
		}
		return found;
	}

	async #read(blob: MaskBlob): Promise<void> {
		const { bridge, region } = this.#tools;
		this.remove(blob.name);
		let broken: BrokenFile = { name: blob.name, issues: [] };
		try {
			const read = await bridge.inspectMasks({ signal: this.#closing.signal }, blob);
			if (read.ok) {
				this.#blobs.set(blob.name, blob);
				const file = { ...read.value, meaning: guessMeaning(read.value, this.family, region) };
				return this.#set({ files: [...this.#state.files, file] });
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

/** A file that was moved or changed since it was chosen, or the dialogue closed. */
function isExpected({ name }: Error): boolean {
	return ['AbortError', 'NotFoundError', 'NotReadableError', 'SecurityError'].includes(name);
}
