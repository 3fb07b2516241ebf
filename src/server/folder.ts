import type { Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** A file that may be sent. */
export interface FoundFile {
	readonly path: string;
	readonly stats: Stats;
}

/**
 * Parts of a request's path, decoded; undefined where it is malformed or tries to leave the folder.
 * Hidden files are never named: parts may not start with a dot.
 */
export function pathParts(pathname: string): string[] | undefined {
	const parts: string[] = [];
	for (const raw of pathname.split('/')) {
		if (raw === '') continue;
		let part: string;
		try {
			part = decodeURIComponent(raw);
		} catch {
			return undefined;
		}
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
		if (part.startsWith('.') || /[/\\:\u0000-\u001f]/.test(part)) return undefined;
		parts.push(part);
	}
	return parts;
}

/** Looks a file up below a folder. Links that lead out of the folder find nothing. */
export async function findFile(folder: string, parts: readonly string[]): Promise<FoundFile | 'folder' | undefined> {
	try {
		const root = await realpath(folder);
		const path = await realpath(join(root, ...parts));
		if (path !== root && !path.startsWith(root + sep)) return undefined;
		const stats = await stat(path);
		if (stats.isDirectory()) return 'folder';
		return stats.isFile() ? { path, stats } : undefined;
	} catch (error) {
		if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? ''))
			return undefined;
		throw error;
	}
}
