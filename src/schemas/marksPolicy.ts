import { z } from 'zod';
import { REGIONS } from '../protocol/protocol.ts';
import { MARK_MEASURES, type MarksPolicy } from '../scoring/marks.ts';
import { familySchema, regionSchema } from './protocol.ts';

const positive = z.number().positive();
const cuts = { qualified: z.number().min(0), good: z.number().min(0), excellent: z.number().min(0) };

/** `content/policy/marks.json`. Every family has marks, and marks never fall from one tier to the next. */
export const marksPolicySchema: z.ZodType<MarksPolicy> = z.strictObject({
	version: z.string().min(1),
	note: z.string(),
	leastMm: positive,
	nsd: z.strictObject({
		toleranceMm: z.record(z.enum(REGIONS), positive),
		cuts: z.record(z.string(), z.strictObject(cuts)),
	}),
	sets: z
		.array(
			z.strictObject({
				name: z.string().min(1),
				families: z.array(familySchema).min(1),
				enhancing: z.boolean().optional(),
				cuts: z.array(
					z
						.strictObject({
							measure: z.enum(MARK_MEASURES).exclude(['nsdSlices']),
							region: regionSchema,
							fromMm: positive.optional(),
							toMm: positive.optional(),
							leastReferenceMl: positive.optional(),
							...cuts,
						})
						.refine(({ measure, qualified, good, excellent }) =>
							measure === 'volumeMl' || measure === 'falsePositives'
								? qualified >= good && good >= excellent
								: qualified <= good && good <= excellent,
						),
				),
			}),
		)
		.refine((sets) => familySchema.options.every((family) => sets.some(({ families }) => families.includes(family)))),
});
