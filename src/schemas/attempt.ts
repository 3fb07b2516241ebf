import { z } from 'zod';
import { parseMaskName } from '../protocol/maskName.ts';
import { FINDING_CODES } from '../scoring/findings/finding.ts';
import { preReadSchema } from './preRead.ts';
import { regionSchema, sequenceSchema, targetSchema } from './protocol.ts';
import { scoreReportSchema } from './scoreReport.ts';

/** What is to be repaired: which error was planted in a case's drawing, by which seed, in which round of the drill. */
export const repairTaskSchema = z.object({
	error: z.enum(FINDING_CODES),
	/** With the case, the error and the policy it gives the same drawing again. */
	seed: z.number().int().min(0).max(0xffffffff),
	/** The seed of the round: the same task in another round is another attempt. */
	round: z.number().int().min(0).max(0xffffffff),
});
export type RepairTask = z.infer<typeof repairTaskSchema>;

/** The opening of one attempt at a case. Written once. */
export const attemptSchema = z.object({
	type: z.literal('attempt'),
	schemaVersion: z.literal(1),
	id: z.string().min(1),
	caseId: z.string().min(1),
	/** Names the exact images: an attempt cannot go on where a case was made anew or replaced. */
	caseVersion: z.string().min(1),
	/** What is drawn for: to practise, where nothing is said, to become the case's reference, or to repair a planted error. */
	purpose: z.enum(['practice', 'reference', 'repair']).default('practice'),
	/** Of a repair. */
	repair: repairTaskSchema.exactOptional(),
	/** ISO 8601, UTC. */
	startedAt: z.iso.datetime(),
});
export type Purpose = z.infer<typeof attemptSchema>['purpose'];
export type Attempt = z.infer<typeof attemptSchema>;

/** Tools whose work is one step to undo. */
const EDIT_TOOLS = [
	'brush',
	'eraser',
	'lasso',
	'lassoErase',
	'fill',
	'grow',
	'autoThreshold',
	'interpolate',
	'copySlice',
	'removeIslands',
	'fillHoles',
	'smooth',
	'margin',
	'combine',
] as const;
export type EditTool = (typeof EDIT_TOOLS)[number];

/** An expert's name as it is typed. */
export const expertNameSchema = z.string().trim().min(1).max(80);

const eventBase = {
	/** ISO 8601, UTC. */
	at: z.iso.datetime(),
	/** Milliseconds of work since the previous event; a pause counts for one minute at most. */
	activeMs: z.number().nonnegative(),
};

/**
 * One entry of an attempt's journal. The masks of an attempt are the fold of its journal;
 * so are its undo stack, its tool log and its time. Entries are written once, in sequence.
 */
export const attemptEventSchema = z.discriminatedUnion('kind', [
	z.object({
		...eventBase,
		kind: z.literal('stroke'),
		region: targetSchema,
		tool: z.enum(EDIT_TOOLS),
		/** Sequence the stroke was made on, always the region's own. */
		sequence: sequenceSchema,
		/** Axial slice of the sequence's RAS view, from 0, that was looked at. */
		slice: z.number().int().nonnegative(),
		/** Of a brush or eraser. */
		diameterMm: z.number().positive().optional(),
		/** The voxels whose value flipped: `mask/flips.ts`, base64. */
		flips: z.string(),
	}),
	/** A mask from a file took the place of what was drawn: one edit, as a stroke is. */
	z.object({
		...eventBase,
		kind: z.literal('import'),
		region: targetSchema,
		/** Sequence on whose grid the file's mask lay. */
		sequence: sequenceSchema,
		/**
		 * The file's name as `keptMaskName` gives it, so that the naming rule can be checked; null where the file was not named
		 * by the rule, as any other name may be the patient's: it is neither written nor read.
		 */
		file: z
			.string()
			.nullable()
			.transform((name) => (name !== null && parseMaskName(name) ? name : null)),
		/** The voxels whose value flipped: `mask/flips.ts`, base64. */
		flips: z.string(),
	}),
	/** The drawing that is to be repaired: it stands before the first edit, and nothing takes it back. */
	z.object({
		...eventBase,
		kind: z.literal('planted'),
		/** Rules that the error breaks. */
		rules: z.array(z.string()),
		masks: z.array(
			z.object({
				region: regionSchema,
				sequence: sequenceSchema,
				/** What is drawn at the start … */
				flips: z.string(),
				/** … and of it what the error drew, and beside it what the error left out; each as in `mask/flips.ts`. */
				drawn: z.string(),
				leftOut: z.string(),
			}),
		),
		/** What was found wrong in it, so that what is found later can be told from it. */
		found: z.array(z.object({ code: z.enum(FINDING_CODES), region: regionSchema })),
	}),
	/** What the person takes the planted error for. */
	z.object({ ...eventBase, kind: z.literal('named'), error: z.enum(FINDING_CODES) }),
	z.object({ ...eventBase, kind: z.enum(['undo', 'redo']) }),
	/** The first change of a series' window by hand (§6-⑤). */
	z.object({ ...eventBase, kind: z.literal('window'), sequence: sequenceSchema }),
	/** First look at a slice, so that the strip can show what was looked at. */
	z.object({
		...eventBase,
		kind: z.literal('look'),
		sequence: sequenceSchema,
		slices: z.array(z.number().int().nonnegative()),
	}),
	/** What was seen before drawing (§6); a later answer takes the place of an earlier one. */
	z.object({ ...eventBase, kind: z.literal('preRead'), answer: preReadSchema }),
	/** Whether an empty region is said to be absent (§6-③); drawing on it takes that back. */
	z.object({ ...eventBase, kind: z.literal('noneSeen'), region: regionSchema, value: z.boolean() }),
	/** All was gone over at the end (§6-⑧); it holds until the next edit. */
	z.object({ ...eventBase, kind: z.literal('selfCheck') }),
	/** Who draws a reference, and confirms, from here on. */
	z.object({ ...eventBase, kind: z.literal('expert'), name: expertNameSchema }),
	/** What is drawn now becomes a version of the reference, by the expert who sits here. They count from 1. */
	z.object({
		...eventBase,
		kind: z.literal('version'),
		masks: z.array(
			z.object({
				region: targetSchema,
				sequence: sequenceSchema,
				/** SHA-256 of the voxels, a byte each as they are stored, hex. */
				sha256: z.string().regex(/^[0-9a-f]{64}$/),
				voxels: z.number().int().nonnegative(),
			}),
		),
	}),
	/** The expert who sits here confirms a version, which is what is drawn now. */
	z.object({ ...eventBase, kind: z.literal('confirm'), version: z.number().int().positive() }),
]);
export type AttemptEvent = z.infer<typeof attemptEventSchema>;

/**
 * Consecutive events as they were written together: the journal's unit in the store. An entry holds
 * all of its events or does not exist, and two writers can not both own a number.
 */
export const journalEntrySchema = z.object({
	type: z.literal('events'),
	schemaVersion: z.literal(1),
	attemptId: z.string().min(1),
	/** Number of the first event in the attempt, from 1; the others follow without a gap. */
	seq: z.number().int().positive(),
	/** Random name of the open store that wrote it, so that a repeated write knows its own. */
	writer: z.string().min(1),
	events: z.array(attemptEventSchema).min(1),
	/** Sums over the attempt up to the end of this entry: a list reads the last entry only. */
	totals: z.object({ activeMs: z.number().nonnegative(), strokes: z.number().int().nonnegative() }),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** The score of an attempt at one point of its journal. Written once; an attempt may have many. */
export const attemptReportSchema = z.object({
	type: z.literal('report'),
	schemaVersion: z.literal(1),
	attemptId: z.string().min(1),
	/** ISO 8601, UTC. */
	at: z.iso.datetime(),
	/** Number of the last event that was scored; 0 where nothing was drawn. */
	eventSeq: z.number().int().nonnegative(),
	/** Milliseconds of work up to the scoring. */
	activeMs: z.number().nonnegative(),
	report: scoreReportSchema,
});
export type AttemptReport = z.infer<typeof attemptReportSchema>;
