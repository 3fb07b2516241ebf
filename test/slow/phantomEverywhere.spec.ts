import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { build } from 'esbuild';
import { unpackAnatomy } from '../../src/phantom/anatomy.ts';
import { makeCase } from '../../src/phantom/makeCase.ts';
import { SEQUENCES } from '../../src/protocol/protocol.ts';
import type { CaseRecipe } from '../../src/schemas/caseRecipe.ts';
import { test } from '../e2e/server.ts';
import { smallRecipe } from '../smallRecipe.ts';

const packed = gunzipSync(readFileSync('content/anatomy/head.bin.gz'));

function hashesInNode(recipe: CaseRecipe): string[] {
	return [...makeCase(recipe, unpackAnatomy(packed))].map(({ volume: { data } }) =>
		createHash('sha256')
			.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
			.digest('hex'),
	);
}

/** The generator as a worker's script: takes bytes of the anatomy and a recipe, gives the hash of every volume. */
async function workerScript(): Promise<string> {
	const contents = `
		import { unpackAnatomy } from './src/phantom/anatomy.ts';
		import { makeCase } from './src/phantom/makeCase.ts';
		onmessage = async ({ data: { packed, recipe } }) => {
			const hashes = [];
			for (const { volume: { data } } of makeCase(recipe, unpackAnatomy(packed))) {
				const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
				hashes.push([...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
			}
			postMessage(hashes);
		};`;
	const { outputFiles } = await build({
		stdin: { contents, resolveDir: resolve('.'), loader: 'ts' },
		bundle: true,
		write: false,
		format: 'iife',
		minify: true,
	});
	return outputFiles[0]!.text;
}

test('the same recipe gives the same voxels in a worker of Chromium as in Node, in three sizes', async ({ page }) => {
	test.setTimeout(180_000);
	const script = await workerScript();
	await page.route('**/made/worker.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
	await page.route('**/made/head.bin', (route) =>
		route.fulfill({ contentType: 'application/octet-stream', body: packed }),
	);
	await page.goto('/en/');
	for (const recipe of [
		smallRecipe('glioma', 11, 32, 2),
		smallRecipe('meningioma', 12, 64, 2),
		smallRecipe('metastasis', 13, 128, 1.5),
	]) {
		const inBrowser = await page.evaluate(async (asked) => {
			const packedHead = new Uint8Array(await (await fetch('/made/head.bin')).arrayBuffer());
			const worker = new Worker('/made/worker.js');
			try {
				return await new Promise<string[]>((done, fail) => {
					worker.onmessage = ({ data }) => done(data);
					worker.onerror = ({ message }) => fail(new Error(message));
					worker.postMessage({ packed: packedHead, recipe: asked });
				});
			} finally {
				worker.terminate();
			}
		}, recipe);
		const inNode = hashesInNode(recipe);
		expect(inNode.length).toBeGreaterThan(10);
		expect(inBrowser).toEqual(inNode);
		// Of another seed every image differs; a mask may be empty in both.
		const other = hashesInNode({ ...recipe, seed: recipe.seed + 1 }).slice(0, SEQUENCES.length);
		expect(other.filter((hash) => inNode.includes(hash))).toEqual([]);
	}
});
