import { z } from 'zod';

/** A text in both languages, none of them empty. */
export const localizedSchema = z.strictObject({ zh: z.string().trim().min(1), en: z.string().trim().min(1) });
export type Localized = z.infer<typeof localizedSchema>;
