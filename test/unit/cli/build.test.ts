import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildIsCurrent, hashInputs } from '../../../src/cli/launcher/build.mjs';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'concord-build-'));
	for (const folder of ['src/pages', 'src/cli', 'dist', 'node_modules/.cache/concord'])
		mkdirSync(join(root, folder), { recursive: true });
	writeFileSync(join(root, 'src/pages/index.astro'), 'page');
	writeFileSync(join(root, 'dist/index.html'), 'built');
	writeFileSync(join(root, 'node_modules/.cache/concord/build-inputs.sha256'), hashInputs(root));
});
afterEach(() => rmSync(root, { recursive: true }));

test('a build is current as long as nothing it is made from has changed', () => {
	expect(buildIsCurrent(root)).toBe(true);
});

test.each([
	['a changed file', () => writeFileSync(join(root, 'src/pages/index.astro'), 'pages')],
	['a new file', () => writeFileSync(join(root, 'src/pages/new.astro'), '')],
	['a renamed file', () => renameSync(join(root, 'src/pages/index.astro'), join(root, 'src/pages/start.astro'))],
	['a new version of a package', () => writeFileSync(join(root, 'package-lock.json'), '{}')],
	['other settings', () => writeFileSync(join(root, 'astro.config.mjs'), '')],
	['a missing build', () => rmSync(join(root, 'dist/index.html'))],
])('%s asks for another build', (_, change) => {
	change();
	expect(buildIsCurrent(root)).toBe(false);
});

test('the launcher itself and what is built are no inputs', () => {
	writeFileSync(join(root, 'src/cli/start.mjs'), 'changed');
	writeFileSync(join(root, 'dist/index.html'), 'changed');
	expect(buildIsCurrent(root)).toBe(true);
});
