import type { Issue } from './issue.ts';

/**
 * Every code this room can give, with the names of its figures: what the sentence in i18n may use. Codes that begin with
 * `nifti.` or `gzip.` are given for other formats as well, where their sentence fits.
 */
export const FORMAT_ISSUES = {
	'file.empty': [],
	'file.tooShort': ['bytes'],
	'file.unknown': [],
	'file.dicom': [],
	'file.nrrd': [],
	'file.minc': [],
	'file.parRec': [],
	'file.archive': [],
	'file.picture': [],
	'file.analyze': [],
	'file.voxelsOnly': [],
	'file.companionMissing': ['names'],
	'file.companionElsewhere': ['name'],
	'file.notGzip': [],
	'header.identifies': ['fields'],
	'gzip.truncated': [],
	'gzip.corrupt': [],
	'gzip.tooLarge': ['limitMb'],
	'nifti.magic': [],
	'nifti.dims': ['dims'],
	'nifti.tooLarge': ['dims', 'limitMb'],
	'nifti.twoDimensional': ['dims'],
	'nifti.timePoints': ['count'],
	'nifti.colour': [],
	'nifti.datatype': ['datatype'],
	'nifti.offset': ['offset'],
	'nifti.truncated': ['expectedBytes', 'bytes'],
	'nifti.valueRange': ['datatype'],
	'nifti.scaling': ['slope', 'intercept'],
	'nifti.singularAffine': [],
	'nifti.noOrientation': [],
	'nifti.sformUnusable': [],
	'nifti.orientationsDiffer': ['mm'],
	'nifti.sheared': ['degrees'],
	'nifti.spacing': ['spacing'],
	'nifti.singleSlice': [],
	'nifti.nonFinite': ['count'],
	'nifti.rounded': ['datatype'],
	'nifti.trailingBytes': ['bytes'],
	'metaImage.field': ['field', 'value'],
} as const satisfies Record<string, readonly string[]>;
export type FormatIssueCode = keyof typeof FORMAT_ISSUES;

/** Makes an issue of this room; the compiler asks for exactly the figures its sentence needs. */
export function formatIssue<C extends FormatIssueCode>(
	code: C,
	path: string,
	params: Readonly<Record<(typeof FORMAT_ISSUES)[C][number], string | number>>,
): Issue {
	return { code, path, params };
}
