import type { Issue } from '../formats/issue.ts';

/** Every code this room can give, with the names of its figures: what the sentence in i18n may use. */
export const IMPORT_ISSUES = {
	'labels.notWhole': ['count', 'example'],
	'labels.notNumbers': ['count'],
	'labels.range': ['values', 'most'],
	'labels.tooMany': ['count'],
	'labels.unknown': ['values', 'known'],
	'labels.ambiguous': ['chosen', 'other'],
	'labels.undecided': ['values'],
	'labels.maybePostTreatment': [],
	'labels.postTreatment': [],
	'labels.grossVolume': ['file'],
	'labels.needsEdition': ['chosen', 'other'],
	'labels.noEdition': ['values'],
	'case.noSeries': [],
	'case.duplicateSequence': ['sequence', 'files'],
	'case.severalReferences': ['files'],
	'case.schemeMissing': [],
	'case.unassigned': [],
	'case.referenceShape': ['sequence', 'dims', 'expected'],
	'case.referencePlace': ['sequence', 'mm'],
	'mask.regionTwice': ['region', 'files'],
	'mask.noRegion': [],
	'mask.labelUnknown': ['file', 'values'],
	'mask.regionAtHand': ['region'],
	'import.exists': ['id'],
	'import.builtIn': ['id'],
	'import.severalFiles': ['sequence', 'files'],
	'import.severalReferences': ['files'],
	'import.noOrientation': [],
	'import.noRegion': [],
	'import.noSequence': ['region', 'sequence'],
	'import.regionFamily': ['region', 'known'],
	'import.regionTwice': ['region', 'files'],
	'import.severalLabels': ['values'],
	'import.segmentMissing': ['region', 'names'],
	'import.segmentsOverlap': ['first', 'second'],
	'import.segmentsUnnamed': ['names', 'known'],
	'package.noCase': ['id'],
	'package.exists': ['id'],
	'package.family': ['family', 'expected'],
	'package.region': ['region', 'known'],
	'package.layer': ['layer'],
	'package.twice': ['content'],
	'package.name': ['expected'],
	'package.changed': [],
	'package.noSequence': ['region', 'sequence'],
	'package.reordered': ['sequence'],
	'package.otherImages': ['id'],
} as const satisfies Record<string, readonly string[]>;
export type ImportIssueCode = keyof typeof IMPORT_ISSUES;

/** Makes an issue of this room; the compiler asks for exactly the figures its sentence needs. */
export function importIssue<C extends ImportIssueCode>(
	code: C,
	path: string,
	params: Readonly<Record<(typeof IMPORT_ISSUES)[C][number], string | number>>,
): Issue {
	return { code, path, params };
}
