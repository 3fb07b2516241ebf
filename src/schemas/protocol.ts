import { z } from 'zod';
import { FAMILIES, REGIONS, SEQUENCES } from '../protocol/protocol.ts';
import { TARGETS } from '../protocol/target.ts';

/** The consensus' terms as they are persisted; what they mean is told in `protocol/protocol.ts`. */
export const sequenceSchema = z.enum(SEQUENCES);
export const regionSchema = z.enum(REGIONS);
export const familySchema = z.enum(FAMILIES);
export const targetSchema = z.enum(TARGETS);
