import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { madeVolumes, PHANTOM_VERSION } from '../phantom/makeCase.ts';
import { MEASURES_VERSION } from '../phantom/measureCase.ts';
import { FAMILIES } from '../protocol/protocol.ts';
import { type CaseManifest, caseManifestSchema, manifestFiles } from '../schemas/caseManifest.ts';
import type { CaseRecipe } from '../schemas/caseRecipe.ts';
import { type CaseMaker, mostMakers, startMaker } from './caseMaker.ts';
import { type AuthoredCase, RecipeError, readAuthoredCases } from './caseRecipes.ts';
import { listed, RECIPE_STAMP, readImportedCase, writeCatalogue } from './catalogue.ts';
import { describe, type OnVolume, toldOf } from './writeCase.ts';
import { isMissing, writeWhole } from './writeWhole.ts';

interface PrepareOptions {
	/** Holds `cases/<id>/` with the recipe and its texts. */
	readonly contentDir: string;
	/** Receives `cases/<id>/` with the volumes, and `cases/index.json`. */
	readonly dataDir: string;
	/** Told a line for people after each file, and how many cases are ready where some are still to be made. */
	readonly onProgress?: (line: string) => void;
	/** How many cases are made beside each other at most. */
	readonly makers?: number;
	/** The cases that are made if they are not there yet; left out, all. */
	readonly only?: readonly string[];
	/** Starts what makes cases; in a thread if left out. */
	readonly start?: (anatomyFolder: string) => CaseMaker;
}

/**
 * Makes the volumes of every authored case that are not there yet, and the catalogue of all of them, which says at any time
 * what is ready and what is being made. A case is made in a folder of its own that is renamed when it is complete, so a
 * case that is there is whole. Rejects with a RecipeError, before anything is made, where an authored file is wrong; where
 * cases cannot be made, with one line for each, once the others are there. One preparer a data folder at a time.
 */
export async function prepareCases(options: PrepareOptions): Promise<{ made: string[]; cached: string[] }> {
	const { contentDir, dataDir, onProgress, makers = mostMakers(), only, start = startMaker } = options;
	const root = path.join(dataDir, 'cases');
	await mkdir(root, { recursive: true });
	const all = await readAuthoredCases(contentDir);
	const strange = only?.filter((id) => !all.some((one) => one.id === id)) ?? [];
	if (strange.length > 0) throw new RecipeError(strange.map((id) => `content/cases has no ${id}`));
	const known = await withoutImported(root, all, onProgress);
	const ready = new Map<string, CaseManifest>();
	for (const one of known) {
		const manifest = await readCached(root, one);
		if (manifest) ready.set(one.id, manifest);
	}
	const cached = [...ready.keys()];
	const authored = known.filter(({ id }) => ready.has(id) || (only?.includes(id) ?? true));
	const missing = authored.filter(({ id }) => !ready.has(id));
	const written = new Map<string, number>();
	const state = () => ({
		cases: authored.flatMap((one) => {
			const manifest = ready.get(one.id);
			return manifest ? [listed(manifest)] : [];
		}),
		making: missing.flatMap((one) => {
			if (ready.has(one.id)) return [];
			return [{ ...describe(one), done: written.get(one.id) ?? 0, total: madeVolumes(one.recipe) }];
		}),
	});
	// One after the other, each with what is known when it is written, so that an older state never follows a newer one.
	let published = writeCatalogue(root, state());
	const publish = () => {
		published = published.then(() => writeCatalogue(root, state()));
		return published;
	};
	await published;
	if (missing.length === 0) return { made: [], cached };
	const files = authored.reduce((sum, { recipe }) => sum + madeVolumes(recipe), 0);
	const tell = () => {
		if (ready.size === 0) return;
		const done = authored.reduce((sum, { id, recipe }) => sum + (ready.has(id) ? madeVolumes(recipe) : 0), 0);
		onProgress?.(`${ready.size} of ${authored.length} cases ready, ${done} of ${files} files`);
	};
	tell();

	const queue = [...missing];
	const failures: string[] = [];
	let others: Promise<unknown> | undefined;
	const join = () => {
		others ??= Promise.all(Array.from({ length: Math.min(makers - 1, queue.length) }, work));
	};
	const work = async () => {
		let maker: CaseMaker | undefined;
		for (let one = queue.shift(); one; one = queue.shift()) {
			const { id, recipe } = one;
			maker ??= start(path.join(contentDir, 'anatomy'));
			const onVolume: OnVolume = (done, file) => {
				written.set(id, done);
				onProgress?.(`${id}: ${done} of ${madeVolumes(recipe)}, ${file}`);
				void publish();
			};
			try {
				ready.set(id, await makeFiles(root, one, maker, onVolume));
				await publish();
				tell();
			} catch (error) {
				failures.push(`${id}: ${(error as Error).message}`);
				// Nobody knows what state it is in.
				await maker.end();
				maker = undefined;
			}
			join();
		}
		await maker?.end();
	};
	// The first case is made alone, so that it is ready as early as can be: the site is built beside it.
	if (ready.size > 0) join();
	await work();
	await others;
	await published;
	if (failures.length > 0) throw new Error(failures.join('\n'));
	return { made: missing.map(({ id }) => id), cached };
}

/** The authored cases in the order in which they are made, without those in whose place somebody imported one. */
async function withoutImported(
	root: string,
	authored: readonly AuthoredCase[],
	onProgress: PrepareOptions['onProgress'],
): Promise<AuthoredCase[]> {
	const free: AuthoredCase[] = [];
	for (const one of authored) {
		if (!(await readImportedCase(root, one.id))) free.push(one);
		else onProgress?.(`${one.id}: not made, an imported case has this name`);
	}
	return free.sort((a, b) => rank(a.recipe) - rank(b.recipe));
}

/** The figures of the consensus come first, then family by family, sets for triage last. */
function rank({ figure, family, use }: CaseRecipe): number {
	return figure ?? 10 + FAMILIES.indexOf(family) + (use === 'triage' ? FAMILIES.length : 0);
}

/**
 * The manifest of a case that is there, made by this recipe, with every file at its size; its texts and what is told of
 * the acquisition brought up to date.
 */
async function readCached(root: string, one: AuthoredCase): Promise<CaseManifest | undefined> {
	const folder = path.join(root, one.id);
	try {
		if ((await readFile(path.join(folder, RECIPE_STAMP), 'utf8')) !== stampOf(one)) return undefined;
		const kept = caseManifestSchema.parse(JSON.parse(await readFile(path.join(folder, 'case.json'), 'utf8')));
		for (const { file, bytes } of manifestFiles(kept))
			if ((await stat(path.join(folder, file))).size !== bytes) return undefined;
		const series = kept.series.map((each) => ({ ...each, ...toldOf(one.recipe, each.sequence) }));
		const manifest = { ...kept, ...describe(one, kept.measures), series };
		if (JSON.stringify(manifest) !== JSON.stringify(kept)) await writeWhole(path.join(folder, 'case.json'), manifest);
		return manifest;
	} catch (error) {
		// Missing, cut short or of another version: in each case it is made again.
		if (isMissing(error) || error instanceof SyntaxError || (error as Error).name === 'ZodError') return undefined;
		throw error;
	}
}

/** Makes a case in a folder beside its own, which it then replaces. */
async function makeFiles(root: string, one: AuthoredCase, maker: CaseMaker, onVolume: OnVolume): Promise<CaseManifest> {
	const folder = path.join(root, one.id);
	const making = path.join(root, `.making-${one.id}`);
	await rm(making, { recursive: true, force: true });
	await mkdir(making);
	const manifest = await maker.make(making, one, onVolume);
	await writeFile(path.join(making, RECIPE_STAMP), stampOf(one));
	await rm(folder, { recursive: true, force: true });
	await rename(making, folder);
	return manifest;
}

function stampOf({ recipe }: AuthoredCase): string {
	return createHash('sha256')
		.update(JSON.stringify([PHANTOM_VERSION, MEASURES_VERSION, recipe]))
		.digest('hex');
}
