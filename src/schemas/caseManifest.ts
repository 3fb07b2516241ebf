import { z } from 'zod';
import type { Acquisition } from '../protocol/acquisition.ts';
import { DIFFICULTIES } from '../protocol/protocol.ts';
import { TRAPS } from '../protocol/trap.ts';
import { caseMeasuresSchema } from './caseMeasures.ts';
import { QUALITY_GRADES } from './preRead.ts';
import { familySchema, regionSchema, sequenceSchema } from './protocol.ts';

/** Label values of the multi-class masks people bring along. */
export const LABEL_SCHEMES = ['brats2013', 'brats2018', 'brats2023'] as const;
const labelSchemeSchema = z.enum(LABEL_SCHEMES);
export type LabelScheme = z.infer<typeof labelSchemeSchema>;

const fileSchema = z.object({
	/** File name beside the manifest, or attachment name in the store. */
	file: z
		.string()
		.min(1)
		.regex(/^[^/\\]+$/),
	/** SHA-256 of the file's bytes, hex; absent for files a user opened from disk. */
	sha256: z
		.string()
		.regex(/^[0-9a-f]{64}$/)
		.optional(),
	/** Size in bytes. */
	bytes: z.number().int().nonnegative(),
});

/** How a series was acquired, as far as its files say; each field is told in `protocol/acquisition.ts`. */
const acquisitionSchema: z.ZodType<Acquisition> = z.object({
	dimension: z.enum(['2D', '3D']).exactOptional(),
	thicknessMm: z.number().positive().max(1000).exactOptional(),
	bValue: z.number().nonnegative().max(100_000).exactOptional(),
	bitsStored: z.number().int().positive().max(64).exactOptional(),
	derived: z.boolean().exactOptional(),
	lossy: z.boolean().exactOptional(),
});

/** How a reference came about. */
export const REFERENCE_METHODS = ['manual', 'algorithm', 'unknown'] as const;

/** Who made a reference. */
export const provenanceSchema = z.object({
	/** People, a team or a data set, in words. */
	authors: z.string().trim().min(1).max(200),
	/** How many experts drew or checked it; 0 where none did. */
	experts: z.number().int().min(0).max(99),
	/** When it was made, YYYY-MM-DD. */
	date: z.iso.date(),
	/** What its labels meant before it was taken apart; absent where it was one mask a region, or every edition agrees. */
	edition: labelSchemeSchema.optional(),
	method: z.enum(REFERENCE_METHODS),
});
export type Provenance = z.infer<typeof provenanceSchema>;

const bilingual = z.object({ zh: z.string(), en: z.string() });

/** One binary mask a region, on the native grid of the region's sequence. */
export const perRegionSchema = z.object({
	kind: z.literal('perRegion'),
	masks: z.array(fileSchema.extend({ region: regionSchema })).min(1),
});

/** What a reference tells beside its regions, one label map each; on any grid of the same head. */
export const layersSchema = z.array(
	z.union([
		fileSchema.extend({ kind: z.enum(['csf', 'confounders', 'dura', 'notEnhancing']) }),
		/** One for each region with such a margin. */
		fileSchema.extend({ kind: z.literal('uncertain'), region: z.enum(['WT', 'ED', 'TB']) }),
		/** Of the region on which lesions are counted, on its own grid. */
		fileSchema.extend({ kind: z.literal('lesions'), region: z.enum(['ET', 'EN', 'TB']) }),
	]),
);

/** One case as the practice page opens it: its series, and a reference if it can be scored. */
export const caseManifestSchema = z.object({
	schemaVersion: z.literal(1),
	id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/),
	/** Where the files are: served under /cases/<id>/, or kept in this browser. */
	origin: z.enum(['catalogue', 'device']),
	title: bilingual,
	/** One line under the title, e.g. site and side. */
	subtitle: bilingual,
	family: familySchema,
	/** By its measures; absent where it was not measured. */
	difficulty: z.enum(DIFFICULTIES).optional(),
	/** What it teaches, one sentence. */
	teaches: bilingual.optional(),
	/** The figure of the consensus that it stands for. */
	figure: z.number().int().min(1).max(6).optional(),
	/** What is easily drawn wrong in it. */
	traps: z.array(z.enum(TRAPS)).optional(),
	measures: caseMeasuresSchema.optional(),
	/** A small PNG of one slice. */
	thumbnail: fileSchema.extend({ sequence: sequenceSchema }).optional(),
	/** Whether patients' images or generated ones. */
	synthetic: z.boolean(),
	/** What it is for; absent: for practice. `triage`: to be judged whether it may be annotated. */
	use: z.literal('triage').optional(),
	series: z
		.array(
			fileSchema.extend({
				sequence: sequenceSchema,
				acquisition: acquisitionSchema.optional(),
				/** Quality of its images (§2.1), where it is known. */
				grade: z.literal(QUALITY_GRADES).optional(),
			}),
		)
		.min(1),
	reference: z
		.discriminatedUnion('kind', [
			perRegionSchema.extend({ provenance: provenanceSchema.optional() }),
			/** One multi-class mask. */
			z.object({
				kind: z.literal('multiClass'),
				labels: labelSchemeSchema,
				mask: fileSchema,
				provenance: provenanceSchema.optional(),
			}),
		])
		.optional(),
	layers: layersSchema.optional(),
	/** The patient's number in the names of masks (§3.2); absent where any will do. */
	patient: z
		.string()
		.regex(/^[A-Za-z0-9-]{1,32}$/)
		.optional(),
});
export type CaseManifest = z.infer<typeof caseManifestSchema>;

/** A file that a case is made of. */
export type CaseFile = z.infer<typeof fileSchema>;

/** The files that scoring reads beside the series: the reference's masks, then the layers. Empty where there are none. */
export function referenceFiles({
	reference,
	layers = [],
}: Pick<CaseManifest, 'reference' | 'layers'>): readonly CaseFile[] {
	const masks = !reference ? [] : reference.kind === 'multiClass' ? [reference.mask] : reference.masks;
	return [...masks, ...layers];
}

/** Every file that a case is made of, its manifest apart: series, masks of the reference, layers, thumbnail. At least one. */
export function manifestFiles(manifest: CaseManifest): readonly CaseFile[] {
	return [...manifest.series, ...referenceFiles(manifest), ...(manifest.thumbnail ? [manifest.thumbnail] : [])];
}

/** What the catalogue lists of a case. */
export const listedSchema = caseManifestSchema.pick({
	id: true,
	title: true,
	subtitle: true,
	family: true,
	difficulty: true,
	synthetic: true,
	teaches: true,
	figure: true,
	traps: true,
	measures: true,
	thumbnail: true,
	use: true,
});

/** `/cases/index.json`: what the start page and the case list offer. */
export const catalogueSchema = z.object({
	schemaVersion: z.literal(1),
	cases: z.array(
		listedSchema.extend({
			/** Sum of the files in bytes. */
			bytes: z.number().int().nonnegative(),
		}),
	),
	/** Cases that are not there yet, in the order in which they are made. */
	making: z.array(
		listedSchema.extend({
			/** Volumes that are written, and how many there will be. */
			done: z.number().int().nonnegative(),
			total: z.number().int().positive(),
		}),
	),
});
export type Catalogue = z.infer<typeof catalogueSchema>;
