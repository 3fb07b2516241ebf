import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brokenFile } from './brokenFile.ts';
import { MAX_BYTES, READERS, VALID_FILES } from './validFiles.ts';

test('the files that fuzzing starts from are valid', () => {
	for (const { name, bytes, companions = new Map(), reader = 'volume' } of VALID_FILES)
		expect(READERS[reader](bytes, name, companions)).toMatchObject({ issues: [], faults: [] });
});

test('no change to the bytes of a file makes a reader throw or pass the limit', { timeout: 60_000 }, () => {
	let read = 0;
	let refused = 0;
	fc.assert(
		fc.property(brokenFile(VALID_FILES), ({ name, bytes, companions = new Map(), reader = 'volume' }) => {
			const outcome = READERS[reader](bytes, name, companions);
			expect(outcome.faults).toEqual([]);
			expect(outcome.bytes).toBeLessThanOrEqual(4 * MAX_BYTES);
			if (outcome.issues.length > 0) refused++;
			else read++;
		}),
		{ numRuns: 3000, seed: 20210818 },
	);
	// Both ways were taken, or nothing was shown.
	expect(Math.min(read, refused)).toBeGreaterThan(300);
});
