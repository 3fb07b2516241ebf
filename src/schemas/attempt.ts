import { z } from 'zod';
import { regionSchema, sequenceSchema } from './protocol.ts';

/** The opening of one attempt at a case. Written once. */
export const attemptSchema = z.object({
	type: z.literal('attempt'),
	schemaVersion: z.literal(1),
	id: z.string().min(1),
	caseId: z.string().min(1),
	/** ISO 8601, UTC. */
	startedAt: z.iso.datetime(),
});
export type Attempt = z.infer<typeof attemptSchema>;

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
		region: regionSchema,
		tool: z.enum(['brush', 'eraser']),
		/** Sequence the stroke was made on, always the region's own. */
		sequence: sequenceSchema,
		/** Axial slice of the sequence's RAS view, from 0. */
		slice: z.number().int().nonnegative(),
		diameterMm: z.number().positive(),
		/** The voxels whose value flipped: `mask/flips.ts`, base64. */
		flips: z.string(),
	}),
	z.object({ ...eventBase, kind: z.enum(['undo', 'redo']) }),
	/** First look at a slice, so that the strip can show what was looked at. */
	z.object({
		...eventBase,
		kind: z.literal('look'),
		sequence: sequenceSchema,
		slices: z.array(z.number().int().nonnegative()),
	}),
]);
export type AttemptEvent = z.infer<typeof attemptEventSchema>;
