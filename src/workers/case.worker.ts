import type { Reply, Request } from './bridge.ts';
import { copyDicom, inspectDicom, sortDicom } from './dicom.ts';
import { exportMasks } from './exportMasks.ts';
import { cleanCopy, inspectFile } from './inspect.ts';
import { checkLive } from './live.ts';
import { inspectMasks, takeMasks } from './masks.ts';
import { plantError } from './plant.ts';
import { readLayers, readReferences } from './readReference.ts';
import { buildReference, drawnReference, hashMasks } from './reference.ts';
import { keepReference, loadSeries, score } from './tasks.ts';

/** Nothing is aborted from inside: the bridge ends the worker instead. */
const never = new AbortController().signal;

function send(reply: Reply, transfer: Transferable[] = []): void {
	(self as unknown as DedicatedWorkerGlobalScope).postMessage(reply, transfer);
}

async function run(request: Request): Promise<unknown> {
	const call = { signal: never, onProgress: (progress: number) => send({ id: request.id, progress }) };
	switch (request.task) {
		case 'loadSeries':
			return loadSeries(...request.args, never);
		case 'readReferences':
			return readReferences(...request.args, never);
		case 'keepReference':
			return keepReference(...request.args, never);
		case 'score':
			return score(...request.args, call);
		case 'inspectFile':
			return inspectFile(...request.args);
		case 'cleanCopy':
			return cleanCopy(...request.args);
		case 'sortDicom':
			return sortDicom(...request.args, call);
		case 'inspectDicom':
			return inspectDicom(...request.args);
		case 'copyDicom':
			return copyDicom(...request.args);
		case 'inspectMasks':
			return inspectMasks(...request.args);
		case 'takeMasks':
			return takeMasks(...request.args);
		case 'exportMasks':
			return exportMasks(...request.args);
		case 'checkLive':
			return checkLive(...request.args);
		case 'hashMasks':
			return hashMasks(...request.args);
		case 'buildReference':
			return buildReference(...request.args);
		case 'drawnReference':
			return drawnReference(...request.args, never);
		case 'plantError':
			return plantError(...request.args, never);
		case 'readLayers':
			return readLayers(...request.args, never);
	}
}

/** Buffers that are handed over instead of copied: of a loaded series, of masks, of files made for the reader. */
function handedOver(value: unknown): Transferable[] {
	const { ok, value: made } = (value ?? {}) as { ok?: boolean; value?: { nifti?: unknown } };
	if (ok && made?.nifti instanceof ArrayBuffer) return [made.nifti];
	const arrays =
		ok && made instanceof Map ? [...made.values()] : Array.isArray(value) ? value.map(({ bytes }) => bytes) : [];
	// Two regions may share one mask, and a buffer goes over once.
	return [...new Set(arrays.flatMap((array) => (array instanceof Uint8Array ? [array.buffer as ArrayBuffer] : [])))];
}

addEventListener('message', async ({ data }: MessageEvent<Request>) => {
	let reply: Reply;
	let transfer: Transferable[] = [];
	try {
		const value = await run(data);
		transfer = handedOver(value);
		reply = { id: data.id, value };
	} catch (error) {
		const { name, message } = error instanceof Error ? error : new Error(String(error));
		reply = { id: data.id, error: { name, message } };
	}
	send(reply, transfer);
});
