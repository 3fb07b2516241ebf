import { z } from 'zod';
import type { Region } from '../protocol/protocol.ts';
import type { ScoreReport } from '../scoring/scoreReport.ts';
import { regionSchema } from './protocol.ts';

const count = z.number().int().nonnegative();

const measureSchema = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('value'), value: z.number() }),
	z.object({ kind: z.literal('undefined'), reason: z.enum(['bothEmpty', 'referenceEmpty', 'predictionEmpty']) }),
]);

const reportShape = z.object({
	scoringVersion: z.string().min(1),
	caseId: z.string().min(1),
	regions: z.array(
		z.object({
			region: regionSchema,
			counts: z.object({ tp: count, fp: count, fn: count, tn: count }),
			dice: measureSchema,
			sensitivity: measureSchema,
			precision: measureSchema,
			referenceMl: z.number().nonnegative(),
			predictionMl: z.number().nonnegative(),
			slices: z.array(
				z.object({ slice: count, missedMm2: z.number().nonnegative(), extraMm2: z.number().nonnegative() }),
			),
		}),
	),
	unscored: z.array(
		z.object({ region: regionSchema, reason: z.enum(['noReference', 'gridDiffers', 'sequenceMissing']) }),
	),
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/**
 * A stored `ScoreReport`, field for field as in `scoring/scoreReport.ts`: where the two differ, the
 * type below is `never` and this file does not compile.
 */
export const scoreReportSchema: Same<DeepReadonly<z.infer<typeof reportShape>>, ScoreReport<Region>> extends true
	? z.ZodType<ScoreReport<Region>>
	: never = reportShape;
