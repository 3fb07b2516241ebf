import { z } from 'zod';
import { PLANES } from '../grid/sliceStack.ts';
import { FAMILIES, type Sequence } from '../protocol/protocol.ts';
import { artefactGrade, artefactsSchema } from './artefacts.ts';
import type { QualityGrade } from './preRead.ts';
import { sequenceSchema } from './protocol.ts';

/** A number with its unit; whatever else is there is told what is expected. */
const quantity = (from: number, to: number, unit: string) => {
	const error = ({ input }: { readonly input?: unknown }) =>
		`got ${JSON.stringify(input) ?? 'nothing'}, expected ${from} to ${to}${unit === '' ? '' : ` ${unit}`}`;
	return z.number({ error }).min(from, { error }).max(to, { error });
};
const axisMm = quantity(-110, 80, 'mm');

/** Where one sequence's voxels lie: a stack of slices, tilted about the left–right axis. */
export const stackSchema = z.strictObject({
	/** Plane of the slices; left out, axial. */
	plane: z.enum(PLANES).optional(),
	/** Voxels along right–left and front–back; of sagittal slices front–back and feet–head, of coronal right–left and feet–head. */
	matrix: z.tuple([quantity(32, 512, 'voxels').int(), quantity(32, 512, 'voxels').int()]),
	/** Number of slices. */
	slices: quantity(1, 256, 'slices').int(),
	/** Edge of a voxel in the slice, mm. */
	pixelMm: quantity(0.4, 4, 'mm'),
	/** Thickness of a slice, mm. */
	sliceMm: quantity(0.5, 8, 'mm'),
	/** Between one slice and the next, mm; 0 for 3-D. */
	gapMm: quantity(0, 4, 'mm'),
	/** Rotation about the left–right axis, degrees; positive lifts the front edge. */
	tiltDeg: quantity(-30, 30, 'degrees'),
	/** Middle of the stack, RAS mm. */
	centreMm: z.tuple([axisMm, axisMm, axisMm]),
	/** Directions in which the axes of an axial stack run; of another plane those of the same body axes. */
	stored: z.enum(['RAS', 'LPS', 'LAS']),
	/** Signal of white matter over the noise's standard deviation. */
	snr: quantity(5, 200, 'times the noise'),
	/** Strength of the coil's smooth shading, as a share of the signal. */
	shading: quantity(0, 0.3, 'of the signal'),
	/** Slices that got lost, from 0: they are there but empty. */
	lost: z
		.array(quantity(1, 254, '').int())
		.max(8)
		.optional(),
	/** Slice by slice or as one volume, as the files say; left out, slices over 2 mm or with gaps are 2-D. */
	dimension: z.enum(['2D', '3D']).optional(),
	/** Whether the files say that the images were worked out from others, not acquired. */
	derived: z.boolean().optional(),
});
export type Stack = z.infer<typeof stackSchema>;

/** The lesions, and what they do to the brain around. */
export const tumourSchema = z.strictObject({
	/** Middle of the tumour, RAS mm from the anterior commissure (x below 0 is the patient's left). */
	centreMm: z.tuple([axisMm, axisMm, axisMm]),
	/** Mean radius of the body, mm. */
	radiusMm: quantity(3, 35, 'mm'),
	/** How far the outline departs from a ball, mm (standard deviation). */
	lumpsMm: quantity(0, 8, 'mm'),
	/** Mean thickness of the solid rim around a dead middle, mm; above the radius the body is solid throughout. */
	rimMm: quantity(1, 40, 'mm'),
	/** Share of the solid body that enhances, in patches; left out, all of it. None (0) of gliomas only. */
	enhancing: quantity(0, 1, 'of the solid body').optional(),
	/** Share of the body that is fluid within smooth walls; left out, none. */
	cysts: quantity(0, 0.6, 'of the body').optional(),
	/** Share of the body that is calcified, in clumps; left out, none. */
	calcification: quantity(0, 0.3, 'of the body').optional(),
	/** Share of the body that is vessels in which blood flows too fast to give signal; left out, none. */
	flowVoids: quantity(0, 0.15, 'of the body').optional(),
	/** How far tissue at the body's edge is pushed away, mm. */
	pushMm: quantity(0, 15, 'mm'),
	/** How far oedema spreads in white matter, mm. */
	oedemaMm: quantity(0, 60, 'mm'),
	/** How far cells have visibly infiltrated the brain around the body, mm. */
	cuffMm: quantity(0, 12, 'mm'),
	/** How much of the body is clotted blood, 0 none to 1 nearly all. */
	bleeding: quantity(0, 1, ''),
	/** Further lesions, of metastases or a lymphoma, each pushing in proportion to its size. */
	more: z
		.array(z.strictObject({ centreMm: z.tuple([axisMm, axisMm, axisMm]), radiusMm: quantity(1.5, 20, 'mm') }))
		.max(11)
		.optional(),
});

/** What is no tumour but is easily taken for it (§6-②); it keeps away from the tumour and its oedema. */
export const confoundersSchema = z.strictObject({
	/** Extent of leukoaraiosis: 1 caps and a thin lining of the ventricles, 2 a halo and patches, 3 confluent. */
	leukoaraiosis: quantity(0, 3, 'on the scale of Fazekas'),
	/** Old lacunes in the nuclei and deep white matter. */
	lacunes: quantity(0, 6, 'lacunes').int(),
	/** Old infarcts of cortex and the white matter under it. */
	infarcts: quantity(0, 2, 'infarcts').int(),
	/** Old haemorrhages: bright on T1 before contrast medium, with a dark rim of haemosiderin. */
	haemorrhages: quantity(0, 4, 'haemorrhages').int().optional(),
	/** Developmental venous anomalies, which enhance strongly. */
	veins: quantity(0, 3, 'venous anomalies').int().optional(),
	/** Thickness of dura that enhances smoothly all round, with no tumour in it; left out, that of the anatomy. */
	duraMm: quantity(0, 2.5, 'mm').optional(),
});

/** What a generated case is made from. The same recipe gives the same voxels in every engine. */
export const caseRecipeSchema = z.strictObject({
	schemaVersion: z.literal(1),
	family: z.enum(FAMILIES),
	/** The figure of the consensus that the case stands for. */
	figure: quantity(1, 6, '').int().optional(),
	/** Chooses every random feature: folds, the outline of the tumour, noise. */
	seed: quantity(0, 0xffffffff, '').int(),
	head: z.strictObject({
		/** Width of the ventricles, 1 being the average adult's. */
		ventricles: quantity(0.5, 2.5, 'times the average'),
		/** Width of the sulci, 1 being the average adult's. */
		sulci: quantity(0.3, 2.5, 'times the average'),
	}),
	tumour: tumourSchema,
	confounders: confoundersSchema.optional(),
	/** What spoils the images, by sequence; the ADC map has what its DWI has. Diffusion is measured too fast for ghosts. */
	artefacts: z
		.strictObject({
			FLAIR: artefactsSchema.optional(),
			T2: artefactsSchema.optional(),
			T1: artefactsSchema.optional(),
			T1C: artefactsSchema.optional(),
			DWI: artefactsSchema.omit({ motion: true }).optional(),
		})
		.optional(),
	/** What the case is for where it is not for drawing: to be judged whether it may be annotated (§2.1, §2.2). It has no reference. */
	use: z.literal('triage').optional(),
	/** Sequences that a set for triage lacks. */
	without: z.array(sequenceSchema).optional(),
	/** One stack for each sequence; DWI and ADC come from one acquisition and share theirs. */
	sequences: z.strictObject({
		FLAIR: stackSchema,
		T2: stackSchema,
		T1: stackSchema,
		T1C: stackSchema,
		/** Strength of the diffusion weighting, s/mm². */
		DWI: stackSchema.extend({ bValue: quantity(500, 3000, 's/mm²') }),
	}),
});
export type CaseRecipe = z.infer<typeof caseRecipeSchema>;

/** The stack a sequence is measured on. */
export function stackOf(recipe: CaseRecipe, sequence: Sequence): Stack {
	return recipe.sequences[sequence === 'ADC' ? 'DWI' : sequence];
}

/** The grade that the images of a sequence are known to have (§2.1). */
export function gradeOf({ artefacts = {} }: CaseRecipe, sequence: Sequence): QualityGrade {
	return artefactGrade(artefacts[sequence === 'ADC' ? 'DWI' : sequence] ?? {});
}

/** Front matter of a case's text, one file a language. */
export const caseTextSchema = z.strictObject({
	title: z.string().min(1).max(60),
	/** Site and side, one line. */
	subtitle: z.string().min(1).max(120),
	/** What the case teaches, one sentence. */
	teaches: z.string().min(1).max(200),
});
export type CaseText = z.infer<typeof caseTextSchema>;
