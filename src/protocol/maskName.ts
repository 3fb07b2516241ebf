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

/** The name that a mask should have. */
export function maskName(patient: string, region: Region): string {
	return `${patient}_${REGION_SEQUENCE[region]}_${region}.nii.gz`;
}
