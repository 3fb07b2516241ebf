import { rename, writeFile } from 'node:fs/promises';

/** Writes JSON so that a reader finds the old text or the new one, never half of it. */
export async function writeWhole(file: string, value: unknown): Promise<void> {
	// Another process may be writing the same file.
	const half = `${file}.${process.pid}.half`;
	await writeFile(half, `${JSON.stringify(value, null, '\t')}\n`);
	await rename(half, file);
}

/** Whether a file operation failed because there is no such file. */
export function isMissing(error: unknown): boolean {
	return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
