import type { Issue } from '../../formats/issue.ts';
import type { CaseBridge } from '../../workers/bridge.ts';
import type { DicomItem } from './dicomShelf.ts';
import type { GatheredFile } from './gather.ts';
import { filesBeside } from './parts.ts';
import type { BrokenEntry, Entry, ReadEntry } from './state.ts';

/** What is read at a time. */
export type OpenItem = GatheredFile | DicomItem;

/** The tasks of the worker that read. */
export type ReadBridge = Pick<CaseBridge, 'inspectFile' | 'inspectDicom'>;

/** What a file, or a group of DICOM files, turned out to be, without a role yet; undefined where reading was cancelled. */
export async function readItem(
	item: OpenItem,
	files: ReadonlyMap<string, File>,
	bridge: ReadBridge,
	signal: AbortSignal,
): Promise<readonly Entry[] | undefined> {
	try {
		return 'file' in item ? [await readFile(item, files, bridge, signal)] : await readGroup(item, bridge, signal);
	} catch (error) {
		if (signal.aborted) return undefined;
		const failure = isGone(error) ? 'gone' : 'crashed';
		if ('file' in item) return [{ kind: 'broken', path: item.path, bytes: item.bytes, issues: [], failure }];
		return [...item.files.keys()].map((path) => ({ ...brokenOf(item, path, []), failure }));
	}
}

async function readFile(
	{ path, file, bytes }: GatheredFile,
	files: ReadonlyMap<string, File>,
	bridge: ReadBridge,
	signal: AbortSignal,
): Promise<Entry> {
	const result = await bridge.inspectFile({ signal }, path, file, filesBeside(path, files));
	if (!result.ok) return { kind: 'broken', path, bytes, issues: result.issues, failure: undefined };
	return { ...result.value, kind: 'read', path, role: null, note: undefined };
}

/** The volumes of a group, and its files that make none, one entry each. */
async function readGroup(item: DicomItem, bridge: ReadBridge, signal: AbortSignal): Promise<Entry[]> {
	const { id, folder, files } = item;
	const { series, setAside } = await bridge.inspectDicom({ signal }, folder, files);
	const read = series.map(({ guess, files: count, acquisition, places, ...inspected }, index): ReadEntry => {
		const dicom = { group: id, files, index, count, guess, acquisition, places };
		return { ...inspected, kind: 'read', path: inspected.name, role: null, note: undefined, dicom };
	});
	const broken = setAside.flatMap(({ code, params, files: paths }) =>
		paths.map((path) => brokenOf(item, path, [{ code, params, path }])),
	);
	return [...read, ...broken];
}

function brokenOf({ id, files }: DicomItem, path: string, issues: readonly Issue[]): BrokenEntry {
	const { size: bytes } = files.get(path)!;
	return { kind: 'broken', path, bytes, issues, failure: undefined, dicom: { group: id } };
}

/** A `File` is a promise of bytes: these come where it was moved, changed or is forbidden by now. */
export function isGone(error: unknown): boolean {
	return error instanceof Error && ['NotFoundError', 'NotReadableError', 'SecurityError'].includes(error.name);
}
