import { z } from 'zod';
import { FINDING_CODES } from '../scoring/findings/finding.ts';
import { familySchema, regionSchema } from './protocol.ts';
import { ruleIdSchema } from './rule.ts';

/** What a drill trains; each has a page, in this order. */
export const DRILL_KINDS = ['quality', 'acceptance', 'naming', 'region', 'confounder', 'repair', 'end-slices'] as const;
export type DrillKind = (typeof DRILL_KINDS)[number];

const bilingual = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const caseId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);

const base = {
	/** Rules of the catalogue that it tests. */
	rules: z.array(ruleIdSchema).min(1),
	title: bilingual,
	/** What is asked, one or two sentences. */
	about: bilingual,
	/** Items of a round. */
	perRound: z.number().int().min(1).max(20),
};

/** A region of a case, where it is drawn. */
const caseRegionSchema = z.strictObject({ case: caseId, region: regionSchema });
export type CaseRegion = z.infer<typeof caseRegionSchema>;

/** A drawing of a case with one error in it. */
const plantedCaseSchema = z.strictObject({
	case: caseId,
	error: z.enum(FINDING_CODES),
	seed: z.number().int().min(0).max(0xffffffff),
});
export type PlantedCase = z.infer<typeof plantedCaseSchema>;

const cases = z.array(z.strictObject({ case: caseId })).min(1);

/** One kind of drill. */
const drillSchema = z.discriminatedUnion('kind', [
	/** The series of a set are graded (§2.1). */
	z.strictObject({ kind: z.literal('quality'), ...base, cases }),
	/** A set is accepted or refused (§2.2, §3.1); `byChance`: how many sets of a round are drawn by chance. */
	z.strictObject({ kind: z.literal('acceptance'), ...base, cases, byChance: z.number().int().min(0).max(20) }),
	/** Names of files are written or corrected (§3.2), for patients of these families. */
	z.strictObject({
		kind: z.literal('naming'),
		...base,
		cases: z.array(z.strictObject({ family: familySchema })).min(1),
	}),
	/** An outlined region is told by name (§4, §5). */
	z.strictObject({ kind: z.literal('region'), ...base, cases: z.array(caseRegionSchema).min(1) }),
	/** Marked places are told apart: tumour and its oedema, or not (§6-②); `marks`: how many of a case. */
	z.strictObject({ kind: z.literal('confounder'), ...base, cases, marks: z.number().int().min(2).max(12) }),
	/** A planted error is named and repaired (§6). */
	z.strictObject({ kind: z.literal('repair'), ...base, cases: z.array(plantedCaseSchema).min(1) }),
	/** The first and last slice of a lesion are looked for (§6-⑧). */
	z.strictObject({ kind: z.literal('end-slices'), ...base, cases: z.array(caseRegionSchema).min(1) }),
]);
export type Drill = z.infer<typeof drillSchema>;
export type DrillOf<Kind extends DrillKind> = Extract<Drill, { kind: Kind }>;

/** `content/drills.yaml`: each kind once. */
export const drillsSchema = z
	.array(drillSchema)
	.refine((drills) => DRILL_KINDS.every((kind) => drills.filter((drill) => drill.kind === kind).length === 1), {
		error: `expected each of ${DRILL_KINDS.join(', ')} once`,
	});
