import { z } from 'zod';
import { ruleIdSchema } from './rule.ts';

/** What a problem can be reported of. */
const PROBLEM_KINDS = ['rule', 'question', 'case', 'lesson', 'drill'] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/** Longest answer that is kept, as JSON. */
const GIVEN_CHARACTERS = 2000;

const base = {
	type: z.literal('learner'),
	schemaVersion: z.literal(1),
	/** Random; it makes a repeated write harmless. */
	id: z.string().regex(/^[A-Za-z0-9-]{8,64}$/),
	/** ISO 8601, UTC. */
	at: z.iso.datetime(),
};

/** What a learner did outside the drawing room. Written once, never changed. */
export const learnerEventSchema = z.discriminatedUnion('kind', [
	/** One answer to a question, or to one item of a drill. */
	z.object({
		...base,
		kind: z.literal('answer'),
		form: z.enum(['question', 'drill']),
		/** Id of the question, or `drill:<kind>:<case>[:…]`. */
		item: z.string().min(1).max(200),
		rules: z.array(ruleIdSchema).min(1).max(40),
		/** 0 wrong … 1 right, parts between. */
		score: z.number().min(0).max(1),
		/** What was answered, as small as it can be told. */
		given: z.json().refine((given) => JSON.stringify(given).length <= GIVEN_CHARACTERS, 'is too long'),
		/** From when it was shown to the answer. */
		seconds: z.number().nonnegative(),
		/** Would fail an exam outright. */
		hardFail: z.literal(true).optional(),
	}),
	/** A lesson was read to its end. */
	z.object({ ...base, kind: z.literal('lesson'), lesson: z.string().min(1).max(80) }),
	/** A worked case was gone through to its end. */
	z.object({ ...base, kind: z.literal('worked'), case: z.string().min(1).max(80) }),
	/** A note for the instructor. */
	z.object({
		...base,
		kind: z.literal('problem'),
		about: z.object({ kind: z.enum(PROBLEM_KINDS), id: z.string().min(1).max(200) }),
		text: z.string().trim().min(1).max(2000),
	}),
]);
export type LearnerEvent = z.infer<typeof learnerEventSchema>;
export type AnswerEvent = Extract<LearnerEvent, { kind: 'answer' }>;
export type ProblemEvent = Extract<LearnerEvent, { kind: 'problem' }>;
