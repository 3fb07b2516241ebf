import { REGION_SEQUENCE, REGIONS, type Region, SEQUENCES, type Sequence } from './protocol.ts';

/** The three parts of a mask's file name (§3.2): patient, sequence, content, and which lesion where there is one file each. */
export interface MaskName {
	readonly patient: string;
	readonly sequence: Sequence;
	readonly region: Region;
	readonly lesion: number | null;
}

const PATTERN = new RegExp(
	`^([A-Za-z0-9-]{1,32})_(${SEQUENCES.join('|')})_(${REGIONS.join('|')})(?:_L(\\d{2}))?\\.(?:nii|nii\\.gz|dcm)$`,
);

/** Reads a file name such as `P0012_FLAIR_WT.nii.gz`; null where it does not follow the naming rule. */
export function parseMaskName(name: string): MaskName | null {
	const [, patient, sequence, region, lesion] = PATTERN.exec(name) ?? [];
	if (patient === undefined) return null;
	return {
		patient,
		sequence: sequence as Sequence,
		region: region as Region,
		lesion: lesion === undefined ? null : Number(lesion),
	};
}

const REGION = `(?:${REGIONS.join('|')})`;

/** As the rule, and what else this project writes: segmentations of 3D Slicer, and of several regions in one file. */
const MASK_FILE = new RegExp(
	`^[A-Za-z0-9-]{1,32}_(?:${SEQUENCES.join('|')})_(?:(${REGION})(?:_L(\\d{2}))?\\.(?:nii|nii\\.gz|dcm|seg\\.nrrd)|(${REGION}(?:-${REGION})+)\\.(?:dcm|seg\\.nrrd))$`,
);

/** Regions that a file's name says it holds, as in `P0012_FLAIR_WT.dcm` or `P0012_T1C_ET-NE.seg.nrrd`; empty for other names. */
export function regionsNamed(name: string): readonly Region[] {
	const [, one, , several] = MASK_FILE.exec(name) ?? [];
	const regions = one ?? several;
	return regions === undefined ? [] : [...new Set(regions.split('-') as Region[])];
}

/** Whether files of one region are its lesions, by their names: each has a number (`_L01`), no two the same. */
export function areLesions(names: readonly string[]): boolean {
	const lesions = new Set(names.map((name) => MASK_FILE.exec(name)?.[2]));
	return !lesions.has(undefined) && lesions.size === names.length;
}

/** The name that a mask should have. */
export function maskName(patient: string, region: Region): string {
	return `${patient}_${REGION_SEQUENCE[region]}_${region}.nii.gz`;
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
