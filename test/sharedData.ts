import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * A folder of the shared test data, or undefined (with a printed reason) where there are none.
 * Throws where CONCORD_SHARED is set but leads nowhere: then somebody means them to be there.
 */
export function sharedFolder(path: string): string | undefined {
	const set = process.env.CONCORD_SHARED;
	const folder = resolve(set ?? '../shared', path);
	if (existsSync(folder)) return folder;
	if (set !== undefined) throw new Error(`got CONCORD_SHARED="${set}" without ${path}, expected the shared test data`);
	console.log(`skipped: no ${path} in ../shared, and CONCORD_SHARED is not set`);
	return undefined;
}
