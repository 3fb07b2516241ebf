/** Reads what it is sent in a thread of its own, so that one that never comes back can be ended. */
import { parentPort } from 'node:worker_threads';
import { READERS, type ValidFile } from '../unit/formats/validFiles.ts';

parentPort?.on('message', ({ name, bytes, companions = new Map(), reader = 'volume' }: ValidFile) => {
	try {
		parentPort?.postMessage({ outcome: READERS[reader](bytes, name, companions) });
	} catch (error) {
		parentPort?.postMessage({ thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) });
	}
});
