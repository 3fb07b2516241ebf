import { join } from 'node:path';
import { type CaseManifest, caseManifestSchema } from '../../schemas/caseManifest.ts';
import { BadInput } from './command.ts';
import { readBytes } from './readFiles.ts';
import type { Say } from './say.ts';

/** No case is described at such length. */
const MOST_JSON_BYTES = 10_000_000;

/** Reads a JSON file of bounded size. Throws `BadInput`. */
export async function readJson(path: string, say: Say): Promise<unknown> {
	const bytes = await readBytes(path, say, MOST_JSON_BYTES);
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		throw new BadInput([`${path}: ${say('cli.notJson')}`]);
	}
}

/** Reads the manifest of a case's folder. Throws `BadInput` with the fields that are wrong. */
export async function readManifest(folder: string, say: Say): Promise<CaseManifest> {
	const path = join(folder, 'case.json');
	const read = caseManifestSchema.safeParse(await readJson(path, say));
	if (!read.success) throw new BadInput([`${path}: ${say('cli.badCase', { fields: fieldsOf(read.error) })}`]);
	return read.data;
}

/** The fields that a schema refuses, the first few. */
export function fieldsOf({
	issues,
}: {
	readonly issues: readonly { readonly path: readonly PropertyKey[] }[];
}): string {
	const fields = issues.map(({ path }) => path.map(String).join('.') || '.');
	return [...new Set(fields)].slice(0, 5).join(', ');
}
