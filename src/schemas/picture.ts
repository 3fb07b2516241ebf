import { z } from 'zod';
import { REGIONS } from '../protocol/protocol.ts';
import { FINDING_CODES } from '../scoring/findings/finding.ts';
import { localizedSchema } from './localized.ts';
import { regionSchema, sequenceSchema } from './protocol.ts';
import { ruleIdSchema } from './rule.ts';

/** Id of a still picture, the name of its files. */
const pictureIdSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

/** What can be pointed at in a picture: regions of the reference, and what its layers tell. */
const AREAS = [...REGIONS, 'ventricles', 'sulci', 'confounders', 'dura', 'brightBefore', 'vessels'] as const;
export type Area = (typeof AREAS)[number];

/**
 * Which axial slice is shown: its number from 0 at the feet; where most of a region is, or the first or last that it reaches;
 * where the planted error covers most; or slice and frame of another picture, so that two differ in the drawing alone.
 */
const sliceSchema = z.union([
	z.number().int().nonnegative(),
	z.string().regex(new RegExp(`^(error|as:[a-z0-9-]+|(widest|first|last):(${AREAS.join('|')}))$`)),
]);

/** `content/pictures/<id>.yaml`: what a still picture shows of a synthetic case. `npm run pictures` draws it. */
export const pictureSchema = z
	.strictObject({
		case: z.string().min(1),
		sequence: sequenceSchema,
		slice: sliceSchema,
		/** The lesion with some of what is around it, or the whole head. */
		crop: z.enum(['lesion', 'head']),
		/** Regions whose outlines are drawn. */
		outlines: z.array(regionSchema),
		/** Error planted in the drawing, which is then compared with the reference. */
		planted: z.enum(FINDING_CODES).optional(),
		/** Says, of the planted error, where and how large it is. */
		seed: z.number().int().min(1).max(0xffffffff).default(1),
		/** Rules of the catalogue that such a drawing breaks. */
		breaks: z.array(ruleIdSchema).default([]),
		/** The picture of the right drawing that goes with a wrong one. */
		right: pictureIdSchema.optional(),
		/** What a question may ask to be pointed at. */
		areas: z.array(z.enum(AREAS)).default([]),
		/** Words for who cannot see it. */
		alt: localizedSchema,
	})
	.refine(({ planted, slice }) => planted !== undefined || slice !== 'error', 'the slice of an error needs an error')
	.refine(({ breaks, right }) => breaks.length > 0 === (right !== undefined), 'what breaks a rule needs its right one');
export type Picture = z.infer<typeof pictureSchema>;

const drawnRegions = z.array(z.strictObject({ region: regionSchema, path: z.string().min(1) }));

/** `src/assets/pictures/<id>.json`: what is drawn over a picture. Paths are SVG, in its pixels, to be filled even-odd. */
export const pictureDrawingSchema = z.strictObject({
	/** The picture whose `.webp` has the greys: its own, or one that shows the same. */
	image: pictureIdSchema,
	case: z.string().min(1),
	sequence: sequenceSchema,
	/** From 0 at the feet. */
	slice: z.number().int().nonnegative(),
	slices: z.number().int().positive(),
	/** Pixels. */
	width: z.number().int().positive(),
	height: z.number().int().positive(),
	/** Of the regions; where an error is planted, what drawing and reference share. */
	outlines: drawnRegions,
	/** What of the reference was not drawn. */
	missed: drawnRegions,
	/** What was drawn and is not in the reference. */
	extra: drawnRegions,
	areas: z.partialRecord(z.enum(AREAS), z.string().min(1)),
});
export type PictureDrawing = z.infer<typeof pictureDrawingSchema>;
