import { z } from 'zod';
import { sequenceSchema } from './protocol.ts';

/** Sets of keys: our own, and those that people know from other tools. */
export const KEY_PROFILES = ['own', 'slicer', 'itksnap', 'ohif'] as const;
export type KeyProfile = (typeof KEY_PROFILES)[number];

/** Panels on the screen: the front one alone, four alike, or all with the front one large. */
const LAYOUTS = ['one', 'four', 'all'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** How somebody likes the reading room: kept in the browser, nothing personal in it. */
export const preferencesSchema = z.object({
	schemaVersion: z.literal(1),
	/** Display window a sequence, as percentiles (0–100) of the volume's intensities, so that it fits the next case. */
	windows: z.partialRecord(
		sequenceSchema,
		z
			.object({ low: z.number().min(0).max(100), high: z.number().min(0).max(100) })
			.refine(({ low, high }) => low < high),
	),
	brushDiameterMm: z.number().positive().max(100),
	/** Of the outlines over the image, 0 (unseen) to 1 (opaque). */
	overlayOpacity: z.number().min(0).max(1),
	keyProfile: z.enum(KEY_PROFILES).default('own'),
	layout: z.enum(LAYOUTS).default('all'),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** What a new browser starts with. */
export const DEFAULT_PREFERENCES: Preferences = {
	schemaVersion: 1,
	windows: {},
	brushDiameterMm: 6,
	overlayOpacity: 1,
	keyProfile: 'own',
	layout: 'all',
};
