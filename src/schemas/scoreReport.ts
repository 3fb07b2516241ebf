import { z } from 'zod';
import type { Region } from '../protocol/protocol.ts';
import { FINDING_CODES, HARD_FAILS, MAGNITUDE_UNITS, UNCHECKED } from '../scoring/findings/finding.ts';
import { MARK_MEASURES, TIERS } from '../scoring/marks.ts';
import { UNDEFINED_REASONS } from '../scoring/measure.ts';
import { DEFINITIONS, type ScoreReport } from '../scoring/scoreReport.ts';
import { regionSchema, sequenceSchema } from './protocol.ts';

const count = z.number().int().nonnegative();

const measureSchema = z.discriminatedUnion('kind', [
	z.object({ kind: z.literal('value'), value: z.number() }),
	z.object({ kind: z.literal('undefined'), reason: z.enum(UNDEFINED_REASONS) }),
]);

const byTolerance = z.record(z.string(), measureSchema);

/** What every version had. */
const regionShape = z.object({
	region: regionSchema,
	counts: z.object({ tp: count, fp: count, fn: count, tn: count }),
	dice: measureSchema,
	sensitivity: measureSchema,
	precision: measureSchema,
	referenceMl: z.number().nonnegative(),
	predictionMl: z.number().nonnegative(),
	slices: z.array(z.object({ slice: count, missedMm2: z.number().nonnegative(), extraMm2: z.number().nonnegative() })),
});

const caseShape = z.object({
	scoringVersion: z.string().min(1),
	caseId: z.string().min(1),
	regions: z.array(regionShape),
	unscored: z.array(
		z.object({ region: regionSchema, reason: z.enum(['noReference', 'gridDiffers', 'sequenceMissing']) }),
	),
});

const findingShape = z.object({
	code: z.enum(FINDING_CODES),
	rules: z.array(z.string().min(1)),
	severity: z.enum(['hard', 'major', 'minor']),
	hardFail: z.enum(HARD_FAILS).nullable(),
	region: regionSchema,
	lesion: count.nullable(),
	where: z
		.object({ sequence: sequenceSchema, slice: count, xyzMm: z.tuple([z.number(), z.number(), z.number()]) })
		.nullable(),
	magnitude: z.object({ value: z.number(), limit: z.number(), unit: z.enum(MAGNITUDE_UNITS) }),
	params: z.record(z.string(), z.union([z.string(), z.number()])),
});

const findingsShape = z.object({
	policyVersion: z.string().min(1),
	list: z.array(findingShape),
	unchecked: z.array(z.enum(UNCHECKED)),
	detection: z
		.object({
			region: regionSchema,
			lesions: z.array(
				z.object({
					lesion: count,
					volumeMl: z.number().positive(),
					found: z.boolean(),
					dice: z.number().min(0).max(1),
				}),
			),
			falsePositives: count,
		})
		.nullable(),
	duralRecall: z.number().min(0).max(1).nullable(),
});

const markShape = z.object({
	measure: z.enum(MARK_MEASURES),
	region: regionSchema,
	fromMm: z.number().nullable(),
	toMm: z.number().nullable(),
	toleranceMm: z.number().nullable(),
	value: measureSchema,
	tier: z.enum(['below', ...TIERS]).nullable(),
	cuts: z.object({ qualified: z.number(), good: z.number(), excellent: z.number() }),
	gated: z.boolean(),
});

const reportShape = caseShape.extend({
	definition: z.enum(DEFINITIONS),
	findings: findingsShape.nullable(),
	marks: z.object({ policyVersion: z.string().min(1), list: z.array(markShape) }).nullable(),
	regions: z.array(
		regionShape.extend({
			iou: measureSchema,
			specificity: measureSchema,
			volumeSimilarity: measureSchema,
			hdMm: measureSchema,
			hd95Mm: measureSchema,
			nsd: byTolerance,
			nsdSlices: byTolerance,
			assdMm: measureSchema,
			masdMm: measureSchema,
			boundary: z.object({ medianMm: measureSchema, sameSign: measureSchema }),
		}),
	),
});

/** Reports of version 0.1.0 had counts, Dice, sensitivity and precision: the other figures are told to be missing. */
const notMeasured = { kind: 'undefined', reason: 'notMeasured' } as const;
const firstVersion = caseShape.extend({ scoringVersion: z.literal('0.1.0') }).transform((report) => ({
	...report,
	definition: 'surfel' as const,
	findings: null,
	marks: null,
	regions: report.regions.map((region) => ({
		...region,
		iou: notMeasured,
		specificity: notMeasured,
		volumeSimilarity: notMeasured,
		hdMm: notMeasured,
		hd95Mm: notMeasured,
		nsd: {},
		nsdSlices: {},
		assdMm: notMeasured,
		masdMm: notMeasured,
		boundary: { medianMm: notMeasured, sameSign: notMeasured },
	})),
}));

const anyVersion = z.union([reportShape, firstVersion]);

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

/**
 * A stored `ScoreReport`, field for field as in `scoring/scoreReport.ts`: where the two differ, the
 * type below is `never` and this file does not compile.
 */
export const scoreReportSchema: Same<DeepReadonly<z.infer<typeof reportShape>>, ScoreReport<Region>> extends true
	? z.ZodType<ScoreReport<Region>>
	: never = anyVersion;
