import { z } from 'zod';
import { REGIONS } from '../protocol/protocol.ts';
import { FINDING_CODES } from '../scoring/findings/finding.ts';
import { FINDING_GROUPS, type FindingsPolicy } from '../scoring/findings/policy.ts';

const fraction = z.number().min(0).max(1);
const positive = z.number().positive();

/** `content/policy/findings.json`. Every code comes once. */
export const findingsPolicySchema: z.ZodType<FindingsPolicy> = z.strictObject({
	version: z.string().min(1),
	note: z.string(),
	limits: z.strictObject({
		size: z.strictObject({ recallMin: fraction, precisionMin: fraction, share: fraction }),
		boundary: z.strictObject({
			sameSign: fraction,
			shiftMm: positive,
			diceGain: fraction,
			toleranceMm: z.record(z.enum(REGIONS), positive),
		}),
		lesion: z.strictObject({
			matchIoR: fraction,
			minScoredMm: positive,
			hardMissMm: positive,
			minMl: positive,
			falseMm: positive,
			share: fraction,
		}),
		endSlices: z.strictObject({ minAreaMm2: positive, leewaySlices: z.number().int().min(0), hardAreaMm2: positive }),
		nest: z.strictObject({
			dilateMm: positive,
			outsideFrac: fraction,
			overlapFrac: fraction,
			unionDice: fraction,
			edBodyFrac: fraction,
		}),
		empty: z.strictObject({ maxMl: positive }),
		laterality: z.strictObject({ diceGain: fraction }),
		resemblance: z.strictObject({ diceMin: fraction }),
		oedemaInBody: z.strictObject({ share: fraction }),
		leak: z.strictObject({
			ventMl: positive,
			sulcMl: positive,
			frac: fraction,
			erodePx: z.number().int().min(0).max(5),
		}),
		confounder: z.strictObject({ frac: fraction, ml: positive }),
		notEnhancing: z.strictObject({ ml: positive }),
		dura: z.strictObject({ minRecall: fraction }),
		uncertain: z.strictObject({ maxFrac: fraction }),
		semi: z.strictObject({
			minIslandPx: z.number().int().positive(),
			maxIslands: z.number().int().min(0),
			maxHoles: z.number().int().min(0),
		}),
		live: z.strictObject({
			gap: z.strictObject({ maxMm: positive, overlap: fraction }),
			browse: z.strictObject({ share: fraction, sequences: z.number().int().positive() }),
			specks: z.strictObject({
				maxIslands: z.number().int().min(0),
				maxHoles: z.number().int().min(0),
				smallHolePx: z.number().int().positive(),
			}),
			csf: z.strictObject({ flair: positive, t2: positive, outside: fraction, ml: positive }),
		}),
		otherImages: z.strictObject({ diceMin: fraction, diceGain: fraction }),
	}),
	groups: z.array(z.enum(FINDING_GROUPS)).length(FINDING_GROUPS.length),
	shownPerCase: z.number().int().positive(),
	ruleRegions: z.record(z.string(), z.array(z.enum(REGIONS)).min(1)),
	errors: z
		.array(
			z.strictObject({
				code: z.enum(FINDING_CODES),
				group: z.enum(FINDING_GROUPS),
				severity: z.enum(['major', 'minor']),
				rules: z.array(z.string().regex(/^R[\w.-]+$/)).min(1),
			}),
		)
		.refine((errors) => FINDING_CODES.every((code) => errors.filter((error) => error.code === code).length === 1)),
});
