import { z } from 'zod';
import { LOGGED_TOOLS } from '../scoring/findings/finding.ts';
import { regionSchema } from './protocol.ts';

/** A log of tools as `concord findings --log` takes it: what was done to which region, in order. */
export const toolLogSchema = z.object({
	schemaVersion: z.literal(1),
	actions: z.array(z.object({ region: regionSchema, tool: z.enum(LOGGED_TOOLS) })).max(1_000_000),
});
