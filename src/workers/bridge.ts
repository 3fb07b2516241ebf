import type { copyDicom, inspectDicom, sortDicom } from './dicom.ts';
import type { exportMasks } from './exportMasks.ts';
import type { cleanCopy, inspectFile } from './inspect.ts';
import type { checkLive } from './live.ts';
import type { inspectMasks, takeMasks } from './masks.ts';
import type { plantError } from './plant.ts';
import type { readLayers, readReferences } from './readReference.ts';
import type { buildReference, drawnReference, hashMasks } from './reference.ts';
import type { keepReference, loadSeries, score } from './tasks.ts';

/** How a task is followed: it rejects once `signal` aborts, and some tell the share of their work that is done, 0..1. */
export interface Call {
	readonly signal: AbortSignal;
	readonly onProgress?: (done: number) => void;
}

type WithoutCall<Args extends readonly unknown[]> = Args extends readonly [...infer Rest, AbortSignal | Call]
	? Rest
	: Args;

/** What the worker can be asked for. */
interface Tasks {
	loadSeries: typeof loadSeries;
	readReferences: typeof readReferences;
	keepReference: typeof keepReference;
	score: typeof score;
	inspectFile: typeof inspectFile;
	cleanCopy: typeof cleanCopy;
	sortDicom: typeof sortDicom;
	inspectDicom: typeof inspectDicom;
	copyDicom: typeof copyDicom;
	inspectMasks: typeof inspectMasks;
	takeMasks: typeof takeMasks;
	exportMasks: typeof exportMasks;
	checkLive: typeof checkLive;
	hashMasks: typeof hashMasks;
	buildReference: typeof buildReference;
	drawnReference: typeof drawnReference;
	plantError: typeof plantError;
	readLayers: typeof readLayers;
}

type TaskName = keyof Tasks;
type TaskArgs<Name extends TaskName> = WithoutCall<Parameters<Tasks[Name]>>;

export type Request = { [Name in TaskName]: { id: number; task: Name; args: TaskArgs<Name> } }[TaskName];
export type Reply =
	| { id: number; progress: number }
	| { id: number; value: unknown }
	| { id: number; error: { name: string; message: string } };

/** Runs a task of the worker. Rejects with an AbortError once the call's signal aborts, and as the task does. */
export type CaseBridge = {
	[Name in TaskName]: (call: Call, ...args: TaskArgs<Name>) => Promise<Awaited<ReturnType<Tasks[Name]>>>;
} & {
	/** Ends the worker; tasks under way reject. */
	close(): void;
};

/** How long a worker without work is kept, ms. */
const IDLE_MS = 60_000;

/**
 * One worker, one task at a time, in the order asked for, so that memory stays that of one series.
 * Aborting a task that runs ends the worker; the next task starts a new one.
 */
export function openCaseBridge(
	start = () => new Worker(new URL('./case.worker.ts', import.meta.url), { type: 'module' }),
): CaseBridge {
	let worker: Worker | undefined;
	let tail: Promise<unknown> = Promise.resolve();
	let nextId = 0;
	let idle: ReturnType<typeof setTimeout> | undefined;
	const closing = new AbortController();

	function end(): void {
		worker?.terminate();
		worker = undefined;
	}

	function run({ signal, onProgress }: Call, task: TaskName, args: readonly unknown[]): Promise<unknown> {
		const stop = joined(signal, closing.signal);
		const result = tail.then(
			() =>
				new Promise((resolve, reject) => {
					stop.signal.throwIfAborted();
					clearTimeout(idle);
					worker ??= start();
					const current = worker;
					const id = nextId++;
					const settle = (finish: () => void) => {
						current.removeEventListener('message', onMessage);
						current.removeEventListener('error', onError);
						stop.signal.removeEventListener('abort', onAbort);
						if (worker) idle = setTimeout(end, IDLE_MS);
						finish();
					};
					const onMessage = ({ data }: MessageEvent<Reply>) => {
						if (data.id !== id) return;
						if ('progress' in data) return onProgress?.(data.progress);
						if ('error' in data)
							settle(() => reject(Object.assign(new Error(data.error.message), { name: data.error.name })));
						else settle(() => resolve(data.value));
					};
					const onError = (event: ErrorEvent) => {
						end();
						settle(() => reject(new Error(event.message || 'the worker could not be started')));
					};
					const onAbort = () => {
						end();
						settle(() => reject(stop.signal.reason));
					};
					current.addEventListener('message', onMessage);
					current.addEventListener('error', onError);
					stop.signal.addEventListener('abort', onAbort);
					current.postMessage({ id, task, args });
				}),
		);
		tail = result.catch(() => undefined);
		// One that waits its turn is told of an abort now; its turn comes and goes without it.
		const aborted = new Promise<never>((_, reject) => {
			const tell = () => reject(stop.signal.reason);
			if (stop.signal.aborted) tell();
			else stop.signal.addEventListener('abort', tell);
		});
		return Promise.race([result, aborted]).finally(stop.release);
	}

	const task =
		<Name extends TaskName>(name: Name) =>
		(call: Call, ...args: TaskArgs<Name>) =>
			run(call, name, args) as Promise<Awaited<ReturnType<Tasks[Name]>>>;
	return {
		loadSeries: task('loadSeries'),
		readReferences: task('readReferences'),
		keepReference: task('keepReference'),
		score: task('score'),
		inspectFile: task('inspectFile'),
		cleanCopy: task('cleanCopy'),
		sortDicom: task('sortDicom'),
		inspectDicom: task('inspectDicom'),
		copyDicom: task('copyDicom'),
		inspectMasks: task('inspectMasks'),
		takeMasks: task('takeMasks'),
		exportMasks: task('exportMasks'),
		checkLive: task('checkLive'),
		hashMasks: task('hashMasks'),
		buildReference: task('buildReference'),
		drawnReference: task('drawnReference'),
		plantError: task('plantError'),
		readLayers: task('readLayers'),
		close() {
			closing.abort(new DOMException('the case was closed', 'AbortError'));
			clearTimeout(idle);
			end();
		},
	};
}

/** Aborts when one of the signals does, until it is released; `AbortSignal.any` is missing before Chromium 116. */
function joined(...signals: readonly AbortSignal[]): { signal: AbortSignal; release(): void } {
	const controller = new AbortController();
	const follow = ({ target }: { target: unknown }) => controller.abort((target as AbortSignal).reason);
	for (const signal of signals) {
		if (signal.aborted) follow({ target: signal });
		else signal.addEventListener('abort', follow, { once: true });
	}
	return {
		signal: controller.signal,
		release() {
			for (const signal of signals) signal.removeEventListener('abort', follow);
		},
	};
}
