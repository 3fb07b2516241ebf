import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Deep enough for BIDS and for the folders of a DICOM disc; more files than this are the wrong folder. */
const DEEPEST = 6;
export const MOST_FILES_LISTED = 10_000;

/** What lies in a folder: paths relative to it with `/` between, by name. */
export interface ListedFiles {
	readonly files: readonly string[];
	/** Whether there are more files, which were not looked for. */
	readonly more: boolean;
	/** Neither files nor looked into: pipes and the like, links to folders or to nothing, folders too deep. */
	readonly passedOver: readonly string[];
}

/**
 * Lists the files of a folder and its folders, six deep, and links to files; hidden ones are passed over. At most 10,000.
 * Rejects where a folder cannot be listed.
 */
export async function listFiles(folder: string): Promise<ListedFiles> {
	const files: string[] = [];
	const passedOver: string[] = [];
	let more = false;
	const walk = async (below: string, depth: number): Promise<void> => {
		const entries = await readdir(path.join(folder, below), { withFileTypes: true });
		for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
			if (more) return;
			if (entry.name.startsWith('.')) continue;
			const at = below === '' ? entry.name : `${below}/${entry.name}`;
			if (entry.isDirectory() && depth < DEEPEST) await walk(at, depth + 1);
			else if (!(await isFile(entry, path.join(folder, at)))) passedOver.push(at);
			else if (files.length < MOST_FILES_LISTED) files.push(at);
			else more = true;
		}
	};
	await walk('', 1);
	return { files, more, passedOver };
}

/** Anything else could keep a reader waiting for ever. */
async function isFile(entry: Dirent, at: string): Promise<boolean> {
	if (!entry.isSymbolicLink()) return entry.isFile();
	return stat(at).then(
		(target) => target.isFile(),
		() => false,
	);
}
