import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { gzip } from '../formats/deflate.ts';
import { writeNifti } from '../formats/niftiWrite.ts';
import { layerEntry } from '../phantom/acquire.ts';
import { type Anatomy, unpackAnatomy } from '../phantom/anatomy.ts';
import { type MadeVolume, madeVolumes, makeCase, PHANTOM_VERSION } from '../phantom/makeCase.ts';
import type { Acquisition } from '../protocol/acquisition.ts';
import { FAMILIES, REGION_SEQUENCE, type Sequence } from '../protocol/protocol.ts';
import { type CaseManifest, caseManifestSchema, manifestFiles } from '../schemas/caseManifest.ts';
import { type CaseRecipe, gradeOf, stackOf } from '../schemas/caseRecipe.ts';
import { type AuthoredCase, readAuthoredCases } from './caseRecipes.ts';
import { listed, RECIPE_STAMP, readImportedCase, writeCatalogue } from './catalogue.ts';
import { isMissing, writeWhole } from './writeWhole.ts';

interface PrepareOptions {
	/** Holds `cases/<id>/` with the recipe and its texts. */
	readonly contentDir: string;
	/** Receives `cases/<id>/` with the volumes, and `cases/index.json`. */
	readonly dataDir: string;
	/** Told a line for people after each file, and how many cases are ready where some are still to be made. */
	readonly onProgress?: (line: string) => void;
}

/**
 * Makes the volumes of every authored case that are not there yet, and the catalogue of all of them, which says at any time
 * what is ready and what is being made. A case is made in a folder of its own that is renamed when it is complete, so a
 * case that is there is whole. Rejects with a RecipeError, before anything is made, where an authored file is wrong. One
 * preparer a data folder at a time.
 */
export async function prepareCases(options: PrepareOptions): Promise<{ made: string[]; cached: string[] }> {
	const { contentDir, dataDir, onProgress } = options;
	const root = path.join(dataDir, 'cases');
	await mkdir(root, { recursive: true });
	const authored = await withoutImported(root, await readAuthoredCases(contentDir), onProgress);
	const ready = new Map<string, CaseManifest>();
	for (const one of authored) {
		const manifest = await readCached(root, one);
		if (manifest) ready.set(one.id, manifest);
	}
	const cached = [...ready.keys()];
	const missing = authored.filter(({ id }) => !ready.has(id));
	const publish = (current?: string, done = 0) =>
		writeCatalogue(root, {
			cases: authored.flatMap((one) => {
				const manifest = ready.get(one.id);
				return manifest ? [listed(manifest)] : [];
			}),
			making: missing.flatMap((one) => {
				if (ready.has(one.id)) return [];
				return [{ ...describe(one), done: one.id === current ? done : 0, total: madeVolumes(one.recipe) }];
			}),
		});
	const tell = () => ready.size > 0 && onProgress?.(`${ready.size} of ${authored.length} cases ready`);
	await publish();
	if (missing.length === 0) return { made: [], cached };
	tell();
	const source = await readAnatomy(path.join(contentDir, 'anatomy'));
	for (const one of missing) {
		const onVolume = async (done: number, file: string) => {
			onProgress?.(`${one.id}: ${done} of ${madeVolumes(one.recipe)}, ${file}`);
			await publish(one.id, done);
		};
		ready.set(one.id, await makeFiles(root, one, source, onVolume));
		await publish();
		tell();
	}
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
	return free.sort((a, b) => rank(a) - rank(b));
}

/** Cases are made and listed family by family, sets for triage last. */
function rank({ recipe }: AuthoredCase): number {
	return FAMILIES.indexOf(recipe.family) + (recipe.use === 'triage' ? FAMILIES.length : 0);
}

/** Told after each volume how many are written, and the last one's file. */
type OnVolume = (done: number, file: string) => Promise<void> | void;

/** The head that every case is made of, and the notice that goes with each. */
export interface AnatomySource {
	readonly anatomy: Anatomy;
	readonly notice: string;
}

/** Reads `content/anatomy`. */
export async function readAnatomy(folder: string): Promise<AnatomySource> {
	return {
		anatomy: unpackAnatomy(gunzipSync(await readFile(path.join(folder, 'head.bin.gz')))),
		notice: await readFile(path.join(folder, 'NOTICE.txt'), 'utf8'),
	};
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
		const manifest = { ...kept, ...describe(one), series };
		if (JSON.stringify(manifest) !== JSON.stringify(kept)) await writeWhole(path.join(folder, 'case.json'), manifest);
		return manifest;
	} catch (error) {
		// Missing, cut short or of another version: in each case it is made again.
		if (isMissing(error) || error instanceof SyntaxError || (error as Error).name === 'ZodError') return undefined;
		throw error;
	}
}

/** Makes a case in a folder beside its own, which it then replaces. */
async function makeFiles(
	root: string,
	one: AuthoredCase,
	source: AnatomySource,
	onVolume: OnVolume,
): Promise<CaseManifest> {
	const folder = path.join(root, one.id);
	const making = path.join(root, `.making-${one.id}`);
	await rm(making, { recursive: true, force: true });
	await mkdir(making);
	const manifest = await writeCase(making, one, source, onVolume);
	await writeFile(path.join(making, RECIPE_STAMP), stampOf(one));
	await rm(folder, { recursive: true, force: true });
	await rename(making, folder);
	return manifest;
}

/** Writes the volumes, the manifest and the notice of a case into a folder that is there; gives the manifest. */
export async function writeCase(
	folder: string,
	one: AuthoredCase,
	{ anatomy, notice }: AnatomySource,
	onVolume: OnVolume,
): Promise<CaseManifest> {
	const series: CaseManifest['series'] = [];
	const masks: Extract<CaseManifest['reference'], { kind: 'perRegion' }>['masks'] = [];
	const layers: NonNullable<CaseManifest['layers']> = [];
	for (const volume of makeCase(one.recipe, anatomy)) {
		const file = fileName(one.id, volume);
		const bytes = gzip(writeNifti(volume.volume, { description: `Concord phantom ${PHANTOM_VERSION}, synthetic` }));
		await writeFile(path.join(folder, file), bytes);
		const entry = { file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
		if (volume.kind === 'series')
			series.push({ ...entry, sequence: volume.sequence, ...toldOf(one.recipe, volume.sequence) });
		else if (volume.kind === 'reference') masks.push({ ...entry, region: volume.region });
		else {
			const { region, ...kind } = layerEntry(volume.layer);
			layers.push({ ...entry, ...kind, ...(region && { region }) } as (typeof layers)[number]);
		}
		await onVolume(series.length + masks.length + layers.length, file);
	}
	const manifest: CaseManifest = {
		schemaVersion: 1,
		origin: 'catalogue',
		...describe(one),
		series,
		...(masks.length > 0 && { reference: { kind: 'perRegion', masks } as const, layers }),
	};
	await writeWhole(path.join(folder, 'case.json'), manifest);
	await writeFile(path.join(folder, 'NOTICE.txt'), notice);
	return manifest;
}

function fileName(id: string, made: MadeVolume): string {
	if (made.kind === 'series') return `${made.sequence}.nii.gz`;
	if (made.kind === 'layer') return `${id}_layer_${made.layer}.nii.gz`;
	return `${id}_${REGION_SEQUENCE[made.region]}_${made.region}.nii.gz`;
}

function describe({ id, recipe, text: { zh, en } }: AuthoredCase) {
	return {
		id,
		title: { zh: zh.title, en: en.title },
		subtitle: { zh: zh.subtitle, en: en.subtitle },
		family: recipe.family,
		difficulty: recipe.difficulty,
		synthetic: true,
		...(recipe.use && { use: recipe.use }),
	};
}

/** What is known of a made series beside its voxels. */
export function toldOf(recipe: CaseRecipe, sequence: Sequence) {
	return { acquisition: acquisitionOf(recipe, sequence), grade: gradeOf(recipe, sequence) };
}

/** What a scanner's files would say of a made series. Diffusion is measured slice by slice at any thickness. */
function acquisitionOf(recipe: CaseRecipe, sequence: Sequence): Acquisition {
	const { sliceMm, gapMm, dimension, derived } = stackOf(recipe, sequence);
	const diffusion = sequence === 'DWI' || sequence === 'ADC';
	return {
		dimension: dimension ?? (diffusion || sliceMm > 2 || gapMm > 0 ? '2D' : '3D'),
		thicknessMm: sliceMm,
		...(diffusion && { bValue: recipe.sequences.DWI.bValue }),
		bitsStored: 12,
		...(derived && { derived }),
		lossy: false,
	};
}

function stampOf({ recipe }: AuthoredCase): string {
	return createHash('sha256')
		.update(JSON.stringify([PHANTOM_VERSION, recipe]))
		.digest('hex');
}
