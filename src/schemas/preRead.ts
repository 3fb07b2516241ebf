import { z } from 'zod';
import { sequenceSchema } from './protocol.ts';

/** Side of the head that the disease lies on. */
export const SIDES = ['left', 'right', 'both', 'midline'] as const;
export type Side = (typeof SIDES)[number];

/** Where the disease lies; `deep`: basal ganglia, thalamus, corpus callosum; `meninges`: outside of the brain itself. */
export const LOBES = [
	'frontal',
	'temporal',
	'parietal',
	'occipital',
	'insula',
	'deep',
	'brainstem',
	'cerebellum',
	'meninges',
] as const;
export type Lobe = (typeof LOBES)[number];

/** How the margin looks: `sharp` may be drawn half automatically (§6-④), `blurred` asks for contrast to be set (§6-⑤). */
export const MARGINS = ['sharp', 'blurred'] as const;
export type Margin = (typeof MARGINS)[number];

/** What the disease is made of, as far as it is seen (§6). */
export const COMPOSITION = ['enhancing', 'necrosis', 'cyst', 'haemorrhage', 'calcification', 'oedema'] as const;
export type Component = (typeof COMPOSITION)[number];

/** Grades of image quality (§2.1): 1 not diagnostic, 2 few artefacts, 3 none. Only 2 and 3 are to be annotated. */
export const QUALITY_GRADES = [1, 2, 3] as const;
export type QualityGrade = (typeof QUALITY_GRADES)[number];

/** Most lesions that can be told. */
export const MOST_LESIONS = 99;

/** What somebody saw on the whole of the images before the first stroke (§6, first paragraph). */
export const preReadSchema = z.object({
	side: z.enum(SIDES),
	lobes: z.array(z.enum(LOBES)).min(1),
	/** Number of lesions that were seen. */
	lesions: z.number().int().min(1).max(MOST_LESIONS),
	margin: z.enum(MARGINS),
	/** Empty where nothing of it was seen. */
	composition: z.array(z.enum(COMPOSITION)),
	/** Grade of each series that was graded; the others are not here. */
	quality: z.partialRecord(sequenceSchema, z.literal(QUALITY_GRADES)),
});
export type PreRead = z.infer<typeof preReadSchema>;
