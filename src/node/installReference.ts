import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { formatIssue } from '../formats/formatIssue.ts';
import type { Issue } from '../formats/issue.ts';
import { sniffFile } from '../formats/sniff.ts';
import { diagnoseGrid, type GridDiagnosis } from '../grid/diagnoseGrid.ts';
import { type Grid, sameGrid } from '../grid/grid.ts';
import { importIssue } from '../importers/importIssue.ts';
import { readLabelMap } from '../importers/readLabelMap.ts';
import { maskName, PATIENT_PATTERN, patientOf } from '../protocol/maskName.ts';
import { FAMILY_REGIONS, REGION_SEQUENCE, type Region, type Sequence } from '../protocol/protocol.ts';
import { layerTargetsOf, TARGET_LAYER, TARGET_SEQUENCE } from '../protocol/target.ts';
import { type CaseFile, type CaseManifest, manifestFiles, referenceFiles } from '../schemas/caseManifest.ts';
import { caseVersion } from '../schemas/caseVersion.ts';
import { provenanceOf, type ReferencePackage } from '../schemas/referencePackage.ts';
import { isThere, RECIPE_STAMP, readImportedCase, writeCatalogue } from './catalogue.ts';
import type { ImportSeries } from './importCase.ts';
import { writeWhole } from './writeWhole.ts';

/** A package of a reference, and the case that it is for. */
export interface InstallRequest {
	/** The case: a folder of `cases/`. */
	readonly id: string;
	/** Holds `cases/<id>/`. */
	readonly dataDir: string;
	/** Whether a reference that the case has may be replaced. */
	readonly replace: boolean;
	/** Names the package in issues. */
	readonly source: string;
	readonly index: ReferencePackage;
	/** Its files by their names, without those that could not be read, which the caller has noted. */
	readonly files: ReadonlyMap<string, Uint8Array>;
	/** Reads one of the case's series; null where that failed, which the caller has noted. */
	readonly readSeries: (file: string) => Promise<ImportSeries | null>;
}

/** A file that lies on the grid of no series that it could be of. */
interface Misfit {
	readonly file: string;
	readonly sequence: Sequence;
	readonly diagnosis: GridDiagnosis;
}

/** How it ended. Nothing of the case was changed where `folder` is null. */
export interface InstallOutcome {
	readonly folder: string | null;
	readonly issues: readonly Issue[];
	readonly misfits: readonly Misfit[];
	readonly warnings: readonly Issue[];
}

/**
 * Makes a package the reference of an imported case. Every file is checked against what the package says of it and against
 * the case's images before anything is written, and everything wrong is told at once. The case opens with its old reference
 * until its manifest names the new one.
 */
export async function installReference(request: InstallRequest): Promise<InstallOutcome> {
	const { id, dataDir, index, source } = request;
	const root = path.join(dataDir, 'cases');
	const manifest = await readImportedCase(root, id);
	const issues = manifest ? caseIssues(manifest, request) : [await whyNoCase(root, id, source)];
	const grids = new Map<Sequence, Grid>();
	let unread = 0;
	for (const { sequence, file } of manifest?.series ?? []) {
		const volume = (await request.readSeries(file))?.volume;
		if (volume?.ok) grids.set(sequence, volume.value.grid);
		else {
			issues.push(...(volume?.issues ?? []));
			unread++;
		}
	}
	const misfits: Misfit[] = [];
	const warnings: Issue[] = [];
	const entries = entriesOf(index);
	const known = unread === 0 ? grids : new Map<Sequence, Grid>();
	issues.push(...namingIssues(entries, index));
	for (const entry of entries) {
		const bytes = request.files.get(entry.file);
		if (!bytes) unread++;
		else {
			const found = checkFile(entry, bytes, known);
			issues.push(...found.issues);
			misfits.push(...found.misfits);
			warnings.push(...found.warnings);
		}
	}
	const outcome = { issues, misfits, warnings };
	if (!manifest || unread > 0 || issues.length > 0 || misfits.length > 0) return { ...outcome, folder: null };
	if (caseVersion(manifest) !== index.caseVersion) warnings.push(importIssue('package.otherImages', source, { id }));
	const folder = path.join(root, id);
	await put(folder, manifest, request);
	await writeCatalogue(root);
	return { ...outcome, folder };
}

async function whyNoCase(root: string, id: string, source: string): Promise<Issue> {
	const folder = path.join(root, id);
	if (await isThere(path.join(folder, RECIPE_STAMP))) return importIssue('import.builtIn', folder, { id });
	return importIssue('package.noCase', source, { id });
}

function caseIssues(manifest: CaseManifest, { id, replace, source, index }: InstallRequest): Issue[] {
	const issues: Issue[] = [];
	if (manifest.reference && !replace) issues.push(importIssue('package.exists', source, { id }));
	if (manifest.family !== index.family)
		issues.push(importIssue('package.family', source, { family: index.family, expected: manifest.family }));
	return issues;
}

/** A file of the package, and what it may hold. */
interface Entry extends CaseFile {
	/** What it is of, as its name says: a region, or a layer and its region. */
	readonly content: string;
	/** Present where it is the mask of a region. */
	readonly region?: Region;
	/** The sequence that it is drawn on; null where nothing of the family is drawn so. */
	readonly sequence: Sequence | null;
	/** Its largest label. */
	readonly most: number;
}

function entriesOf({ family, reference, layers }: ReferencePackage): Entry[] {
	const regions: readonly Region[] = FAMILY_REGIONS[family];
	const masks = reference.masks.map(({ region, ...file }) => {
		const sequence = regions.includes(region) ? REGION_SEQUENCE[region] : null;
		return { ...file, content: region, region, sequence, most: 1 };
	});
	const maps = layers.map((layer) => {
		const region = 'region' in layer ? layer.region : undefined;
		const targets = layerTargetsOf(family, regions).filter((target) => {
			const drawn = TARGET_LAYER[target];
			return drawn.kind === layer.kind && ('region' in drawn ? drawn.region : undefined) === region;
		});
		const { file, sha256, bytes, kind } = layer;
		return {
			...{ file, sha256, bytes },
			content: `${kind}${region ?? ''}`,
			sequence: targets[0] ? TARGET_SEQUENCE[targets[0]] : null,
			most: Math.max(...targets.map((target) => TARGET_LAYER[target].value ?? 255)),
		};
	});
	return [...masks, ...maps];
}

/** Contents that the family does not have, that come twice, or whose file is called otherwise than the rule says. */
function namingIssues(entries: readonly Entry[], { caseId, family }: ReferencePackage): Issue[] {
	const known = FAMILY_REGIONS[family].join(', ');
	return entries.flatMap(({ file, content, region, sequence }, n) => {
		const issues: Issue[] = [];
		if (sequence === null)
			issues.push(
				region
					? importIssue('package.region', file, { region, known })
					: importIssue('package.layer', file, { layer: content }),
			);
		if (entries.findIndex((other) => other.content === content) < n)
			issues.push(importIssue('package.twice', file, { content }));
		const named = (patient: string) => (region ? maskName(patient, region) : `${patient}_layer_${content}.nii.gz`);
		const patient = file.split('_')[0]!;
		if (!PATIENT_PATTERN.test(patient) || file !== named(patient))
			issues.push(importIssue('package.name', file, { expected: named(patientOf(caseId)) }));
		return issues;
	});
}

/** @param grids of the case's series; empty where they are not known, and then the grid is not looked at */
function checkFile(
	{ file, sha256, bytes: size, region, sequence, most }: Entry,
	bytes: Uint8Array,
	grids: ReadonlyMap<Sequence, Grid>,
): Pick<InstallOutcome, 'issues' | 'misfits' | 'warnings'> {
	const refused = (...issues: readonly Issue[]) => ({ issues, misfits: [], warnings: [] });
	if (bytes.length !== size || createHash('sha256').update(bytes).digest('hex') !== sha256)
		return refused(importIssue('package.changed', file, {}));
	const sniffed = sniffFile(bytes, file);
	// Scoring reads nothing else.
	if (sniffed.ok && sniffed.value.format !== 'nifti') return refused(formatIssue('nifti.magic', file, {}));
	const read = readLabelMap(bytes, file);
	if (!read.ok) return refused(...read.issues);
	const { grid, labels, warnings } = read.value;
	// What the family does not have is told as that.
	if (sequence === null) return { issues: [], misfits: [], warnings };
	const issues: Issue[] = [];
	const misfits: Misfit[] = [];
	const outside = labels.filter(({ value }) => value > most).map(({ value }) => value);
	if (outside.length > 0) issues.push(importIssue('labels.range', file, { values: outside.join(', '), most }));
	if (grids.size === 0) return { issues, misfits, warnings };
	const own = grids.get(sequence);
	if (region && !own) issues.push(importIssue('package.noSequence', file, { region, sequence }));
	else if (![...(region ? [own!] : grids.values())].some((other) => sameGrid(grid, other))) {
		const other = own ? sequence : [...grids.keys()][0]!;
		const diagnosis = diagnoseGrid(grid, grids.get(other)!);
		if (diagnosis.kind === 'reordered') issues.push(importIssue('package.reordered', file, { sequence: other }));
		else misfits.push({ file, sequence: other, diagnosis });
	}
	return { issues, misfits, warnings };
}

/** New files, then the manifest that names them, then the old files go: at any time the manifest names what is there. */
async function put(folder: string, manifest: CaseManifest, { index, files }: InstallRequest): Promise<void> {
	const taken = new Set(manifestFiles(manifest).map(({ file }) => file));
	const names = new Map<string, string>();
	for (const name of files.keys()) {
		const free = freeName(name, taken);
		taken.add(free);
		names.set(name, free);
	}
	const renamed = <File extends CaseFile>(entry: File): File => ({ ...entry, file: names.get(entry.file)! });
	const next: CaseManifest = {
		...manifest,
		reference: {
			kind: 'perRegion',
			masks: index.reference.masks.map(renamed),
			provenance: provenanceOf(index),
		},
		layers: index.layers.map(renamed),
	};
	try {
		for (const [name, bytes] of files) await writeFile(path.join(folder, names.get(name)!), bytes);
		await writeWhole(path.join(folder, 'case.json'), next);
	} catch (error) {
		for (const name of names.values()) await rm(path.join(folder, name), { force: true });
		throw error;
	}
	const kept = new Set(manifestFiles(next).map(({ file }) => file));
	for (const { file } of referenceFiles(manifest))
		if (!kept.has(file)) await rm(path.join(folder, file), { force: true });
}

/** A name that the case has no file of: the same, or with a number behind the patient's, which the rule allows. */
function freeName(name: string, taken: ReadonlySet<string>): string {
	const patient = name.split('_')[0]!;
	for (let n = 1; ; n++) {
		const suffix = n === 1 ? '' : `-${n}`;
		const free = patient.slice(0, 32 - suffix.length) + suffix + name.slice(patient.length);
		if (!taken.has(free)) return free;
	}
}
