import { describe, expect, it } from 'vitest';
import { entryDocId } from '../../../src/store/documents.ts';
import { freshName, memoryStore, openMemory, scoreReport as report, stroke, strokes } from './memoryStore.ts';

const failure = (kind: string) => expect.objectContaining({ name: 'StoreError', kind });

describe('a journal', () => {
	it('comes back whole and in order after writes of any size', async () => {
		const name = freshName();
		const { id } = await memoryStore(name).startAttempt('ring', 'v1');
		const writing = memoryStore(name);
		await writing.appendEvents(id, strokes(1, 1), 1);
		await writing.appendEvents(id, [{ kind: 'undo', at: '2025-01-01T00:00:02.000Z', activeMs: 5 }], 2);
		await writing.appendEvents(id, strokes(3, 12), 3);
		await writing.appendEvents(id, [], 13);
		const journal = await memoryStore(name).loadJournal(id);
		expect(journal.attempt).toMatchObject({ id, caseId: 'ring', startedAt: '2025-01-01T00:00:00.000Z' });
		expect(journal.events[0]).toEqual(stroke(1));
		expect(journal.events[1]).toEqual({ kind: 'undo', at: '2025-01-01T00:00:02.000Z', activeMs: 5 });
		expect(journal.events.slice(2)).toEqual(strokes(3, 12));
		expect(journal).toMatchObject({ lastSeq: 12, reports: [], issues: [] });
	});

	it('keeps a thousand events of one write', async () => {
		const store = memoryStore();
		const { id } = await store.startAttempt('ring', 'v1');
		await store.appendEvents(id, strokes(1, 1000), 1);
		const journal = await store.loadJournal(id);
		expect(journal.events).toEqual(strokes(1, 1000));
		expect(journal).toMatchObject({ lastSeq: 1000, issues: [] });
	});

	it('takes the same write twice as one, and a longer repetition as its rest', async () => {
		const store = memoryStore();
		const { id } = await store.startAttempt('ring', 'v1');
		await store.appendEvents(id, strokes(1, 3), 1);
		await store.appendEvents(id, strokes(1, 3), 1);
		await store.appendEvents(id, strokes(1, 5), 1);
		await store.appendEvents(id, strokes(1, 2), 1);
		expect((await store.loadJournal(id)).events).toEqual(strokes(1, 5));
	});

	it('recognises an own write whose answer was lost', async () => {
		let loses = false;
		const name = freshName();
		const store = memoryStore(name, (databaseName) => {
			const db = openMemory(databaseName);
			const put = db.put as (doc: object) => Promise<PouchDB.Core.Response>;
			const losing = async (doc: object) => {
				const response = await put(doc);
				if (loses) throw new Error('lost');
				return response;
			};
			return Object.assign(db, { put: losing });
		});
		const { id } = await store.startAttempt('ring', 'v1');
		await store.appendEvents(id, strokes(1, 1), 1);
		loses = true;
		await expect(store.appendEvents(id, strokes(2, 3), 2)).rejects.toThrow('lost');
		loses = false;
		await store.appendEvents(id, strokes(2, 5), 2);
		expect((await store.loadJournal(id)).events).toEqual(strokes(1, 5));
	});

	it('gives the numbers to one of two writes that are under way together', async () => {
		const store = memoryStore();
		const { id } = await store.startAttempt('ring', 'v1');
		await Promise.all([store.appendEvents(id, strokes(1, 2), 1), store.appendEvents(id, strokes(1, 4), 1)]);
		const journal = await store.loadJournal(id);
		expect(journal.events).toEqual(strokes(1, 4));
		expect(journal.issues).toEqual([]);
	});

	it('refuses the second of two tabs, and keeps nothing of what it sent', async () => {
		const name = freshName();
		const [first, second] = [memoryStore(name), memoryStore(name)];
		const { id } = await first.startAttempt('ring', 'v1');
		await first.appendEvents(id, strokes(1, 2), 1);
		await second.appendEvents(id, strokes(3, 3), 3);
		await expect(first.appendEvents(id, strokes(13, 16), 3)).rejects.toEqual(failure('otherTab'));
		await expect(first.appendEvents(id, strokes(3, 3), 3)).rejects.toEqual(failure('otherTab'));
		expect((await first.loadJournal(id)).events).toEqual(strokes(1, 3));
	});

	it('does not take other events of the same store under the same numbers', async () => {
		const store = memoryStore();
		const { id } = await store.startAttempt('ring', 'v1');
		await store.appendEvents(id, strokes(1, 2), 1);
		await expect(store.appendEvents(id, strokes(7, 8), 1)).rejects.toEqual(failure('otherTab'));
	});

	it('refuses a write that would leave a gap, a number below 1, and an event that could not be read back', async () => {
		const store = memoryStore();
		const { id } = await store.startAttempt('ring', 'v1');
		await expect(store.appendEvents(id, strokes(3, 3), 3)).rejects.toThrow('got fromSeq 3, expected at most 1');
		await expect(store.appendEvents(id, strokes(1, 1), 0)).rejects.toThrow('got fromSeq 0');
		await expect(store.appendEvents(id, [{ ...stroke(1), activeMs: Number.NaN }], 1)).rejects.toThrow('activeMs');
		expect(await store.loadJournal(id)).toMatchObject({ events: [], lastSeq: 0, issues: [] });
	});

	it('reports an entry that can not be read by its id and goes on behind it', async () => {
		const name = freshName();
		const store = memoryStore(name);
		const { id } = await store.startAttempt('ring', 'v1');
		await store.appendEvents(id, strokes(1, 2), 1);
		await openMemory(`${name}-work`).put({ _id: entryDocId(id, 3), type: 'events', events: [{}, {}] });
		await memoryStore(name).appendEvents(id, strokes(5, 5), 5);
		const journal = await store.loadJournal(id);
		expect(journal.events).toEqual([stroke(1), stroke(2), stroke(5)]);
		expect(journal.lastSeq).toBe(5);
		expect(journal.issues).toEqual([
			{ code: 'store.entryInvalid', path: entryDocId(id, 3), params: { field: 'schemaVersion' } },
		]);
	});

	it('reports missing numbers', async () => {
		const name = freshName();
		const store = memoryStore(name);
		const { id } = await store.startAttempt('ring', 'v1');
		await store.appendEvents(id, strokes(1, 1), 1);
		await store.appendEvents(id, strokes(2, 4), 2);
		await store.appendEvents(id, strokes(5, 5), 5);
		const raw = openMemory(`${name}-work`);
		await raw.remove(await raw.get(entryDocId(id, 2)));
		const journal = await store.loadJournal(id);
		expect(journal.events).toEqual([stroke(1), stroke(5)]);
		expect(journal.issues).toEqual([{ code: 'store.seqGap', path: entryDocId(id, 5), params: { from: 2, to: 4 } }]);
	});

	it('of an unknown attempt is empty and says so', async () => {
		const journal = await memoryStore().loadJournal('nobody');
		expect(journal).toMatchObject({ attempt: undefined, events: [], lastSeq: 0 });
		expect(journal.issues).toEqual([{ code: 'store.attemptMissing', path: 'attempt:nobody', params: {} }]);
	});
});

describe('attempts', () => {
	it('have ids that sort by time, and the latest of a case is found', async () => {
		const store = memoryStore();
		const first = await store.startAttempt('ring', 'v1');
		const second = await store.startAttempt('ring', 'v1');
		await store.startAttempt('other', 'v1');
		expect(first.id < second.id).toBe(true);
		expect(await store.latestAttempt('ring', 'v1')).toEqual(second);
		expect(await store.latestAttempt('unseen', 'v1')).toBeUndefined();
		expect(await store.latestAttempt('ring', 'v2')).toBeUndefined();
	});

	it('are found again by the task that they repair', async () => {
		const store = memoryStore();
		const task = { error: 'E10', seed: 7, round: 1 } as const;
		const repair = await store.startAttempt('ring', 'v1', 'repair', task);
		expect(repair).toMatchObject({ purpose: 'repair', repair: task });
		expect(await store.latestAttempt('ring', 'v1', 'repair', task)).toEqual(repair);
		expect((await store.loadJournal(repair.id)).attempt).toEqual(repair);
		for (const other of [{ error: 'E11' }, { seed: 8 }, { round: 2 }] as const)
			expect(await store.latestAttempt('ring', 'v1', 'repair', { ...task, ...other })).toBeUndefined();
		expect(await store.latestAttempt('ring', 'v1')).toBeUndefined();
	});

	it('keep their reports as they were', async () => {
		const store = memoryStore();
		const { id } = await store.startAttempt('ring', 'v1');
		await store.appendEvents(id, strokes(1, 3), 1);
		const moment = { at: '2025-01-02T00:00:00.000Z', eventSeq: 3, activeMs: 306 };
		await Promise.all([store.saveReport(id, report, moment), store.saveReport(id, report, moment)]);
		const saved = { type: 'report', schemaVersion: 1, attemptId: id, ...moment, report };
		expect((await store.loadJournal(id)).reports).toEqual([saved, saved]);
	});

	it('are listed with what was done in them, the newest first', async () => {
		const name = freshName();
		const store = memoryStore(name);
		const scored = await store.startAttempt('ring', 'v1');
		await store.appendEvents(scored.id, strokes(1, 2), 1);
		await store.appendEvents(scored.id, [{ kind: 'undo', at: '2025-01-01T00:00:03.000Z', activeMs: 50 }], 3);
		await store.saveReport(scored.id, report, { at: '2025-01-01T00:00:09.000Z', eventSeq: 3, activeMs: 260 });
		const drawn = await store.startAttempt('ring', 'v1');
		await store.appendEvents(drawn.id, strokes(4, 5), 1);
		await store.appendEvents(drawn.id, strokes(6, 6), 3);
		const opened = await store.startAttempt('ring', 'v1');
		expect(await memoryStore(name).listAttempts()).toEqual({
			attempts: [
				{ attempt: opened, lastAt: opened.startedAt, activeMs: 0, strokes: 0, reports: [] },
				{ attempt: drawn, lastAt: '2025-01-01T00:00:06.000Z', activeMs: 315, strokes: 3, reports: [] },
				{
					attempt: scored,
					lastAt: '2025-01-01T00:00:09.000Z',
					activeMs: 260,
					strokes: 2,
					reports: [{ at: '2025-01-01T00:00:09.000Z', activeMs: 260, report }],
				},
			],
			issues: [],
		});
	});

	it('that can not be read are reported by the list, the others stand', async () => {
		const name = freshName();
		const store = memoryStore(name);
		const { id } = await store.startAttempt('ring', 'v1');
		await store.appendEvents(id, strokes(1, 2), 1);
		const raw = openMemory(`${name}-work`);
		await raw.put({ _id: entryDocId(id, 3), events: 'nonsense' });
		await raw.put({ _id: 'attempt:broken', type: 'attempt' });
		const { attempts, issues } = await store.listAttempts();
		expect(attempts).toMatchObject([{ attempt: { id }, strokes: 2 }]);
		expect(issues.map(({ path }) => path)).toEqual(['attempt:broken', entryDocId(id, 3)]);
	});

	it('once deleted are gone with all that belongs to them, and take no more', async () => {
		const name = freshName();
		const [here, elsewhere] = [memoryStore(name), memoryStore(name)];
		const { id } = await here.startAttempt('ring', 'v1');
		const { id: other } = await here.startAttempt('ring', 'v1');
		for (const attempt of [id, other]) {
			await here.appendEvents(attempt, strokes(1, 3), 1);
			await here.saveReport(attempt, report, { at: '2025-01-02T00:00:00.000Z', eventSeq: 3, activeMs: 1 });
		}
		await elsewhere.deleteAttempt(id);
		await expect(here.appendEvents(id, strokes(4, 4), 4)).rejects.toEqual(failure('gone'));
		await expect(
			here.saveReport(id, report, { at: '2025-01-02T00:00:00.000Z', eventSeq: 3, activeMs: 1 }),
		).rejects.toEqual(failure('gone'));
		expect(await here.loadJournal(id)).toMatchObject({ attempt: undefined, events: [], reports: [] });
		expect((await here.listAttempts()).attempts.map(({ attempt }) => attempt.id)).toEqual([other]);
		expect((await here.loadJournal(other)).events).toHaveLength(3);
	});
});
