import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { generateSW } from 'workbox-build';
import { answerNavigation } from './answerNavigation.ts';
import { answerThumbnail } from './answerThumbnail.ts';

/** Largest file of the shell: the viewer's chunk is 0.9 MB. A larger one is a mistake, and the build says so. */
const LARGEST_BYTES = 3_000_000;

/**
 * Writes the service worker after the build. It keeps pages, code and small pictures; the volumes of a
 * case are kept by the worker that reads them. A new version waits until no tab uses the old one, or
 * until the reader asks for it (`update.ts`), so that a drawing is never interrupted.
 */
export function offline(): AstroIntegration {
	return {
		name: 'concord-offline',
		hooks: {
			'astro:build:done': async ({ dir, logger }) => {
				const folder = fileURLToPath(dir);
				const { count, size, warnings } = await generateSW({
					globDirectory: folder,
					globPatterns: ['**/*.{html,js,css,json,wasm,svg,webp,png}'],
					globIgnores: ['sw.js', 'cases/**'],
					swDest: `${folder}sw.js`,
					inlineWorkboxRuntime: true,
					sourcemap: false,
					mode: 'production',
					maximumFileSizeToCacheInBytes: LARGEST_BYTES,
					directoryIndex: 'index.html',
					// No page is made from its query: `?case=`, `?attempt=` and any other are read in the browser.
					ignoreURLParametersMatching: [/.*/],
					dontCacheBustURLsMatching: /^_astro\//,
					skipWaiting: false,
					clientsClaim: true,
					cleanupOutdatedCaches: true,
					runtimeCaching: [
						{ urlPattern: ({ request }) => request.mode === 'navigate', handler: answerNavigation },
						{ urlPattern: /\/cases\/[^/]+\/thumbnail\.png/, handler: answerThumbnail },
					],
				});
				if (warnings.length > 0) throw new Error(`got ${warnings.join('; ')}, expected every file in the precache`);
				logger.info(`${count} files, ${(size / 1e6).toFixed(2)} MB kept for offline use`);
			},
		},
	};
}
