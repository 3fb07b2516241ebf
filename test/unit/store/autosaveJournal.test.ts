import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AttemptEvent } from '../../../src/schemas/attempt.ts';
import { Autosave } from '../../../src/store/autosave.ts';
import { Timers } from './autosaveTimers.ts';
import { freshName, memoryStore, openMemory, stroke } from './memoryStore.ts';

/** What a write to the database may do instead of its duty. */
type Fault = 'none' | 'failsBefore' | 'failsAfter' | 'full' | 'silentBefore' | 'silentAfter' | 'late';

const fault = fc.constantFrom<Fault>(
	'none',
	'failsBefore',
	'failsAfter',
	'full',
	'silentBefore',
	'silentAfter',
	'late',
);
const step = fc.oneof(
	{ weight: 4, arbitrary: fc.constant({ kind: 'push' as const }) },
	{ weight: 2, arbitrary: fault.map((next) => ({ kind: 'fault' as const, next })) },
	{ weight: 3, arbitrary: fc.constantFrom('timer', 'flush', 'retry', 'late', 'rest').map((kind) => ({ kind })) },
);

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Turns of the event loop in which a write to memory has come to its end. */
const ENOUGH = 30;
const never = () => new Promise<never>(() => undefined);

it('keeps exactly the pushed events, once and in order, through any failures', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
			let current: Fault = 'none';
			const late: (() => void)[] = [];
			const name = freshName();
			const store = memoryStore(name, (databaseName) => {
				const db = openMemory(databaseName);
				const put = db.put as (doc: object) => Promise<PouchDB.Core.Response>;
				const faulty = async (doc: object) => {
					const now = current;
					current = 'none';
					if (now === 'failsBefore') throw Object.assign(new Error(), { name: 'InvalidStateError' });
					if (now === 'full') throw Object.assign(new Error(), { name: 'QuotaExceededError' });
					if (now === 'silentBefore') return never();
					if (now === 'late') await new Promise<void>((resolve) => late.push(resolve));
					const response = await put(doc);
					if (now === 'silentAfter') return never();
					if (now === 'failsAfter') throw new Error('the answer was lost');
					return response;
				};
				return Object.assign(db, { put: faulty });
			});
			const { id } = await store.startAttempt('ring', 'v1');
			const timers = new Timers();
			const autosave = new Autosave({
				lastSeq: 0,
				after: timers.after,
				write: (events, fromSeq) => store.appendEvents(id, events, fromSeq),
			});
			const pushed: AttemptEvent[] = [];
			const act = {
				push: () => {
					pushed.push(stroke(pushed.length + 1));
					expect(autosave.push(pushed.at(-1)!)).toBe(pushed.length);
				},
				timer: () => timers.fire(),
				flush: () => void autosave.flush(),
				retry: () => autosave.retry(),
				late: () => late.shift()?.(),
				rest: async () => {
					for (let n = 0; n < ENOUGH && autosave.state.kind === 'saving'; n++) await turn();
				},
			};
			for (const { kind, ...more } of steps) {
				if ('next' in more) current = more.next;
				else await act[kind as keyof typeof act]();
				await turn();
			}
			current = 'none';
			for (const resolve of late.splice(0)) resolve();
			await act.rest();
			for (let round = 0; round < 5 && autosave.state.kind !== 'saved'; round++) {
				timers.fire();
				autosave.retry();
				await act.rest();
			}
			expect(autosave.state.kind).toBe('saved');
			const journal = await memoryStore(name).loadJournal(id);
			expect(journal.events).toEqual(pushed);
			expect(journal).toMatchObject({ lastSeq: pushed.length, issues: [] });
		}),
		{ numRuns: 60 },
	);
});
