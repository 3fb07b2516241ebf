import type { Candidate } from './collect.ts';

export interface GatheredFile extends Candidate {
	readonly file: File;
}

/** More files than this in a folder are not even listed: it is the wrong folder. */
const MOST_LISTED = 10_000;

/** Files of a file dialogue, with the folder they were chosen with. */
export function fromInput(files: FileList): GatheredFile[] {
	return [...files].map((file) => gathered(file, file.webkitRelativePath || file.name));
}

/**
 * Files of a drop, folders walked to the end. The entries have to be taken before the event is over, so this starts at
 * once. Rejects where the system refuses to list a folder.
 */
export async function fromDrop(transfer: DataTransfer): Promise<GatheredFile[]> {
	const items = [...transfer.items].filter(({ kind }) => kind === 'file');
	const entries = items.map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
	if (entries.length === 0) return fromInput(transfer.files);
	const found: GatheredFile[] = [];
	for (let next = entries.shift(); next && found.length < MOST_LISTED; next = entries.shift()) {
		if (next.isDirectory) entries.push(...(await listed(next as FileSystemDirectoryEntry)));
		else {
			const file = await new Promise<File>((resolve, reject) => (next as FileSystemFileEntry).file(resolve, reject));
			found.push(gathered(file, next.fullPath));
		}
	}
	return found;
}

/** `readEntries` gives a part at a time (100 in Chromium) until it gives none. */
async function listed(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
	const reader = folder.createReader();
	const all: FileSystemEntry[] = [];
	for (;;) {
		const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
		if (part.length === 0 || all.length >= MOST_LISTED) return all;
		all.push(...part);
	}
}

function gathered(file: File, path: string): GatheredFile {
	return { file, path: path.replace(/^\/+/, ''), bytes: file.size };
}
