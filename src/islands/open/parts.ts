import { besidePath, nameOf } from '../../formats/beside.ts';
import type { BrokenEntry, Entry } from './state.ts';

const HEADER = /\.(?:hdr|mhd|nhdr)(?:\.gz)?$/i;
const BODY = /\.(?:img|raw|zraw)(?:\.gz)?$/i;

/** Whether a file holds the voxels of one of the headers: named like it, in the same folder. */
export function isPart(path: string, headers: Iterable<string>): boolean {
	if (!BODY.test(path)) return false;
	const stem = path.replace(BODY, '');
	for (const header of headers) if (HEADER.test(header) && header.replace(HEADER, '') === stem) return true;
	return false;
}

/** The other files of a file's folder, by name. */
export function filesBeside(path: string, files: ReadonlyMap<string, File>): Map<string, File> {
	const beside = new Map<string, File>();
	for (const [other, file] of files)
		if (other !== path && other === besidePath(path, nameOf(other))) beside.set(nameOf(other), file);
	return beside;
}

/** Headers whose voxels were not there, and now one of the files they asked for is. */
export function waitingFor(entries: readonly Entry[], arrived: readonly string[]): BrokenEntry[] {
	return entries.filter(
		(entry): entry is BrokenEntry =>
			entry.kind === 'broken' &&
			entry.issues.some(
				({ code, params }) =>
					code === 'file.companionMissing' &&
					String(params.names)
						.split(', ')
						.some((name) => arrived.includes(besidePath(entry.path, name))),
			),
	);
}

/** Files that another one was read with are no files of their own, whatever they are called. */
export function withoutParts(entries: readonly Entry[]): Entry[] {
	const parts = new Set(
		entries.flatMap((entry) => (entry.kind === 'read' ? entry.parts.map((name) => besidePath(entry.path, name)) : [])),
	);
	return entries.filter(({ path }) => !parts.has(path));
}
