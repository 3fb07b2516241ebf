/** MR sequences the consensus asks for (§2.2). DWI and ADC come from one acquisition and share a panel. */
export const SEQUENCES = ['T1', 'T2', 'FLAIR', 'T1C', 'DWI', 'ADC'] as const;
export type Sequence = (typeof SEQUENCES)[number];

/**
 * Regions of the consensus (§4, §5): whole tumour, oedema (meningeal only), tumour body,
 * enhancing, non-enhancing, and enhancing and non-enhancing taken together.
 */
export const REGIONS = ['WT', 'ED', 'TB', 'ET', 'NE', 'EN'] as const;
export type Region = (typeof REGIONS)[number];

/** Tumour families of the consensus (§1). */
export const FAMILIES = ['glioma', 'pcnsl', 'metastasis', 'meningioma', 'hpc_sft'] as const;
export type Family = (typeof FAMILIES)[number];

/** The sequence whose native grid carries each region's mask. */
export const REGION_SEQUENCE = {
	WT: 'FLAIR',
	ED: 'FLAIR',
	TB: 'T2',
	ET: 'T1C',
	NE: 'T1C',
	EN: 'T1C',
} as const satisfies Record<Region, Sequence>;

/** The clause that says where each region is drawn; the meningeal families add §5. */
export const REGION_CLAUSE = {
	WT: '§4-①',
	ED: '§5',
	TB: '§4-②',
	ET: '§4-③',
	NE: '§4-④',
	EN: '§4-④',
} as const satisfies Record<Region, string>;

/** Regions of a family, in drawing order (§6-③: whole tumour and enhancing first; Figs 1–6). */
export const FAMILY_REGIONS = {
	glioma: ['WT', 'ET', 'TB', 'NE'],
	pcnsl: ['WT', 'EN'],
	metastasis: ['WT', 'EN'],
	meningioma: ['ED', 'ET', 'TB', 'NE'],
	hpc_sft: ['ED', 'ET', 'TB', 'NE'],
} as const satisfies Record<Family, readonly Region[]>;

/**
 * Layers that a reference may have beside its regions, and what their values mean. `uncertain`: where a margin cannot be
 * settled, of one region. `lesions`: the number of each lesion of the region on which lesions are counted. `csf`: 1
 * ventricles and cisterns, 2 sulci. `confounders`: the number of each leukoaraiosis, lacune or old infarct. `dura`:
 * thickened dura that enhances. `notEnhancing`: 1 bright before contrast, 2 vessel.
 */
export type Layer = 'uncertain' | 'lesions' | 'csf' | 'confounders' | 'dura' | 'notEnhancing';

/** Whether a family is meningeal: oedema instead of whole tumour, dura that counts as tumour (§5). */
export function isMeningeal(family: Family): boolean {
	return family === 'meningioma' || family === 'hpc_sft';
}

/** How hard a case is: smaller, lumpier lesions with thinner rims, more of them, blurred margins, thick slices. */
export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];
