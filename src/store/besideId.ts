import { crc32 } from '../formats/crc32.ts';

/** Ends an id that was given to what could not keep its own. */
const BESIDE = /--[0-9a-f]{8}$/;

/** The id that a kept-beside one was made from; the id itself for any other. */
export const originalId = (id: string) => id.replace(BESIDE, '');

/**
 * An id for what is kept beside something else of the same id. It follows from the content alone, so that a restore
 * that is done again finds what it made before. At most `maxLength` characters.
 */
export function besideId(id: string, content: string, taken: ReadonlySet<string>, maxLength = 64): string {
	const bytes = new TextEncoder().encode(content);
	const stem = originalId(id).slice(0, maxLength - 10);
	for (let seed = 0; ; seed++) {
		const next = `${stem}--${crc32(bytes, seed).toString(16).padStart(8, '0')}`;
		if (!taken.has(next)) return next;
	}
}

/** JSON with the keys in order: equal for equal content, whatever wrote it. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const fields = Object.entries(value).filter(([, field]) => field !== undefined);
	return `{${fields
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`)
		.join()}}`;
}
