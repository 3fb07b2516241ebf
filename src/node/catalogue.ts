import { open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	type CaseManifest,
	type Catalogue,
	caseManifestSchema,
	catalogueSchema,
	manifestFiles,
} from '../schemas/caseManifest.ts';
import { isMissing, writeWhole } from './writeWhole.ts';

/** Beside the files of a case made from a recipe; says which recipe and which phantom made them. */
export const RECIPE_STAMP = 'recipe.sha256';

/** What is known of the cases made from recipes. */
export type MadeCases = Pick<Catalogue, 'cases' | 'making'>;

/**
 * Writes `cases/index.json`: the made cases, then the imported ones by their ids. Without `made`, as an import calls it,
 * the made ones are those that the catalogue has already. A lock keeps two processes from undoing each other's list.
 *
 * @param root the folder `cases` of the data folder
 */
export async function writeCatalogue(root: string, made?: MadeCases): Promise<void> {
	const lock = path.join(root, 'index.lock');
	await takeLock(lock);
	try {
		const imported = await readImported(root);
		const ids = new Set(imported.map(({ id }) => id));
		const { cases, making } = made ?? (await readMade(root));
		await writeWhole(path.join(root, 'index.json'), {
			schemaVersion: 1,
			cases: [...cases.filter(({ id }) => !ids.has(id)), ...imported.map(listed)],
			making: making.filter(({ id }) => !ids.has(id)),
		} satisfies Catalogue);
	} finally {
		await rm(lock, { force: true });
	}
}

/** The manifest of an imported case: one that lies in a folder of its name and was not made from a recipe. */
export async function readImportedCase(root: string, id: string): Promise<CaseManifest | undefined> {
	const folder = path.join(root, id);
	if (await isThere(path.join(folder, RECIPE_STAMP))) return undefined;
	try {
		const manifest = caseManifestSchema.parse(JSON.parse(await readFile(path.join(folder, 'case.json'), 'utf8')));
		return manifest.id === id ? manifest : undefined;
	} catch (error) {
		// No case, or one of another version: it cannot be opened, so it is not offered.
		if (isMissing(error) || error instanceof SyntaxError || (error as Error).name === 'ZodError') return undefined;
		if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
		throw error;
	}
}

/** A case as the catalogue lists it. */
export function listed(manifest: CaseManifest): Catalogue['cases'][number] {
	const { id, title, subtitle, family, difficulty, synthetic, use } = manifest;
	const bytes = manifestFiles(manifest).reduce((sum, file) => sum + file.bytes, 0);
	return { id, title, subtitle, family, ...(difficulty && { difficulty }), synthetic, ...(use && { use }), bytes };
}

async function readImported(root: string): Promise<CaseManifest[]> {
	const names = (await readdir(root, { withFileTypes: true }))
		.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
		.map(({ name }) => name)
		.sort();
	const found = await Promise.all(names.map((name) => readImportedCase(root, name)));
	return found.filter((manifest) => manifest !== undefined);
}

/** The cases of the catalogue that is there, without those that are gone or were imported. */
async function readMade(root: string): Promise<MadeCases> {
	try {
		const { cases, making } = catalogueSchema.parse(JSON.parse(await readFile(path.join(root, 'index.json'), 'utf8')));
		const stamped = await Promise.all(cases.map(({ id }) => isThere(path.join(root, id, RECIPE_STAMP))));
		return { cases: cases.filter((_, n) => stamped[n]), making };
	} catch (error) {
		if (isMissing(error) || error instanceof SyntaxError || (error as Error).name === 'ZodError')
			return { cases: [], making: [] };
		throw error;
	}
}

/** Whether there is such a file or folder. */
export async function isThere(file: string): Promise<boolean> {
	return stat(file).then(
		() => true,
		() => false,
	);
}

/** A list is written in milliseconds: a lock older than this was left by a process that ended. */
const STALE_MS = 5000;

async function takeLock(lock: string): Promise<void> {
	for (;;) {
		try {
			await (await open(lock, 'wx')).close();
			return;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
			const age = await stat(lock).then(
				({ mtimeMs }) => Date.now() - mtimeMs,
				() => 0,
			);
			if (age > STALE_MS) await rm(lock, { force: true });
			else await sleep(20);
		}
	}
}
