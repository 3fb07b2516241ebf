import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzip } from '../formats/deflate.ts';
import type { SlicePlace } from '../formats/dicomSeries.ts';
import type { Issue, Result } from '../formats/issue.ts';
import { writeNifti } from '../formats/niftiWrite.ts';
import type { ReadVolume, Volume } from '../formats/volume.ts';
import type { Grid } from '../grid/grid.ts';
import { importIssue } from '../importers/importIssue.ts';
import { type Misfit, placeRegions } from '../importers/placeRegions.ts';
import type { Acquisition } from '../protocol/acquisition.ts';
import { maskName, patientOf } from '../protocol/maskName.ts';
import type { Family, Sequence } from '../protocol/protocol.ts';
import type { CaseManifest, LabelScheme, Provenance } from '../schemas/caseManifest.ts';
import { isThere, RECIPE_STAMP, writeCatalogue } from './catalogue.ts';
import { type ImportReference, readReference } from './importReference.ts';
import { writeWhole } from './writeWhole.ts';

/** A file on the way in, and the files beside it that hold its voxels. */
export interface ImportFile {
	readonly bytes: Uint8Array;
	readonly companions: ReadonlyMap<string, Uint8Array>;
}

/** A series on the way in, of a file or of DICOM. */
export interface ImportSeries {
	readonly volume: Result<ReadVolume>;
	/** What its files and their sidecars say. */
	readonly acquisition: Acquisition;
	/** As of `SeriesFacts`. */
	readonly places?: readonly SlicePlace[];
}

/** What a case is to be imported from. */
export interface ImportRequest {
	readonly id: string;
	/** Receives `cases/<id>/`. */
	readonly dataDir: string;
	/** Whether an imported case of this name may be replaced. */
	readonly replace: boolean;
	readonly family: Family;
	readonly title: CaseManifest['title'];
	readonly subtitle: CaseManifest['subtitle'];
	readonly series: readonly { readonly sequence: Sequence; readonly file: string }[];
	readonly reference: ImportReference | null;
	/** Who made the reference; its edition comes from the labels. */
	readonly provenance: Omit<Provenance, 'edition'> | null;
	/** Reads one of the files named; null where that failed, which the caller has noted. */
	readonly read: (file: string) => Promise<ImportFile | null>;
	/** The same for one of the series. */
	readonly readSeries: (file: string) => Promise<ImportSeries | null>;
	/** Told how many of the files are done, and which was written last. */
	readonly onProgress: (done: number, total: number, file: string) => void;
}

/** How an import ended. Nothing of the case was written where `folder` is null. */
export interface ImportOutcome {
	readonly folder: string | null;
	readonly issues: readonly Issue[];
	readonly misfits: readonly Misfit[];
	readonly warnings: readonly Issue[];
	/** Texts of headers, by file and field, which went no farther. */
	readonly texts: readonly { readonly file: string; readonly field: string }[];
	readonly edition: LabelScheme | null;
}

/**
 * Imports a case into the data folder: every file is written anew from its voxels and its grid alone, named by sequence or
 * by the naming rule, in a folder that takes its name when it is complete. Everything wrong with any file is told at once,
 * and then nothing is left behind.
 */
export async function importCase(request: ImportRequest): Promise<ImportOutcome> {
	const root = path.join(request.dataDir, 'cases');
	await mkdir(root, { recursive: true });
	const outcome = { folder: null, issues: [] as Issue[], misfits: [], warnings: [], texts: [], edition: null };
	const inTheWay = await occupied(root, request);
	if (inTheWay) return { ...outcome, issues: [inTheWay] };
	const making = path.join(root, `.importing-${request.id}`);
	await rm(making, { recursive: true, force: true });
	await mkdir(making);
	try {
		const result = await writeFiles(making, request);
		if (!result.manifest) return { ...outcome, ...result };
		await writeWhole(path.join(making, 'case.json'), result.manifest);
		const folder = await putInPlace(root, making, request.id);
		await writeCatalogue(root);
		return { ...outcome, ...result, folder };
	} finally {
		await rm(making, { recursive: true, force: true });
	}
}

async function occupied(root: string, { id, replace }: ImportRequest): Promise<Issue | null> {
	const folder = path.join(root, id);
	if (await isThere(path.join(folder, RECIPE_STAMP))) return importIssue('import.builtIn', folder, { id });
	return !replace && (await isThere(folder)) ? importIssue('import.exists', folder, { id }) : null;
}

/** The old case goes only when the new one stands in its place. */
async function putInPlace(root: string, making: string, id: string): Promise<string> {
	const folder = path.join(root, id);
	const old = path.join(root, `.replaced-${id}`);
	await rm(old, { recursive: true, force: true });
	await rename(folder, old).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'ENOENT') throw error;
	});
	await rename(making, folder);
	await rm(old, { recursive: true, force: true });
	return folder;
}

type Written = Omit<ImportOutcome, 'folder'> & { readonly manifest: CaseManifest | null };

async function writeFiles(making: string, request: ImportRequest): Promise<Written> {
	const { id, family, reference, provenance, read, readSeries, onProgress } = request;
	const issues: Issue[] = [];
	const warnings: Issue[] = [];
	const texts: { file: string; field: string }[] = [];
	const total = request.series.length + (reference?.files.length ?? 0);
	let unread = 0;
	let done = 0;
	const write = async (file: string, volume: Volume) => {
		const bytes = gzip(writeNifti(volume));
		await writeFile(path.join(making, file), bytes);
		return { file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
	};

	const grids = new Map<Sequence, Grid>();
	const series: CaseManifest['series'] = [];
	for (const { sequence, file } of request.series) {
		const source = await readSeries(file);
		const volume = source?.volume;
		if (volume?.ok) {
			const { grid, data, orientation } = volume.value;
			if (orientation === 'none') issues.push(importIssue('import.noOrientation', file, {}));
			else warnings.push(...volume.value.warnings);
			texts.push(...volume.value.texts.map(({ field }) => ({ file, field })));
			grids.set(sequence, grid);
			const { acquisition } = source!;
			const known = Object.keys(acquisition).length > 0;
			if (issues.length === 0)
				series.push({
					...(await write(`${sequence}.nii.gz`, { grid, data })),
					sequence,
					...(known && { acquisition }),
				});
		} else if (volume) issues.push(...volume.issues);
		else unread++;
		onProgress(++done, total, file);
	}

	const onMask = (file: string) => onProgress(++done, total, file);
	const drawn = reference ? await readReference(reference, family, read, onMask) : null;
	issues.push(...(drawn?.issues ?? []));
	warnings.push(...(drawn?.warnings ?? []));
	texts.push(...(drawn?.texts ?? []));
	const whole = issues.length === 0 && unread === 0 && !drawn?.unread;
	const { placed, misfits, warnings: without } = placeRegions(whole ? (drawn?.masks ?? []) : [], grids);
	warnings.push(...without);
	if (whole && reference && placed.length === 0)
		issues.push(importIssue('import.noRegion', reference.files.map(({ file }) => file).join(', '), {}));
	const common = { issues, warnings, texts, misfits, edition: drawn?.edition ?? null };
	if (!whole || issues.length > 0) return { ...common, manifest: null };

	const masks: Extract<CaseManifest['reference'], { kind: 'perRegion' }>['masks'] = [];
	for (const { region, grid, data } of placed)
		masks.push({ ...(await write(maskName(patientOf(id), region), { grid, data })), region });
	const edition = drawn?.edition;
	return {
		...common,
		manifest: {
			schemaVersion: 1,
			id,
			origin: 'catalogue',
			title: request.title,
			subtitle: request.subtitle,
			family,
			synthetic: false,
			series,
			...(masks.length > 0 && {
				reference: {
					kind: 'perRegion' as const,
					masks,
					...(provenance && { provenance: { ...provenance, ...(edition && { edition }) } }),
				},
			}),
		},
	};
}
