import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { brokenFile } from '../unit/formats/brokenFile.ts';
import { MAX_BYTES, type Outcome, VALID_FILES, type ValidFile } from '../unit/formats/validFiles.ts';

const RUNS = 10_000;
/** A reader takes milliseconds here; a thousand times as long is a hang, however busy the machine. */
const LONGEST_MS = 10_000;
/** What the process may grow by: the limit of a file is 1 MB, a step of inflating gives 34 MB, garbage waits a while. */
const MOST_GROWTH = 400 * 1024 * 1024;

let worker: Worker | undefined;

afterAll(async () => {
	await worker?.terminate();
});

/** Reads a file in the worker; rejects where it throws, or takes too long: then the worker is ended. */
function read(file: ValidFile): Promise<Outcome> {
	worker ??= new Worker(new URL('./fuzzWorker.ts', import.meta.url));
	const current = worker;
	return new Promise((resolve, reject) => {
		const settle = (finish: () => void) => {
			clearTimeout(timer);
			current.off('message', onMessage);
			current.off('error', onError);
			finish();
		};
		const end = (error: Error) => {
			worker = undefined;
			settle(() => void current.terminate().then(() => reject(error)));
		};
		const timer = setTimeout(() => end(new Error(`got no answer in ${LONGEST_MS} ms`)), LONGEST_MS);
		const onError = (error: Error) => end(error);
		const onMessage = ({ outcome, thrown }: { outcome?: Outcome; thrown?: string }) =>
			settle(() => (outcome ? resolve(outcome) : reject(new Error(`got a throw, expected issues: ${thrown}`))));
		current.on('message', onMessage);
		current.on('error', onError);
		current.postMessage(file);
	});
}

test('ten thousand broken files: no throw, no hang, no more memory than said', async () => {
	await read(VALID_FILES[0]!);
	const before = process.memoryUsage().rss;
	let most = before;
	let accepted = 0;
	let refused = 0;
	await fc.assert(
		fc.asyncProperty(brokenFile(VALID_FILES), async (file) => {
			const outcome = await read(file);
			most = Math.max(most, process.memoryUsage().rss);
			expect(outcome.faults).toEqual([]);
			expect(outcome.bytes).toBeLessThanOrEqual(4 * MAX_BYTES);
			if (outcome.issues.length > 0) refused++;
			else accepted++;
		}),
		// Making a file that hangs smaller would hang at every step.
		{ numRuns: RUNS, seed: 20210818, endOnFailure: true },
	);
	console.log(`${accepted} read, ${refused} refused, ${Math.round((most - before) / 2 ** 20)} MB more at most`);
	expect(Math.min(accepted, refused)).toBeGreaterThan(RUNS / 10);
	expect(most - before).toBeLessThan(MOST_GROWTH);
});
