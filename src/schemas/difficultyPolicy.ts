import { z } from 'zod';

const limits = z.tuple([z.number().positive(), z.number().positive()]);
/** A point for each limit that the measure is below, or that it reaches. */
const criterion = z.union([z.strictObject({ below: limits }), z.strictObject({ from: limits })]);
export type DifficultyCriterion = z.infer<typeof criterion>;

/** `content/policy/difficulty.json`: how hard a case is by its measures. */
export const difficultyPolicySchema = z.strictObject({
	version: z.string().min(1),
	note: z.string(),
	criteria: z.strictObject({
		/** Diameter of the smallest lesion, mm. */
		smallestMm: criterion,
		/** The lower of the contrasts on FLAIR and T1C; 0 where nothing enhances. */
		contrast: criterion,
		uncertainShare: criterion,
		lesions: criterion,
		confoundersMl: criterion,
		/** From one slice to the next, mm. */
		stepMm: criterion,
	}),
	/** Least sum of points. */
	mediumFrom: z.number().int().positive(),
	hardFrom: z.number().int().positive(),
});
export type DifficultyPolicy = z.infer<typeof difficultyPolicySchema>;
export type DifficultyMeasure = keyof DifficultyPolicy['criteria'];
