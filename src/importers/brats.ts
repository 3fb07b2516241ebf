import type { Result } from '../formats/issue.ts';
import type { Family } from '../protocol/protocol.ts';
import type { LabelScheme } from '../schemas/caseManifest.ts';
import { importIssue } from './importIssue.ts';
import { guessScheme, type LabelCounts, labelIssues, SCHEME_NAME } from './labelScheme.ts';

/** The label scheme of each edition that can be named. */
export const EDITIONS = {
	'2013': 'brats2013',
	'2018': 'brats2018',
	'2021': 'brats2018',
	'2023': 'brats2023',
} as const satisfies Record<string, LabelScheme>;

/** What the labels of a BraTS mask mean. */
export interface BratsLabels {
	readonly scheme: LabelScheme;
	/** Null where nobody named one and every edition means the same. */
	readonly edition: LabelScheme | null;
}

/** Sets since 2023 write their names with dashes (`BraTS-GLI-00005-100`): they have no label 4 but the resection cavity. */
const SINCE_2023 = /brats-(?:gli|men|met|ssa|goat)-/i;
const GROSS_VOLUME = /brats-men-rt(?![a-z])|(?<![a-z])gtv(?![a-z])/i;

/**
 * Settles what the labels of a mask mean: as `chosen` says, else as the labels themselves do where they are plain. Refused
 * are labels that two editions read differently, that none knows, and those of a set after treatment: its resection cavity
 * is no region of the consensus. It is a 4 beside a 3, unless 2013 is chosen, and any 4 where one of `names` is that of a
 * set since 2023, unless an edition is chosen. Source: BraTS 2024 (arXiv:2405.18368).
 *
 * @param names of the mask and of the folder and files it came with
 */
export function bratsLabels(
	counts: LabelCounts,
	chosen: LabelScheme | undefined,
	path: string,
	names: readonly string[],
): Result<BratsLabels> {
	const present = counts.map(({ value }) => value);
	const byLabels = present.includes(3) && chosen !== 'brats2013';
	const byName = chosen === undefined && names.some((name) => SINCE_2023.test(name));
	if (present.includes(4) && (byLabels || byName))
		return { ok: false, issues: [importIssue('labels.postTreatment', path, {})] };
	const issues = labelIssues(counts, chosen, path);
	if (issues.length > 0) return { ok: false, issues };
	if (chosen) return { ok: true, value: { scheme: chosen, edition: chosen } };
	const { scheme, choices, matters } = guessScheme(counts, path);
	const [first] = choices;
	if (!first) return { ok: false, issues: [importIssue('labels.noEdition', path, { values: present.join(', ') })] };
	if (matters) {
		const names = choices.map((choice) => SCHEME_NAME[choice]);
		const params = { chosen: names[0]!, other: names[1]! };
		return { ok: false, issues: [importIssue('labels.needsEdition', path, params)] };
	}
	return { ok: true, value: { scheme: scheme ?? first, edition: scheme } };
}

/**
 * Whether a mask is one of gross tumour volume for radiotherapy, by its name or by that of its set: its label 1 is the
 * whole of it, not necrosis. Source: BraTS-MEN-RT (arXiv:2405.18383).
 */
export function isGrossVolume(name: string): boolean {
	return GROSS_VOLUME.test(name);
}

/** The family that the names of a BraTS set stand for (`BraTS-MEN-00012-000`); glioma where they do not say. */
export function bratsFamily(paths: readonly string[]): Family {
	const [, set] = paths.map((path) => /brats-(men|met)\b/i.exec(path)).find((found) => found !== null) ?? [];
	if (set === undefined) return 'glioma';
	return set.toLowerCase() === 'men' ? 'meningioma' : 'metastasis';
}
