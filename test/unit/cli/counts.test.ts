import { expect, test } from 'vitest';
import { describeCounts, playwrightCounts, sumCounts, vitestCounts } from '../../../src/cli/launcher/counts.mjs';

test('a test file that could not be loaded counts as a failure', () => {
	const report = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 };
	const testResults = [
		{ status: 'failed', assertionResults: [{}] },
		{ status: 'failed', assertionResults: [] },
		{ status: 'passed', assertionResults: [{}] },
	];
	expect(vitestCounts({ ...report, testResults })).toEqual({ passed: 7, failed: 2, skipped: 2 });
});

test('an error outside of Playwright’s tests counts as a failure', () => {
	const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 2 };
	expect(playwrightCounts({ stats, errors: [{}] })).toEqual({ passed: 4, failed: 1, skipped: 2 });
});

test('the last line sums up and names skipped tests only where there are some', () => {
	const some = { passed: 3, failed: 0, skipped: 0 };
	expect(describeCounts(sumCounts([some, some]))).toBe('6 passed, 0 failed');
	expect(describeCounts(sumCounts([some, { passed: 0, failed: 1, skipped: 2 }]))).toBe('3 passed, 1 failed, 2 skipped');
});
