import type { ZodType } from 'zod';

/** A schema of this room, for code that takes any of them: zod itself stays in here. */
export type Schema<Value> = ZodType<Value>;
