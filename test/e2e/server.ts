import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { test as base } from '@playwright/test';
import { type RunningSite, startSite } from '../../src/server/startSite.ts';

/** The site as one test sees it: served on a port of its own, and gone when the test says so. */
export interface TestSite {
	/** Address with the port, without a slash at the end. */
	readonly url: string;
	/** Afterwards the port refuses connections. */
	stop(): Promise<void>;
	/** Serves again on the same port. */
	start(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../..');
/** What is served: the built site and the cases; another build or other cases where the environment names them. */
export const folders = {
	dist: resolve(process.env.CONCORD_DIST || resolve(root, 'dist')),
	data: resolve(process.env.CONCORD_DATA || resolve(root, '.data')),
};

/** Playwright's `test` with the built site being served; addresses in tests are relative to it. */
export const test = base.extend<{ site: TestSite }>({
	// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from this pattern
	site: async ({}, use) => {
		if (!existsSync(resolve(folders.dist, 'index.html')))
			throw new Error(`got no site in ${folders.dist}, expected a built one`);
		let running: RunningSite | undefined = await startSite(folders, { port: 0 });
		const { url, port } = running;
		const stop = async () => {
			await running?.stop();
			running = undefined;
		};
		const start = async () => {
			running ??= await startSite(folders, { port });
		};
		await use({ url, stop, start });
		await stop();
	},
	baseURL: async ({ site }, use) => use(site.url),
});
