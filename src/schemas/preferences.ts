import { z } from 'zod';
import { sequenceSchema } from './protocol.ts';

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
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** What a new browser starts with. */
export const DEFAULT_PREFERENCES: Preferences = {
	schemaVersion: 1,
	windows: {},
	brushDiameterMm: 6,
	overlayOpacity: 1,
};
