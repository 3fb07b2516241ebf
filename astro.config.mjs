import mdx from '@astrojs/mdx';
import react from '@astrojs/react';
import { defineConfig } from 'astro/config';
import { offline } from './src/offline/integration.ts';
import { siteHandler } from './src/server/siteHandler.ts';

/** In development the generated cases come from the data folder, as the server serves them. */
const casesInDevelopment = {
	name: 'concord-cases-in-development',
	configureServer(server) {
		const answer = siteHandler({ dist: 'dist', data: '.data' });
		server.middlewares.use((request, response, next) => {
			if (request.url?.startsWith('/cases/')) answer(request, response).catch(next);
			else next();
		});
	},
};

/** Niivue can open Zarr, which nobody brings here: its decompressors are most of a megabyte that nothing ever loads. */
const withoutZarr = {
	name: 'concord-without-zarr',
	enforce: 'pre',
	resolveId: (id) => (/^numcodecs\//.test(id) ? '\0concord-no-codec' : undefined),
	load: (id) => (id === '\0concord-no-codec' ? 'export default undefined' : undefined),
};

// Chromium 109, Firefox 115 and Safari 16.4: the oldest with everything the reading room needs.
const browsers = ['chrome109', 'firefox115', 'safari16.4'];

export default defineConfig({
	output: 'static',
	trailingSlash: 'always',
	// Beside what it is made from: checkouts that share one node_modules keep their own.
	cacheDir: './.astro/cache',
	build: { format: 'directory' },
	devToolbar: { enabled: false },
	integrations: [mdx(), react(), offline()],
	vite: {
		plugins: [casesInDevelopment, withoutZarr],
		worker: { format: 'es' },
		build: { target: browsers, cssTarget: browsers },
	},
});
