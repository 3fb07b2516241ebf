import { describe, expect, it } from 'vitest';
import type { AttemptEvent } from '../../../src/schemas/attempt.ts';
import { Autosave, type SaveState } from '../../../src/store/autosave.ts';
import { StoreError } from '../../../src/store/storeError.ts';
import { Timers } from './autosaveTimers.ts';
import { stroke, strokes } from './memoryStore.ts';

interface Write {
	readonly events: readonly AttemptEvent[];
	readonly fromSeq: number;
	readonly succeed: () => Promise<void>;
	readonly fail: (error: unknown) => Promise<void>;
}

/** Lets everything that was settled run its course. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** An autosave over a store that answers when the test says so. */
function bench(lastSeq = 0) {
	const writes: Write[] = [];
	const timers = new Timers();
	const autosave = new Autosave({
		lastSeq,
		now: () => new Date(0),
		after: timers.after,
		write: (events, fromSeq) =>
			new Promise<void>((resolve, reject) => {
				writes.push({
					events,
					fromSeq,
					succeed: () => {
						resolve();
						return settled();
					},
					fail: (error) => {
						reject(error);
						return settled();
					},
				});
			}),
	});
	const seen: string[] = [];
	autosave.subscribe((state) => seen.push(show(state)));
	return { autosave, writes, timers, seen };
}

function show(state: SaveState): string {
	if (state.kind === 'saved') return 'saved';
	return state.kind === 'saving' ? `saving ${state.pending}` : `failed ${state.reason} ${state.pending}`;
}

describe('autosave', () => {
	it('writes at once when idle, under the number behind the last', async () => {
		const { autosave, writes, seen } = bench(7);
		expect(autosave.push(stroke(8))).toBe(8);
		await settled();
		expect(writes).toMatchObject([{ events: [stroke(8)], fromSeq: 8 }]);
		await writes[0]!.succeed();
		expect(autosave.state).toEqual({ kind: 'saved', at: new Date(0) });
		expect(autosave.lastSeq).toBe(8);
		expect(seen).toEqual(['saving 1', 'saved']);
	});

	it('gathers what comes during a write and sends it in one piece', async () => {
		const { autosave, writes, seen } = bench();
		for (const event of strokes(1, 4)) {
			autosave.push(event);
			await settled();
		}
		expect(writes).toHaveLength(1);
		await writes[0]!.succeed();
		expect(writes[1]).toMatchObject({ events: strokes(2, 4), fromSeq: 2 });
		await writes[1]!.succeed();
		expect(seen.slice(-2)).toEqual(['saving 3', 'saved']);
		expect(autosave.pending).toEqual([]);
	});

	it('flushes to saved once everything is written, also behind a write under way', async () => {
		const { autosave, writes } = bench();
		expect(await autosave.flush()).toEqual({ kind: 'saved', at: undefined });
		autosave.push(stroke(1));
		await settled();
		autosave.push(stroke(2));
		let answer: SaveState | undefined;
		autosave.flush().then((state) => {
			answer = state;
		});
		await writes[0]!.succeed();
		expect(answer).toBeUndefined();
		await writes[1]!.succeed();
		expect(answer).toEqual({ kind: 'saved', at: new Date(0) });
	});

	it('tries again by itself after a passing failure, later each time, half a minute at most', async () => {
		const { autosave, writes, timers } = bench();
		autosave.push(stroke(1));
		await settled();
		const waits: number[] = [];
		for (let attempt = 0; attempt < 9; attempt++) {
			await writes[attempt]!.fail(new StoreError('unavailable'));
			waits.push(timers.next!.ms);
			timers.fire();
			await settled();
		}
		expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
		expect(show(autosave.state)).toBe('failed unavailable 1');
		await writes[9]!.succeed();
		expect(autosave.state.kind).toBe('saved');
	});

	it('starts the waiting anew after a success', async () => {
		const { autosave, writes, timers } = bench();
		autosave.push(stroke(1));
		await settled();
		await writes[0]!.fail(new Error('odd'));
		timers.fire();
		await settled();
		await writes[1]!.succeed();
		autosave.push(stroke(2));
		await settled();
		await writes[2]!.fail(new Error('odd'));
		expect(timers.next!.ms).toBe(500);
		expect(show(autosave.state)).toBe('failed unexpected 1');
	});

	it.each(['full', 'otherTab', 'gone'] as const)('waits for somebody after the failure "%s"', async (kind) => {
		const { autosave, writes, timers } = bench();
		autosave.push(stroke(1));
		await settled();
		await writes[0]!.fail(new StoreError(kind));
		expect(timers.next).toBeUndefined();
		autosave.push(stroke(2));
		expect(show(await autosave.flush())).toBe(`failed ${kind} 2`);
		await settled();
		expect(writes).toHaveLength(1);
		autosave.retry();
		expect(show(autosave.state)).toBe('saving 2');
		await settled();
		expect(writes[1]).toMatchObject({ events: strokes(1, 2), fromSeq: 1 });
		await writes[1]!.succeed();
		expect(autosave.state.kind).toBe('saved');
	});

	it('answers a flush with the failure, and hurries a retry that waits', async () => {
		const { autosave, writes, timers } = bench();
		autosave.push(stroke(1));
		await settled();
		const first = autosave.flush();
		await writes[0]!.fail(new StoreError('unavailable'));
		expect(show(await first)).toBe('failed unavailable 1');
		const second = autosave.flush();
		await settled();
		expect(writes).toHaveLength(2);
		await writes[1]!.succeed();
		expect((await second).kind).toBe('saved');
		expect(timers.next).toBeUndefined();
	});

	it('gives up on a write that does not answer, and does not count it when it does later', async () => {
		const { autosave, writes, timers } = bench();
		autosave.push(stroke(1));
		await settled();
		autosave.push(stroke(2));
		expect(timers.next!.ms).toBe(15_000);
		timers.fire();
		expect(show(autosave.state)).toBe('failed unavailable 2');
		await writes[0]!.succeed();
		expect(autosave.pending).toEqual(strokes(1, 2));
		timers.fire();
		await settled();
		expect(writes[1]).toMatchObject({ events: strokes(1, 2), fromSeq: 1 });
		await writes[1]!.succeed();
		expect(autosave.state.kind).toBe('saved');
	});

	it('takes a write that throws at once for a failed one', async () => {
		const timers = new Timers();
		const write = () => {
			throw new Error('at once');
		};
		const autosave = new Autosave({ lastSeq: 0, after: timers.after, write });
		autosave.push(stroke(1));
		expect(show(await autosave.flush())).toBe('failed unexpected 1');
	});

	it('sends a long queue in pieces', async () => {
		const { autosave, writes } = bench();
		for (const event of strokes(1, 300)) autosave.push(event);
		await settled();
		for (const write of writes) await write.succeed();
		expect(writes.map(({ fromSeq, events }) => [fromSeq, events.length])).toEqual([
			[1, 1],
			[2, 256],
			[258, 43],
		]);
		expect(autosave.state.kind).toBe('saved');
	});

	it('once closed starts nothing, calls nobody and leaves no flush waiting', async () => {
		const { autosave, writes, timers, seen } = bench();
		autosave.push(stroke(1));
		await settled();
		const flushed = autosave.flush();
		autosave.close();
		expect(show(await flushed)).toBe('saving 1');
		await writes[0]!.fail(new StoreError('unavailable'));
		expect(timers.next).toBeUndefined();
		expect(seen).toEqual(['saving 1']);
		expect(show(await autosave.flush())).toBe('failed unavailable 1');
		expect(autosave.pending).toEqual([stroke(1)]);
	});
});
