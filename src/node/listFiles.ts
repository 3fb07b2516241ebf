import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Deep enough for BIDS and for the folders of a DICOM disc; more files than this are the wrong folder. */
const DEEPEST = 6;
const MOST = 10_000;

/**
 * Files of a folder and its folders, as paths relative to it with `/` between, by name; hidden ones are passed over. At
 * most 10,000. Rejects where the folder cannot be listed.
 */
export async function listFiles(folder: string): Promise<string[]> {
	const found: string[] = [];
	const walk = async (below: string, depth: number): Promise<void> => {
		const entries = await readdir(path.join(folder, below), { withFileTypes: true });
		for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
			if (entry.name.startsWith('.') || found.length >= MOST) continue;
			const at = below === '' ? entry.name : `${below}/${entry.name}`;
			if (entry.isDirectory()) {
				if (depth < DEEPEST) await walk(at, depth + 1);
			} else found.push(at);
		}
	};
	await walk('', 1);
	return found;
}
