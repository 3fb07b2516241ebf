import { REGION_SEQUENCE, REGIONS, type Region, SEQUENCES, type Sequence } from './protocol.ts';

/** The three parts of a mask's file name (§3.2): patient, sequence, content, and which lesion where there is one file each. */
export interface MaskName {
	readonly patient: string;
	readonly sequence: Sequence;
	/** More than one where a file holds several regions, as a segmentation may: joined by hyphens. */
	readonly regions: readonly Region[];
	readonly lesion: number | null;
}

const CODE = `(?:${REGIONS.join('|')})`;
const PATTERN = new RegExp(
	`^([A-Za-z0-9-]{1,32})_(${SEQUENCES.join('|')})_(${CODE}(?:-${CODE})*)(?:_L(\\d{2}))?\\.(?:nii|nii\\.gz|dcm|seg\\.nrrd)$`,
);

/** Reads a file name such as `P0012_FLAIR_WT.nii.gz`; null where it does not follow the naming rule. */
export function readMaskName(name: string): MaskName | null {
	const [, patient, sequence, regions, lesion] = PATTERN.exec(name) ?? [];
	if (patient === undefined || !regions) return null;
	// Labels of a NIfTI have no names: it holds one region.
	if (regions.includes('-') && /\.nii(?:\.gz)?$/.test(name)) return null;
	return {
		patient,
		sequence: sequence as Sequence,
		regions: regions.split('-') as Region[],
		lesion: lesion === undefined ? null : Number(lesion),
	};
}

/** The name of a file that holds one region; null where it holds several or does not follow the rule. */
export function parseMaskName(name: string): (MaskName & { readonly region: Region }) | null {
	const read = readMaskName(name);
	const [region, ...more] = read?.regions ?? [];
	return read && region && more.length === 0 ? { ...read, region } : null;
}

/** Regions that a file's name says it holds, as in `P0012_T1C_ET-NE.seg.nrrd`; none where it does not follow the rule. */
export function regionsNamed(name: string): readonly Region[] {
	return readMaskName(name)?.regions ?? [];
}

/** Whether files of one region are its lesions, by their names: each has a number (`_L01`), no two the same. */
export function areLesions(names: readonly string[]): boolean {
	const lesions = new Set(names.map((name) => readMaskName(name)?.lesion ?? null));
	return !lesions.has(null) && lesions.size === names.length;
}

/** The name that a mask should have. */
export function maskName(patient: string, region: Region): string {
	return `${patient}_${REGION_SEQUENCE[region]}_${region}.nii.gz`;
}

/**
 * The name of a mask's file as far as it may be kept: what the rule asks for and nothing else, as a file that somebody
 * else named may be called after the patient. The part of the patient is the case's own: its number `patient`, where the
 * name has to have that one, else out of its id. Null for a name that does not follow the rule.
 */
export function keptMaskName(name: string, caseId: string, patient: string | undefined): string | null {
	const read = readMaskName(name);
	if (!read || (patient !== undefined && read.patient !== patient)) return null;
	return `${patient ?? patientOf(caseId)}${name.slice(read.patient.length)}`;
}

/** A name for one file of several regions on one grid: patient, the first region's sequence, all contents. */
export function jointMaskName(patient: string, regions: readonly Region[], extension: 'seg.nrrd' | 'dcm'): string {
	return `${patient}_${REGION_SEQUENCE[regions[0]!]}_${regions.join('-')}.${extension}`;
}

/** What may stand for the patient in a name: letters, digits and hyphens. */
export const PATIENT_PATTERN = /^[A-Za-z0-9-]{1,32}$/;

/** A number for a patient who has none, out of a case's id: its letters, digits and hyphens, 32 at most. */
export function patientOf(caseId: string): string {
	return caseId.replaceAll(/[^A-Za-z0-9-]/g, '-').slice(0, 32) || 'case';
}
