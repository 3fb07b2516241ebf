import { z } from 'zod';

const path = z.string().min(1);

/**
 * `backup.json`, the table of contents of a backup: a zip archive with everything that one browser keeps. Documents are
 * in it as they are stored; what could not be read is kept too, in the folder `unreadable/`.
 */
export const backupSchema = z.object({
	format: z.literal('concord-backup'),
	schemaVersion: z.literal(1),
	/** ISO 8601, UTC. */
	createdAt: z.iso.datetime(),
	counts: z.object({
		attempts: z.number().int().nonnegative(),
		reports: z.number().int().nonnegative(),
		cases: z.number().int().nonnegative(),
		/** What was learned outside the drawing room: answers, lessons, notes. */
		learner: z.number().int().nonnegative().default(0),
		/** Documents that could not be read. */
		unreadable: z.number().int().nonnegative(),
	}),
	/** Each a JSON list: opening, entries and reports of one attempt. */
	attempts: z.array(z.object({ id: z.string().min(1), file: path })),
	/** Each a JSON list of documents of the work database that could not be read. */
	unreadable: z.array(path),
	cases: z.array(
		z.object({
			id: z.string().min(1),
			/** The case's document as JSON. */
			document: path,
			/** Its files: their names in the case, and where they are. */
			files: z.array(z.object({ name: z.string().min(1), file: path })),
		}),
	),
	/** A JSON list of the learner's events; absent where there are none. */
	learner: path.optional(),
	/** Absent where nothing was remembered. */
	preferences: path.optional(),
	/** Every other file of the archive. */
	files: z.array(
		z.object({
			file: path,
			bytes: z.number().int().nonnegative(),
			/** CRC-32 of its bytes, hex. */
			crc32: z.string().regex(/^[0-9a-f]{8}$/),
		}),
	),
});
export type BackupIndex = z.infer<typeof backupSchema>;

/** A document as it is stored: any fields, and an id that is not empty. */
export const rawDocumentSchema = z.looseObject({ _id: z.string().min(1) });

/** What a file of documents in a backup holds. */
export const rawDocumentsSchema = z.array(rawDocumentSchema);
