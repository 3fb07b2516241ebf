import type { Issue, Result } from '../formats/issue.ts';
import { bratsLabels } from '../importers/brats.ts';
import { guessRegion } from '../importers/guessRegion.ts';
import { importIssue } from '../importers/importIssue.ts';
import { type LabelCounts, labelsToRegions } from '../importers/labelScheme.ts';
import type { DrawnMask } from '../importers/placeRegions.ts';
import { type ReadSegments, readSegments } from '../importers/readSegments.ts';
import { segmentsOfRegion, uniteSegments } from '../importers/regionSegments.ts';
import { FAMILY_REGIONS, type Family, type Region } from '../protocol/protocol.ts';
import type { LabelScheme } from '../schemas/caseManifest.ts';
import type { ImportFile } from './importCase.ts';

/** A reference on the way in: one mask of many labels or named segments, or masks of one region each. */
export type ImportReference =
	| {
			readonly kind: 'brats';
			readonly files: readonly [{ readonly file: string }];
			/** As somebody named it; undefined: as the labels say. */
			readonly edition: LabelScheme | undefined;
			/** What the file, its folder and those beside it are called. */
			readonly names: readonly string[];
	  }
	| { readonly kind: 'perRegion'; readonly files: readonly { readonly file: string; readonly region: Region }[] };

/** What a reference was read as. */
export interface ReferenceRead {
	readonly masks: readonly DrawnMask[];
	readonly edition: LabelScheme | null;
	readonly issues: readonly Issue[];
	readonly warnings: readonly Issue[];
	readonly texts: readonly { readonly file: string; readonly field: string }[];
	/** Whether a file could not be read from disk, which was noted where it happened. */
	readonly unread: boolean;
}

/** Reads the masks of a reference, one after another; every issue of every file at once. */
export async function readReference(
	reference: ImportReference,
	family: Family,
	read: (file: string) => Promise<ImportFile | null>,
	onFile: (file: string) => void,
): Promise<ReferenceRead> {
	const issues: Issue[] = [];
	const warnings: Issue[] = [];
	const texts: { file: string; field: string }[] = [];
	const masks: DrawnMask[] = [];
	let edition: LabelScheme | null = null;
	let unread = false;
	for (const each of reference.files) {
		const source = await read(each.file);
		const found = source && readSegments(source.bytes, each.file, { companions: source.companions });
		if (!found) unread = true;
		else if (!found.ok) issues.push(...found.issues);
		else {
			warnings.push(...found.value.warnings);
			texts.push(...found.value.texts.map(({ field }) => ({ file: each.file, field })));
			if (reference.kind === 'perRegion') takeOne(found.value, each as { file: string; region: Region });
			else if (found.value.labels) takeApart(found.value, found.value.labels, each.file, reference);
			else takeNamed(found.value, each.file);
		}
		onFile(each.file);
	}
	return { masks, edition, issues, warnings, texts, unread };

	function takeApart(
		{ grid, layers }: ReadSegments,
		counts: LabelCounts,
		path: string,
		{ edition: chosen, names }: ImportReference & { kind: 'brats' },
	): void {
		const labels = bratsLabels(counts, chosen, path, names);
		if (!labels.ok) return void issues.push(...labels.issues);
		const regions = labelsToRegions(layers[0]!, labels.value.scheme, FAMILY_REGIONS[family], path);
		if (!regions.ok) return void issues.push(...regions.issues);
		edition = labels.value.edition;
		for (const [region, data] of regions.value) masks.push({ region, path, grid, data, mayBeCut: false });
	}

	function takeNamed(read: ReadSegments, path: string): void {
		const guesses = read.segments.map(({ name }) => guessRegion(name, family).region);
		const regions = FAMILY_REGIONS[family].filter((region) => guesses.includes(region));
		for (const region of regions) {
			const data = uniteSegments(read, (_, n) => guesses[n] === region);
			masks.push({ region, path, grid: read.grid, data, mayBeCut: true });
		}
		if (regions.length > 0) return;
		const names = read.segments.map(({ name }) => name).join(', ');
		issues.push(importIssue('import.segmentsUnnamed', path, { names, known: FAMILY_REGIONS[family].join(', ') }));
	}

	function takeOne(read: ReadSegments, { file: path, region }: { file: string; region: Region }): void {
		const { grid, labels = [] } = read;
		const mayBeCut = !read.labels;
		if (labels.length > 1) {
			const values = labels.map(({ value }) => value).join(', ');
			return void issues.push(importIssue('import.severalLabels', path, { values }));
		}
		const mask: Result<Uint8Array> = mayBeCut
			? segmentsOfRegion(read, region, family, path)
			: { ok: true, value: uniteSegments(read, () => true) };
		if (mask.ok) masks.push({ region, path, grid, data: mask.value, mayBeCut });
		else issues.push(...mask.issues);
	}
}
