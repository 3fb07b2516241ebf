import { z } from 'zod';
import { SEQUENCES } from '../protocol/protocol.ts';
import { FINDING_CODES, MAGNITUDE_UNITS } from '../scoring/findings/finding.ts';
import { familySchema, regionSchema } from './protocol.ts';

const count = z.number().int().nonnegative();

/** `truth.json` beside a set of planted masks: what is wrong in them. */
export const plantedTruthSchema = z.object({
	schemaVersion: z.literal(1),
	caseId: z.string(),
	family: familySchema,
	/** With the case, the type and the policy it gives the same masks again. */
	seed: z.number().int().min(0).max(0xffffffff),
	policyVersion: z.string(),
	code: z.enum(FINDING_CODES),
	/** Rules that it breaks. */
	rules: z.array(z.string()),
	region: regionSchema,
	/** Number of the reference's lesion from 1, the largest first; null where the region as a whole is meant. */
	lesion: z.number().int().positive().nullable(),
	/** Axial slice from 0 at the feet, world mm; null where no voxel is wrong. */
	where: z
		.object({ sequence: z.enum(SEQUENCES), slice: count, xyzMm: z.tuple([z.number(), z.number(), z.number()]) })
		.nullable(),
	amount: z.object({ value: z.number(), unit: z.enum(MAGNITUDE_UNITS) }),
	/** Voxels that the error drew or left out, by region. */
	changed: z.array(z.object({ region: regionSchema, drawn: count, leftOut: count })),
	masks: z.array(z.object({ region: regionSchema, file: z.string() })).min(1),
	/** A log of tools for `concord findings --log`, where that is what tells of the error. */
	log: z.string().nullable(),
});
export type PlantedTruthFile = z.infer<typeof plantedTruthSchema>;
