import { z } from 'zod';
import { DIFFICULTIES, type Family, type Sequence } from '../protocol/protocol.ts';

/** Families whose tumours can be made so far. */
export const MADE_FAMILIES = ['glioma', 'metastasis', 'meningioma'] as const satisfies readonly Family[];

const axisMm = z.number().min(-80).max(80);

/** Where one sequence's voxels lie: a stack of axial slices, tilted about the left–right axis. */
const stackSchema = z.strictObject({
	/** Voxels along right–left and front–back. */
	matrix: z.tuple([z.number().int().min(32).max(512), z.number().int().min(32).max(512)]),
	/** Number of slices. */
	slices: z.number().int().min(1).max(256),
	/** Edge of a voxel in the slice, mm. */
	pixelMm: z.number().min(0.4).max(4),
	/** Thickness of a slice, mm. */
	sliceMm: z.number().min(0.5).max(8),
	/** Between one slice and the next, mm; 0 for 3-D. */
	gapMm: z.number().min(0).max(4),
	/** Rotation about the left–right axis, degrees; positive lifts the front edge. */
	tiltDeg: z.number().min(-30).max(30),
	/** Middle of the stack, RAS mm. */
	centreMm: z.tuple([axisMm, axisMm, axisMm]),
	/** Directions in which i, j and k run. */
	stored: z.enum(['RAS', 'LPS', 'LAS']),
	/** Signal of white matter over the noise's standard deviation. */
	snr: z.number().min(5).max(200),
	/** Strength of the coil's smooth shading, as a share of the signal. */
	shading: z.number().min(0).max(0.3),
});
export type Stack = z.infer<typeof stackSchema>;

/** What a generated case is made from. The same recipe gives the same voxels in every engine. */
export const caseRecipeSchema = z.strictObject({
	schemaVersion: z.literal(1),
	family: z.enum(MADE_FAMILIES),
	difficulty: z.enum(DIFFICULTIES),
	/** Chooses every random feature: folds, the outline of the tumour, noise. */
	seed: z.number().int().min(0).max(0xffffffff),
	head: z.strictObject({
		/** Width of the ventricles, 1 being the average adult's. */
		ventricles: z.number().min(0.5).max(2.5),
		/** Width of the sulci, 1 being the average adult's. */
		sulci: z.number().min(0.3).max(2.5),
	}),
	tumour: z.strictObject({
		/** Middle of the tumour, RAS mm from the anterior commissure (x below 0 is the patient's left). */
		centreMm: z.tuple([axisMm, axisMm, axisMm]),
		/** Mean radius of the body, mm. */
		radiusMm: z.number().min(3).max(35),
		/** How far the outline departs from a ball, mm (standard deviation). */
		lumpsMm: z.number().min(0).max(8),
		/** Mean thickness of the enhancing rim, mm; above the radius the body enhances throughout. */
		rimMm: z.number().min(1).max(40),
		/** How far tissue at the body's edge is pushed away, mm. */
		pushMm: z.number().min(0).max(15),
		/** How far oedema spreads in white matter, mm. */
		oedemaMm: z.number().min(0).max(60),
		/** How far cells have visibly infiltrated the brain around the body, mm. */
		cuffMm: z.number().min(0).max(12),
		/** How much of the body is clotted blood, 0 none to 1 nearly all. */
		bleeding: z.number().min(0).max(1),
		/** Further lesions, of metastases, each pushing in proportion to its size. */
		more: z
			.array(z.strictObject({ centreMm: z.tuple([axisMm, axisMm, axisMm]), radiusMm: z.number().min(1.5).max(20) }))
			.max(11)
			.optional(),
	}),
	/** One stack for each sequence; DWI and ADC come from one acquisition and share theirs. */
	sequences: z.strictObject({
		FLAIR: stackSchema,
		T2: stackSchema,
		T1: stackSchema,
		T1C: stackSchema,
		/** Strength of the diffusion weighting, s/mm². */
		DWI: stackSchema.extend({ bValue: z.number().min(500).max(3000) }),
	}),
});
export type CaseRecipe = z.infer<typeof caseRecipeSchema>;

/** The stack a sequence is measured on. */
export function stackOf(recipe: CaseRecipe, sequence: Sequence): Stack {
	return recipe.sequences[sequence === 'ADC' ? 'DWI' : sequence];
}

/** Front matter of a case's text, one file a language. */
export const caseTextSchema = z.strictObject({
	title: z.string().min(1).max(60),
	/** Site and side, one line. */
	subtitle: z.string().min(1).max(120),
});
export type CaseText = z.infer<typeof caseTextSchema>;
