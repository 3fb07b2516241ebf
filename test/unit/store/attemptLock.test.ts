import { describe, expect, it, vi } from 'vitest';
import { claimAttempt } from '../../../src/store/attemptLock.ts';

/** Web Locks of one browser, for exclusive locks. */
function fakeLocks() {
	const queues = new Map<string, (() => Promise<void>)[]>();
	const next = async (name: string): Promise<void> => {
		const queue = queues.get(name) ?? [];
		await queue[0]?.();
		queue.shift();
		if (queue.length > 0) void next(name);
	};
	const request = (
		name: string,
		{ ifAvailable = false, signal }: { ifAvailable?: boolean; signal?: AbortSignal },
		use: (lock: object | null) => unknown,
	) =>
		new Promise<unknown>((resolve, reject) => {
			const queue = queues.get(name) ?? [];
			queues.set(name, queue);
			if (ifAvailable && queue.length > 0) return resolve(use(null));
			const turn = async () => resolve(await use({}));
			queue.push(turn);
			signal?.addEventListener('abort', () => {
				if (queue.indexOf(turn) > 0) queue.splice(queue.indexOf(turn), 1);
				reject(signal.reason);
			});
			if (queue.length === 1) void next(name);
		});
	return { request } as unknown as LockManager;
}

const settled = () => new Promise((done) => setImmediate(done));

describe('claimAttempt', () => {
	it('gives an attempt to one tab, and to the next once it is given up', async () => {
		const locks = fakeLocks();
		const first = await claimAttempt('a', locks);
		const second = await claimAttempt('a', locks);
		const other = await claimAttempt('b', locks);
		expect([first.held, second.held, other.held]).toEqual([true, false, true]);
		let granted = false;
		void second.granted.then(() => {
			granted = true;
		});
		await settled();
		expect(granted).toBe(false);
		first.release();
		await settled();
		expect(granted).toBe(true);
		expect((await claimAttempt('a', locks)).held).toBe(false);
		second.release();
	});

	it('leaves the queue where it is given up before it was granted', async () => {
		const locks = fakeLocks();
		const first = await claimAttempt('a', locks);
		const second = await claimAttempt('a', locks);
		let granted = false;
		void second.granted.then(() => {
			granted = true;
		});
		second.release();
		first.release();
		await settled();
		expect(granted).toBe(false);
		expect((await claimAttempt('a', locks)).held).toBe(true);
	});

	it('holds every attempt where the browser has no locks', async () => {
		vi.stubGlobal('navigator', {});
		expect([(await claimAttempt('a')).held, (await claimAttempt('a')).held]).toEqual([true, true]);
		vi.unstubAllGlobals();
	});

	it('rejects where the browser refuses', async () => {
		const refusal = new DOMException('no', 'SecurityError');
		const locks = { request: () => Promise.reject(refusal) } as unknown as LockManager;
		await expect(claimAttempt('a', locks)).rejects.toBe(refusal);
	});
});
