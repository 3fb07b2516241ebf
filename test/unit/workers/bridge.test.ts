import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaseManifest } from '../../../src/schemas/caseManifest.ts';
import { openCaseBridge, type Request } from '../../../src/workers/bridge.ts';

const source = { kind: 'device', manifest: {} as CaseManifest, files: new Map() } as const;

/** A worker that answers when the test says so. */
class FakeWorker extends EventTarget {
	readonly asked: Request[] = [];
	ended = false;

	postMessage(request: Request): void {
		this.asked.push(request);
	}

	terminate(): void {
		this.ended = true;
	}

	answer(reply: object): void {
		this.dispatchEvent(new MessageEvent('message', { data: reply }));
	}
}

function setup() {
	const workers: FakeWorker[] = [];
	const bridge = openCaseBridge(() => {
		const worker = new FakeWorker();
		workers.push(worker);
		return worker as unknown as Worker;
	});
	const load = (sequence: 'T1' | 'T2', signal = new AbortController().signal) =>
		bridge.loadSeries({ signal }, source, sequence);
	return { workers, bridge, load };
}

/** Lets promises run that wait for nothing else. */
const settled = () => new Promise((done) => setImmediate(done));
const abortError = () => new DOMException('no longer wanted', 'AbortError');

describe('openCaseBridge', () => {
	beforeEach(() => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	it('asks one thing at a time, in the order asked for', async () => {
		const { workers, load } = setup();
		const first = load('T1');
		const second = load('T2');
		await settled();
		const [worker] = workers as [FakeWorker];
		expect(worker.asked.map(({ args }) => args[1])).toEqual(['T1']);
		worker.answer({ id: worker.asked[0]?.id, value: 'one' });
		await expect(first).resolves.toBe('one');
		await settled();
		expect(worker.asked.map(({ args }) => args[1])).toEqual(['T1', 'T2']);
		worker.answer({ id: worker.asked[1]?.id, value: 'two' });
		await expect(second).resolves.toBe('two');
		expect(workers.length).toBe(1);
	});

	it('tells how far a task is, and whose it is', async () => {
		const { workers, bridge } = setup();
		const shares: number[] = [];
		const { signal } = new AbortController();
		const call = { signal, onProgress: (done: number) => shares.push(done) };
		const scored = bridge.score(call, source, ['WT'], new Map(), [], { log: [], files: [] });
		await settled();
		const [worker] = workers as [FakeWorker];
		const id = worker.asked[0]!.id;
		worker.answer({ id, progress: 0.25 });
		worker.answer({ id: id + 1, progress: 0.5 });
		worker.answer({ id, progress: 1 });
		worker.answer({ id, value: 'scored' });
		await expect(scored).resolves.toBe('scored');
		expect(shares).toEqual([0.25, 1]);
	});

	it('rejects as the task did, by name and message, and goes on', async () => {
		const { workers, load } = setup();
		const first = load('T1');
		const second = load('T2');
		await settled();
		const [worker] = workers as [FakeWorker];
		worker.answer({ id: worker.asked[0]?.id, error: { name: 'TypeError', message: 'no network' } });
		await expect(first).rejects.toMatchObject({ name: 'TypeError', message: 'no network' });
		await settled();
		worker.answer({ id: worker.asked[1]?.id, value: 'two' });
		await expect(second).resolves.toBe('two');
	});

	it('ends the worker of a task that is aborted, and starts another for the next', async () => {
		const { workers, load } = setup();
		const control = new AbortController();
		const first = load('T1', control.signal);
		const second = load('T2');
		await settled();
		control.abort(abortError());
		await expect(first).rejects.toMatchObject({ name: 'AbortError' });
		await settled();
		expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
		workers[1]?.answer({ id: workers[1].asked[0]?.id, value: 'two' });
		await expect(second).resolves.toBe('two');
	});

	it('rejects a waiting task as soon as it is aborted, and leaves the one under way alone', async () => {
		const { workers, load } = setup();
		const control = new AbortController();
		const first = load('T1');
		const second = load('T2', control.signal);
		await settled();
		control.abort(abortError());
		await expect(second).rejects.toMatchObject({ name: 'AbortError' });
		const [worker] = workers as [FakeWorker];
		expect(worker.ended).toBe(false);
		worker.answer({ id: worker.asked[0]?.id, value: 'one' });
		await expect(first).resolves.toBe('one');
		await settled();
		expect(worker.asked.length).toBe(1);
	});

	it('never starts a worker for a task that was aborted before', async () => {
		const { workers, load } = setup();
		await expect(load('T1', AbortSignal.abort(abortError()))).rejects.toMatchObject({ name: 'AbortError' });
		expect(workers).toEqual([]);
	});

	it('rejects where the worker fails as a whole, and starts another for the next task', async () => {
		const { workers, load } = setup();
		const first = load('T1');
		await settled();
		workers[0]?.dispatchEvent(new Event('error'));
		await expect(first).rejects.toThrow('the worker could not be started');
		expect(workers[0]?.ended).toBe(true);
		void load('T2');
		await settled();
		expect(workers.length).toBe(2);
	});

	it('lets a worker go that had nothing to do for a minute', async () => {
		const { workers, load } = setup();
		const first = load('T1');
		await settled();
		const [worker] = workers as [FakeWorker];
		vi.advanceTimersByTime(300_000);
		expect(worker.ended).toBe(false);
		worker.answer({ id: worker.asked[0]?.id, value: 'one' });
		await first;
		vi.advanceTimersByTime(59_000);
		expect(worker.ended).toBe(false);
		vi.advanceTimersByTime(2_000);
		expect(worker.ended).toBe(true);
	});

	it('rejects everything once it is closed and leaves no timer behind', async () => {
		const { workers, bridge, load } = setup();
		const first = load('T1');
		const second = load('T2');
		await settled();
		bridge.close();
		await expect(first).rejects.toMatchObject({ name: 'AbortError' });
		await expect(second).rejects.toMatchObject({ name: 'AbortError' });
		await expect(load('T1')).rejects.toMatchObject({ name: 'AbortError' });
		expect(workers.map(({ ended }) => ended)).toEqual([true]);
		expect(vi.getTimerCount()).toBe(0);
	});

	it('lets an idle worker go at once when it is closed', async () => {
		const { workers, bridge, load } = setup();
		const first = load('T1');
		await settled();
		workers[0]?.answer({ id: workers[0].asked[0]?.id, value: 'one' });
		await first;
		bridge.close();
		expect(workers[0]?.ended).toBe(true);
		expect(vi.getTimerCount()).toBe(0);
	});

	it('stops listening to a signal once the task is done', async () => {
		const { workers, load } = setup();
		const { signal } = new AbortController();
		const added = vi.spyOn(signal, 'addEventListener');
		const removed = vi.spyOn(signal, 'removeEventListener');
		const first = load('T1', signal);
		await settled();
		workers[0]?.answer({ id: workers[0].asked[0]?.id, value: 'one' });
		await first;
		expect(removed).toHaveBeenCalledTimes(added.mock.calls.length);
	});
});
