import { z } from 'zod';
import { caseManifestSchema } from './caseManifest.ts';

/** A case somebody opened from disk, as the browser keeps it; its files are the document's attachments. */
export const storedCaseSchema = z.object({
	type: z.literal('case'),
	schemaVersion: z.literal(1),
	/** ISO 8601, UTC. */
	addedAt: z.iso.datetime(),
	manifest: caseManifestSchema,
});
export type StoredCaseDocument = z.infer<typeof storedCaseSchema>;
