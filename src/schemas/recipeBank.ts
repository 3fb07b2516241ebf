import { z } from 'zod';
import { DIFFICULTIES } from '../protocol/protocol.ts';
import { caseRecipeSchema, confoundersSchema, stackSchema, tumourSchema } from './caseRecipe.ts';

/** From the one to the other, both within what a recipe allows; drawn evenly. */
const rangeOf = (quantity: z.ZodNumber) =>
	z.tuple([quantity, quantity]).refine(([from, to]) => from <= to, { error: 'expected the smaller number first' });

const { radiusMm, lumpsMm, rimMm, pushMm, oedemaMm, cuffMm, bleeding } = tumourSchema.shape;
const share = z.number().min(0).max(1);
const { leukoaraiosis, lacunes, infarcts } = confoundersSchema.shape;
const { sliceMm, gapMm } = stackSchema.shape;

/** What the cases of one family and difficulty are drawn from. */
const levelSchema = z.strictObject({
	/** How many there are, the largest first. */
	lesions: rangeOf(z.number().int().min(1).max(12)),
	/** Of each lesion; the largest has at least the 3 mm that a recipe asks for. */
	radiusMm: rangeOf(z.number().min(1.5).max(radiusMm.maxValue!)),
	lumpsMm: rangeOf(lumpsMm),
	rimMm: rangeOf(rimMm),
	pushMm: rangeOf(pushMm),
	oedemaMm: rangeOf(oedemaMm),
	cuffMm: rangeOf(cuffMm),
	bleeding: rangeOf(bleeding),
	/** Of the body, as a recipe has them; absent: as if a recipe left them out. */
	enhancing: rangeOf(share).optional(),
	cysts: rangeOf(share).optional(),
	calcification: rangeOf(share).optional(),
	flowVoids: rangeOf(share).optional(),
	confounders: z.strictObject({
		leukoaraiosis: rangeOf(leukoaraiosis),
		lacunes: rangeOf(lacunes),
		infarcts: rangeOf(infarcts),
	}),
	/** Of FLAIR, T2, T1 and DWI, and of T1C, mm. */
	slices: z.strictObject({ sliceMm, gapMm, t1cSliceMm: sliceMm }),
});
export type BankLevel = z.infer<typeof levelSchema>;

/** `content/bank/<family>.yaml`: what the cases of a family are drawn from. */
export const familyBankSchema = z.strictObject({
	schemaVersion: z.literal(1),
	family: caseRecipeSchema.shape.family,
	/** Middles of lesions on the right side; the left side has the same. RAS mm. */
	places: z.array(tumourSchema.shape.centreMm).min(1),
	levels: z.record(z.enum(DIFFICULTIES), levelSchema),
});
export type FamilyBank = z.infer<typeof familyBankSchema>;

/** The bank of parameters, a part for each family that can be made. */
export type RecipeBank = ReadonlyMap<FamilyBank['family'], FamilyBank>;
