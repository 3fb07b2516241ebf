// @ts-check
// What the browser benchmarks share: the machine in words, and figures from many measurements.

import { existsSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { chromium } from '@playwright/test';
import { CHROMIUM_FLAGS, SYSTEM_CHROMIUMS } from '../../src/cli/launcher/chromium.mjs';

/** @param {readonly number[]} values */
export function summary(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const at = (/** @type {number} */ share) =>
		sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
	return { count: sorted.length, median: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 };
}

/** The same Chromium that the tests use. */
export async function startBrowser() {
	const executablePath = process.env.CONCORD_CHROMIUM || SYSTEM_CHROMIUMS.find((path) => existsSync(path));
	return chromium.launch({ args: [...CHROMIUM_FLAGS], ...(executablePath ? { executablePath } : {}) });
}

/** @param {import('@playwright/test').Browser} browser */
export async function describeMachine(browser) {
	const page = await browser.newPage();
	const renderer = await page.evaluate(() => {
		const gl = document.createElement('canvas').getContext('webgl2');
		const info = gl?.getExtension('WEBGL_debug_renderer_info');
		return gl ? String(gl.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)) : 'no WebGL2';
	});
	await page.close();
	const model = cpus()[0]?.model.trim() || 'unknown processor';
	return [
		`${cpus().length} cores (${model}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, load ${loadavg()[0]?.toFixed(1)} at the start`,
		`Node ${process.version}, Chromium ${browser.version()}, WebGL2 by ${renderer}`,
	];
}
