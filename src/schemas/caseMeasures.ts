import { z } from 'zod';

const share = z.number().min(0).max(1);
const amount = z.number().nonnegative();

/** What makes a case hard to draw, measured on its own volumes and reference by `phantom/measureCase.ts`. */
export const caseMeasuresSchema = z.object({
	/** All that is drawn of tumour and oedema, ml. */
	volumeMl: amount,
	/** Number of lesions; at least 1. */
	lesions: z.number().int().positive(),
	/** Diameter in mm of the ball that has the volume of the smallest lesion's body. */
	smallestMm: amount,
	/**
	 * How the whole tumour (of meningeal tumours the oedema) stands out on FLAIR from brain 3 to 12 mm off: its upper quartile
	 * less the brain's median, over the brain's standard deviation. Absent where nothing is drawn on FLAIR.
	 */
	flairContrast: z.number().optional(),
	/** The same of what enhances, on T1C. Absent where nothing does. */
	t1cContrast: z.number().optional(),
	/** Share of the whole tumour with its uncertain margin (of meningeal tumours the oedema) that is uncertain. */
	uncertainShare: share,
	/** Leukoaraiosis, lacunes and old infarcts: connected parts, and ml. */
	confounders: z.number().int().nonnegative(),
	confoundersMl: amount,
	/** Least distance in mm of a lesion's body from a ventricle, where it is 12 mm or less. */
	ventricleMm: amount.optional(),
	/** Thickest slice and widest gap of the sequences that are drawn on, mm. */
	sliceMm: z.number().positive(),
	gapMm: amount,
});
export type CaseMeasures = z.infer<typeof caseMeasuresSchema>;
