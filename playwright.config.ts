import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, SYSTEM_CHROMIUMS } from './src/cli/launcher/chromium.mjs';

// The launcher has found one that starts; without it, the system's, else Playwright's own.
const executablePath = process.env.CONCORD_CHROMIUM || SYSTEM_CHROMIUMS.find((path) => existsSync(path));
const jsonReport = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;

export default defineConfig({
	outputDir: 'test-results/playwright',
	// WebGL in software keeps two cores three quarters busy with one browser; a second one takes a fifth off the whole.
	workers: 2,
	fullyParallel: false,
	forbidOnly: true,
	retries: 0,
	timeout: 120_000,
	expect: { timeout: 20_000 },
	reporter: jsonReport ? [['list'], ['json', { outputFile: jsonReport }]] : [['list']],
	use: {
		viewport: { width: 1440, height: 900 },
		actionTimeout: 20_000,
		navigationTimeout: 60_000,
		trace: 'retain-on-failure',
		screenshot: 'only-on-failure',
		launchOptions: { args: [...CHROMIUM_FLAGS], ...(executablePath ? { executablePath } : {}) },
	},
	projects: [
		{ name: 'e2e', testDir: 'test/e2e', testMatch: '**/*.spec.ts', grepInvert: /@slow/ },
		{ name: 'slow', testDir: 'test/slow', testMatch: '**/*.spec.ts', timeout: 600_000 },
		{ name: 'slow-e2e', testDir: 'test/e2e', testMatch: '**/*.spec.ts', grep: /@slow/ },
	],
});
