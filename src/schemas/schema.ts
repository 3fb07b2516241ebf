import { type ZodType, z } from 'zod';

/** A schema of this room, for code that takes any of them: zod itself stays in here. */
export type Schema<Value> = ZodType<Value>;

/** As far as it says which keys an object has. */
export interface JsonSchema {
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly items?: JsonSchema;
}

export function toJsonSchema(schema: Schema<unknown>): JsonSchema {
	return z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema;
}
