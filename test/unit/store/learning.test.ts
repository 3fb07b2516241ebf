import { describe, expect, it } from 'vitest';
import type { LearnerEvent, ProblemEvent } from '../../../src/schemas/learnerEvent.ts';
import { answer, freshName, memoryStore, openMemory } from './memoryStore.ts';

describe('what a learner did', () => {
	it('comes back from the oldest, whatever the order in which it was kept', async () => {
		const name = freshName();
		await memoryStore(name).appendLearner([answer(3)]);
		const store = memoryStore(name);
		await store.appendLearner([answer(2), answer(1)]);
		expect(await store.listLearner()).toEqual({ events: [answer(1), answer(2), answer(3)], issues: [] });
	});

	it('is kept once, however often it is written', async () => {
		const store = memoryStore();
		await store.appendLearner([answer(1)]);
		await store.appendLearner([answer(1), answer(2)]);
		expect((await store.listLearner()).events).toEqual([answer(1), answer(2)]);
	});

	it('is refused where it could not be read back, and nothing of it is kept', async () => {
		const store = memoryStore();
		const tooMuch = { ...answer(1), given: 'x'.repeat(3000) } as LearnerEvent;
		await expect(store.appendLearner([answer(2), tooMuch])).rejects.toThrow('is too long');
		expect((await store.listLearner()).events).toEqual([]);
	});

	it('is told where it cannot be read, and the rest is', async () => {
		const name = freshName();
		const store = memoryStore(name);
		await store.appendLearner([answer(1)]);
		const work = openMemory(`${name}-work`);
		await work.put({ ...answer(2), score: 7, _id: 'learner:2025:bad' });
		await work.put({ ...answer(3), _id: 'learner:2025:elsewhere' });
		expect(await store.listLearner()).toEqual({
			events: [answer(1)],
			issues: [
				{ code: 'store.entryInvalid', path: 'learner:2025:bad', params: { field: 'score' } },
				{ code: 'store.entryInvalid', path: 'learner:2025:elsewhere', params: { field: '_id' } },
			],
		});
	});

	it('stays away from attempts', async () => {
		const store = memoryStore();
		await store.appendLearner([answer(1)]);
		await store.startAttempt('ring-01', 'v1');
		expect((await store.listAttempts()).attempts).toHaveLength(1);
		expect((await store.listAttempts()).issues).toEqual([]);
		expect((await store.listLearner()).events).toHaveLength(1);
	});

	it('loses a note that was taken back, and nothing else, however often it is taken back', async () => {
		const store = memoryStore();
		const note = { ...answer(2), kind: 'problem', about: { kind: 'rule', id: 'R6-8b' }, text: 'why?' } as ProblemEvent;
		await store.appendLearner([answer(1), note]);
		await store.removeProblem(note);
		await store.removeProblem(note);
		expect(await store.listLearner()).toEqual({ events: [answer(1)], issues: [] });
	});
});
