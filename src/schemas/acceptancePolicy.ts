import { z } from 'zod';
import { PLANES } from '../grid/sliceStack.ts';
import { SEQUENCES } from '../protocol/protocol.ts';
import { QUALITY_GRADES } from './preRead.ts';
import { sequenceSchema } from './protocol.ts';

const planes = z.array(z.enum(PLANES)).min(1);

/** `content/policy/acceptance.json`: what a case is measured against before it is annotated (§2.2, §3.1). */
export const acceptancePolicySchema = z.strictObject({
	version: z.string().min(1),
	note: z.string(),
	/** A case without one of these fails. */
	requiredSequences: z.array(sequenceSchema),
	/** A case without one of these is warned of (A7). */
	wantedSequences: z.array(sequenceSchema),
	/** Planes that the slices of each sequence may lie in. */
	planes: z.record(z.enum(SEQUENCES), planes),
	/** Sequences that must be acquired slice by slice. */
	only2D: z.array(sequenceSchema),
	max3DThicknessMm: z.number().positive(),
	max2DThicknessMm: z.number().positive(),
	/** Most free space between one slice and the next, mm: the distance of centres less the thickness (A5). */
	maxGapMm: z.number().nonnegative(),
	/** By how much a length may go over its limit through rounding, mm. */
	roundingMm: z.number().nonnegative(),
	/** Any of these will do (A6), s/mm². */
	bValues: z.array(z.number().positive()).min(1),
	/** How far off a b-value may be, as a share of it. */
	bTolerance: z.number().min(0).max(1),
	/** How far the step between two slices may be from the median step, as a share of it. */
	unevenness: z.number().min(0).max(1),
	/** Least extent of the images from head to feet, mm. */
	minCoverageMm: z.number().positive(),
	/** Least grade of the images' quality. */
	minGrade: z.literal(QUALITY_GRADES),
	/** Least bits in which an intensity was stored. */
	minBits: z.number().int().positive(),
	/** Least number of different intensities, where the bits are not known. */
	minLevels: z.number().int().positive(),
});
export type AcceptancePolicy = z.infer<typeof acceptancePolicySchema>;
