import { type DicomGroup, uniqueName } from '../../importers/dicomGroups.ts';
import type { Call, CaseBridge } from '../../workers/bridge.ts';
import { type LeftOut, LIMITS, mayBeImage } from './collect.ts';
import type { GatheredFile } from './gather.ts';
import type { Entry } from './state.ts';

const byName = new Intl.Collator('en', { numeric: true });

/** A group with its files, on its way to be read. */
export interface DicomItem extends DicomGroup {
	/** Of its first file. */
	readonly path: string;
	readonly files: ReadonlyMap<string, File>;
}

/** Files that were chosen, sorted out by whether they are DICOM. */
export interface SortedDicom {
	/** To be read, anew where files came to a group that is here already. */
	readonly take: readonly DicomItem[];
	readonly others: readonly GatheredFile[];
	/** Whole groups that are too much, or here already. */
	readonly leftOut: readonly LeftOut[];
}

/** The DICOM files that were chosen, by the groups that are read together. Nothing of them is in memory but their names. */
export class DicomShelf {
	readonly #bridge: Pick<CaseBridge, 'sortDicom'>;
	readonly #groups = new Map<string, DicomItem>();

	constructor(bridge: Pick<CaseBridge, 'sortDicom'>) {
		this.#bridge = bridge;
	}

	/** Takes in the DICOM files among those chosen. Rejects where that was aborted. */
	async sort(chosen: readonly GatheredFile[], call: Call): Promise<SortedDicom> {
		// A folder lists its files in any order.
		const open = chosen.filter(({ path }) => mayBeImage(path)).sort((a, b) => byName.compare(a.path, b.path));
		const files = new Map(open.map(({ path, file }) => [path, file]));
		const groups = files.size === 0 ? [] : await this.#bridge.sortDicom(call, files);
		call.signal.throwIfAborted();
		const grouped = new Set(groups.flatMap(({ paths }) => paths));
		const take: DicomItem[] = [];
		const leftOut: LeftOut[] = [];
		for (const group of groups) {
			const before = this.#groups.get(group.id);
			const item = {
				...group,
				path: group.paths[0]!,
				files: new Map([...(before?.files ?? []), ...group.paths.map((path) => [path, files.get(path)!] as const)]),
			};
			const reason = this.#refusal(item, before);
			if (reason) leftOut.push({ path: manyPath(group.paths), reason });
			else {
				this.#groups.set(group.id, item);
				take.push(item);
			}
		}
		return { take, others: chosen.filter(({ path }) => !grouped.has(path)), leftOut };
	}

	/** Forgets groups that nothing on the list comes from, so that they can be chosen again. */
	keepOnly(entries: readonly Entry[]): void {
		const used = new Set(entries.map(({ dicom }) => dicom?.group));
		for (const id of this.#groups.keys()) if (!used.has(id)) this.#groups.delete(id);
	}

	#refusal({ id, files }: DicomItem, before: DicomItem | undefined): LeftOut['reason'] | undefined {
		if (before?.files.size === files.size) return 'twice';
		const others = [...this.#groups.values()].filter((group) => group.id !== id);
		const sizes = [...files.values()].map(({ size }) => size);
		const bytes = sizes.reduce((sum, size) => sum + size, 0);
		if (bytes > LIMITS.fileBytes) return 'tooBig';
		if (others.reduce((sum, group) => sum + group.files.size, files.size) > LIMITS.dicomFiles) return 'tooManyDicom';
		const all = others.flatMap((group) => [...group.files.values()]).reduce((sum, { size }) => sum + size, bytes);
		return all > LIMITS.allBytes ? 'tooMuch' : undefined;
	}
}

/** Volumes under names that no other entry has, as series of different folders or patients may be called the same. */
export function withOwnNames(fresh: readonly Entry[], present: readonly Entry[]): Entry[] {
	const taken = new Set(present.map(({ path }) => path));
	return fresh.map((entry) => {
		const path = entry.kind === 'read' && entry.dicom ? uniqueName(entry.path, taken) : entry.path;
		taken.add(path);
		if (entry.kind === 'broken' || path === entry.path) return entry;
		return { ...entry, path, warnings: entry.warnings.map((warning) => ({ ...warning, path })) };
	});
}

function manyPath([first, ...more]: readonly string[]): string {
	return more.length === 0 ? first! : `${first} (+${more.length})`;
}
