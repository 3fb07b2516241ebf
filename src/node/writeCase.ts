import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import policyFile from '../../content/policy/difficulty.json' with { type: 'json' };
import { writeNifti } from '../formats/niftiWrite.ts';
import { layerEntry } from '../phantom/acquire.ts';
import { type Anatomy, unpackAnatomy } from '../phantom/anatomy.ts';
import { gradeDifficulty } from '../phantom/difficulty.ts';
import { type MadeVolume, makeCase, PHANTOM_VERSION } from '../phantom/makeCase.ts';
import { gatherParts, measureCase } from '../phantom/measureCase.ts';
import { thumbnailOf } from '../phantom/thumbnail.ts';
import { trapsOf } from '../phantom/trapsOf.ts';
import type { Acquisition } from '../protocol/acquisition.ts';
import { REGION_SEQUENCE, type Sequence } from '../protocol/protocol.ts';
import type { CaseManifest } from '../schemas/caseManifest.ts';
import type { CaseMeasures } from '../schemas/caseMeasures.ts';
import { type CaseRecipe, gradeOf, stackOf } from '../schemas/caseRecipe.ts';
import { difficultyPolicySchema } from '../schemas/difficultyPolicy.ts';
import type { AuthoredCase } from './caseRecipes.ts';
import { writeWhole } from './writeWhole.ts';

const policy = difficultyPolicySchema.parse(policyFile);
const THUMBNAIL = 'thumbnail.png';

/** Told after each volume how many are written, and the last one's file. */
export type OnVolume = (done: number, file: string) => void;

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
	const parts = gatherParts();
	for (const volume of makeCase(one.recipe, anatomy)) {
		parts.add(volume);
		const file = fileName(one.id, volume);
		const bytes = gzipSync(writeNifti(volume.volume, { description: `Concord phantom ${PHANTOM_VERSION}, synthetic` }));
		await writeFile(path.join(folder, file), bytes);
		const entry = entryOf(file, bytes);
		if (volume.kind === 'series')
			series.push({ ...entry, sequence: volume.sequence, ...toldOf(one.recipe, volume.sequence) });
		else if (volume.kind === 'reference') masks.push({ ...entry, region: volume.region });
		else {
			const { region, ...kind } = layerEntry(volume.layer);
			layers.push({ ...entry, ...kind, ...(region && { region }) } as (typeof layers)[number]);
		}
		onVolume(series.length + masks.length + layers.length, file);
	}
	const picture = thumbnailOf(parts, one.recipe.family);
	if (picture) await writeFile(path.join(folder, THUMBNAIL), picture.png);
	const manifest: CaseManifest = {
		schemaVersion: 1,
		origin: 'catalogue',
		...describe(one, measureCase(parts, one.recipe)),
		series,
		...(masks.length > 0 && { reference: { kind: 'perRegion', masks } as const, layers }),
		...(picture && { thumbnail: { ...entryOf(THUMBNAIL, picture.png), sequence: picture.sequence } }),
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

function entryOf(file: string, bytes: Uint8Array) {
	return { file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
}

/** What a manifest says of a case by its recipe and texts, and by its measures once it is made. */
export function describe({ id, recipe, text: { zh, en } }: AuthoredCase, measures?: CaseMeasures) {
	const { family, figure, use } = recipe;
	return {
		id,
		title: { zh: zh.title, en: en.title },
		subtitle: { zh: zh.subtitle, en: en.subtitle },
		teaches: { zh: zh.teaches, en: en.teaches },
		family,
		...(figure !== undefined && { figure }),
		synthetic: true,
		...(use && { use }),
		traps: trapsOf(recipe, measures),
		...(measures && { measures, difficulty: gradeDifficulty(measures, policy).difficulty }),
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
