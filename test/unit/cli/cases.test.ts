import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startCases } from '../../../src/cli/launcher/cases.mjs';

let root: string;
beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'concord-'));
	mkdirSync(join(root, 'src/cli'), { recursive: true });
	vi.spyOn(console, 'log').mockImplementation(() => undefined);
});
afterEach(() => {
	vi.restoreAllMocks();
	rmSync(root, { recursive: true });
});

/** A preparer that does this instead of making cases. */
const preparer = (script: string) => writeFileSync(join(root, 'src/cli/prepareCases.ts'), script);

describe('startCases', () => {
	it('lets the start go on with the first case, and tells afterwards only how many are ready', async () => {
		// The second case waits for a file that is written once the first is known to be ready.
		preparer(`
			const fs = require('node:fs');
			console.log('a: 1 of 1, T1.nii.gz');
			console.log('1 of 2 cases ready, 14 of 28 files');
			const timer = setInterval(() => {
				if (!fs.existsSync('go')) return;
				clearInterval(timer);
				console.log('b: 1 of 1, T1.nii.gz');
				console.log('2 of 2 cases ready, 28 of 28 files');
			}, 10);`);
		const { first, all } = startCases(root, process.execPath, 'data');
		expect(await first).toBe('1 of 2, the others follow');
		writeFileSync(join(root, 'go'), '');
		expect(await all).toBe('made');
		expect(vi.mocked(console.log).mock.calls.map(([line]) => line.trim())).toEqual([
			'a: 1 of 1, T1.nii.gz',
			'1 of 2 cases ready, 14 of 28 files',
			'2 of 2 cases ready, 28 of 28 files',
		]);
	});

	it('says so where all are there, and fails where the first cannot be made', async () => {
		preparer('');
		expect(await startCases(root, process.execPath, 'data').first).toBe('up to date');
		preparer(`console.error('content/cases/a/case.yaml: seed: got "x"'); process.exitCode = 1;`);
		const { first, all } = startCases(root, process.execPath, 'data');
		await expect(first).rejects.toThrow('seed: got "x"');
		await expect(all).rejects.toThrow('could not be prepared');
	});
});
