import { z } from 'zod';
import { parseSliceChoice } from '../protocol/sliceChoice.ts';
import { localizedSchema } from './localized.ts';
import { regionSchema, sequenceSchema } from './protocol.ts';
import { ruleIdSchema } from './rule.ts';

const caseIdSchema = z.string().regex(/^[a-z]+-\d{1,2}$/);

/** A text in both languages, in neither longer than a number of characters. */
const both = (longest: number) =>
	localizedSchema.refine(({ zh, en }) => Math.max(zh.length, en.length) <= longest, {
		error: `expected ${longest} characters at most`,
	});

/** A slice as authors write it, read into what it means: `widest:WT`, `first:ET`, `last:ET`, or a number from 0. */
const sliceChoiceSchema = z.union([z.string(), z.number()]).transform((written, context) => {
	const choice = parseSliceChoice(written);
	if (choice !== undefined) return choice;
	context.addIssue({
		code: 'custom',
		message: `got ${JSON.stringify(written)}, expected a number from 0 or one like widest:WT, first:WT, last:WT`,
	});
	return z.NEVER;
});

/** One step of a worked case: what is looked at, what is drawn, and why. */
const workedStepSchema = z
	.strictObject({
		title: both(60),
		/** Panels side by side; the first is the one that the step is about. */
		sequences: z.array(sequenceSchema).min(1).max(3),
		/** Where the panels look first. */
		slice: sliceChoiceSchema,
		/** Regions of the reference that are outlined; none where the step only looks. */
		regions: z.array(regionSchema).max(4),
		/** Whether the regions are filled in their colours, as where a figure of the consensus lays them over each other. */
		composite: z.boolean().default(false),
		/** Display window of the first panel, in per cent of its intensities without background; left out, the usual one. */
		window: z
			.strictObject({ low: z.number().min(0).max(100), high: z.number().min(0).max(100) })
			.refine(({ low, high }) => low < high, { error: 'expected low below high' })
			.optional(),
		/** Whether the panels open close to the lesions or show the whole head. */
		crop: z.enum(['lesion', 'head']).default('lesion'),
		/** The still that stands for the step until the viewer is touched; left out, the case's thumbnail. */
		picture: z
			.string()
			.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
			.optional(),
		/** What is seen, what is drawn, why, what is left out. Paragraphs are parted by an empty line. */
		text: both(1200),
		/** Rules of the catalogue that the step rests on. */
		rules: z
			.array(ruleIdSchema)
			.min(1)
			.refine((ids) => new Set(ids).size === ids.length, { error: 'expected each rule once' }),
		/** What a learner explains to themselves before reading on, and how an expert puts it. */
		ask: both(200),
		answer: both(600),
	})
	.refine(({ sequences }) => new Set(sequences).size === sequences.length, {
		error: 'expected each sequence once',
		path: ['sequences'],
	})
	.refine(({ composite, regions }) => !composite || regions.length > 0, {
		error: 'expected regions to be filled',
		path: ['regions'],
	});
export type WorkedStep = z.infer<typeof workedStepSchema>;

/** A case of the consensus' figures, gone through step by step (`content/worked/<case>.yaml`). */
export const workedCaseSchema = z.strictObject({
	case: caseIdSchema,
	/** The case to practise on afterwards: a like one that the reader has not seen solved. */
	next: caseIdSchema,
	title: both(60),
	/** What to look for, one or two sentences. */
	lead: both(300),
	steps: z.array(workedStepSchema).min(3).max(12),
});
export type WorkedCase = z.infer<typeof workedCaseSchema>;
