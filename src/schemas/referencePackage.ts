import { z } from 'zod';
import { EXPERTS_NEEDED, experts } from '../protocol/expert.ts';
import { expertNameSchema } from './attempt.ts';
import { caseManifestSchema, layersSchema, type Provenance, perRegionSchema } from './caseManifest.ts';
import { familySchema } from './protocol.ts';

/** What a package of a reference holds beside its masks. */
export const REFERENCE_INDEX = 'reference.json';

/** What the schema says where the form is right but fewer than `EXPERTS_NEEDED` experts confirmed. */
export const TOO_FEW_EXPERTS = 'tooFewExperts';

/**
 * `reference.json`: a version of a reference that enough experts confirmed, on its way to the case. Its files lie beside it
 * in one zip archive.
 */
export const referencePackageSchema = z.object({
	format: z.literal('concord-reference'),
	schemaVersion: z.literal(1),
	caseId: caseManifestSchema.shape.id,
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
		.refine((all) => experts(all.map(({ expert }) => expert)).length >= EXPERTS_NEEDED, TOO_FEW_EXPERTS),
	reference: perRegionSchema,
	layers: layersSchema,
});
export type ReferencePackage = z.infer<typeof referencePackageSchema>;

/** Who made a version, as the case tells it. */
export function provenanceOf({
	author,
	confirmations,
}: {
	readonly author: string;
	readonly confirmations: readonly ReferencePackage['confirmations'][number][];
}): Omit<Provenance, 'edition'> {
	const names = experts([author, ...confirmations.map(({ expert }) => expert)]);
	const days = confirmations.map(({ at }) => at.slice(0, 10)).sort();
	return {
		authors: names.join(', ').slice(0, 200).trim(),
		experts: names.length,
		date: days.at(-1)!,
		method: 'manual',
	};
}
