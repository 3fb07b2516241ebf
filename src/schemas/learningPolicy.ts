import { z } from 'zod';
import { regionSchema } from './protocol.ts';
import { ruleIdSchema } from './rule.ts';

const fraction = z.number().min(0).max(1);
const count = z.number().int().positive();
const minutes = z.number().int().positive();
/** As ts-fsrs has them: minutes, hours, days. */
const step = z.templateLiteral([z.number().int().positive(), z.enum(['m', 'h', 'd'])]);

/** By its score an answer is wrong, below good, good or excellent; excellent and fast is easy. */
const answerCuts = z
	.strictObject({ wrongBelow: fraction, good: fraction, excellent: fraction, fastSeconds: z.number().positive() })
	.refine(({ wrongBelow, good, excellent }) => wrongBelow <= good && good <= excellent);

/** `content/policy/learning.json`: when a rule is mastered, when it comes back, when the path goes on. */
export const learningPolicySchema = z.strictObject({
	version: z.string().min(1),
	note: z.string(),
	/** So many attempts in a row at good, none with a hard fail: the rule is mastered, the stage passed. */
	advance: z.strictObject({ attempts: count }),
	/** So many fails in a row: the rule is weak, the path a stage back. */
	stepBack: z.strictObject({ fails: count }),
	rating: z.strictObject({
		question: answerCuts,
		drill: answerCuts,
		/** Drawings are judged by findings and marks. */
		drawing: z.strictObject({ fastSeconds: z.number().positive() }),
	}),
	fsrs: z.strictObject({
		/** Chance of remembering at which a rule comes back. */
		requestRetention: z.number().min(0.7).max(0.99),
		maximumIntervalDays: count,
		learningSteps: z.array(step),
		relearningSteps: z.array(step),
	}),
	/** Drawings in the moving mean of a region's score. */
	scores: z.strictObject({ window: count }),
	/** What a step takes, to be told beforehand; `reviewItem` one item of a review. */
	minutes: z.strictObject({
		fix: minutes,
		worked: minutes,
		repair: minutes,
		region: minutes,
		case: minutes,
		delayed: minutes,
		mock: minutes,
		reviewItem: minutes,
	}),
	/** Items of a review at most, and of rules not met before at most. */
	session: z.strictObject({ items: count, fresh: z.number().int().min(0) }),
	/**
	 * Rules that a drawing without a finding against them has kept, and what must have been drawn and looked for to say so:
	 * one of the regions, all of them, a layer of the reference, lesions in it. `byMark`: kept is not enough, the regions' mark
	 * says how well.
	 */
	drawn: z.array(
		z.strictObject({
			rule: ruleIdSchema,
			anyOf: z.array(regionSchema).min(1).optional(),
			allOf: z.array(regionSchema).min(1).optional(),
			layer: z.enum(['uncertain', 'csf', 'confounders', 'dura', 'notEnhancing']).optional(),
			leastLesions: count.optional(),
			byMark: z.literal(true).optional(),
		}),
	),
});
export type LearningPolicy = z.infer<typeof learningPolicySchema>;
