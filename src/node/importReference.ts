import type { Issue } from '../formats/issue.ts';
import { bratsLabels } from '../importers/brats.ts';
import { importIssue } from '../importers/importIssue.ts';
import { countLabels, labelsToRegions } from '../importers/labelScheme.ts';
import type { DrawnMask } from '../importers/placeRegions.ts';
import { type LabelMap, readLabelMap } from '../importers/readLabelMap.ts';
import { FAMILY_REGIONS, type Family, type Region } from '../protocol/protocol.ts';
import type { LabelScheme } from '../schemas/caseManifest.ts';
import type { ImportFile } from './importCase.ts';

/** A reference on the way in: one mask of many labels, or one mask a region. */
export type ImportReference =
	| {
			readonly kind: 'brats';
			readonly files: readonly [{ readonly file: string }];
			/** As somebody named it; undefined: as the labels say. */
			readonly edition: LabelScheme | undefined;
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
		const map = source && readLabelMap(source.bytes, each.file, { companions: source.companions });
		if (!map) unread = true;
		else if (!map.ok) issues.push(...map.issues);
		else {
			warnings.push(...map.value.warnings);
			texts.push(...map.value.texts.map(({ field }) => ({ file: each.file, field })));
			if (reference.kind === 'brats') takeApart(map.value, each.file, reference.edition);
			else takeOne(map.value, each as { file: string; region: Region });
		}
		onFile(each.file);
	}
	return { masks, edition, issues, warnings, texts, unread };

	function takeApart({ grid, data }: LabelMap, path: string, chosen: LabelScheme | undefined): void {
		const labels = bratsLabels(countLabels(data) ?? [], chosen, path);
		if (!labels.ok) return void issues.push(...labels.issues);
		const regions = labelsToRegions(data, labels.value.scheme, FAMILY_REGIONS[family], path);
		if (!regions.ok) return void issues.push(...regions.issues);
		edition = labels.value.edition;
		for (const [region, voxels] of regions.value) masks.push({ region, path, grid, data: voxels });
	}

	function takeOne({ grid, data }: LabelMap, { file: path, region }: { file: string; region: Region }): void {
		const labels = countLabels(data) ?? [];
		if (labels.length > 1) {
			const values = labels.map(({ value }) => value).join(', ');
			issues.push(importIssue('import.severalLabels', path, { values }));
		} else masks.push({ region, path, grid, data: data.map((value) => (value === 0 ? 0 : 1)) });
	}
}
