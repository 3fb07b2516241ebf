import { z } from 'zod';
import { EXPERTS_NEEDED, experts } from '../protocol/expert.ts';
import { expertNameSchema } from './attempt.ts';
import { layersSchema, perRegionSchema } from './caseManifest.ts';
import { familySchema } from './protocol.ts';

/** What a package of a reference holds beside its masks. */
export const REFERENCE_INDEX = 'reference.json';

/**
 * `reference.json`: a version of a reference that enough experts confirmed, on its way to the case. Its files lie beside it
 * in one zip archive.
 */
export const referencePackageSchema = z.object({
	format: z.literal('concord-reference'),
	schemaVersion: z.literal(1),
	caseId: z.string().min(1),
	/** The images that were drawn on (`caseVersion`). */
	caseVersion: z.string().min(1),
	family: familySchema,
	/** Number of the version, from 1. */
	version: z.number().int().positive(),
	author: expertNameSchema,
	/** When the version was made; ISO 8601, UTC. */
	at: z.iso.datetime(),
	confirmations: z
		.array(z.object({ expert: expertNameSchema, at: z.iso.datetime() }))
		.refine((all) => experts(all.map(({ expert }) => expert)).length >= EXPERTS_NEEDED),
	reference: perRegionSchema,
	layers: layersSchema,
});
export type ReferencePackage = z.infer<typeof referencePackageSchema>;
