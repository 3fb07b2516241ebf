import { expect, it } from 'vitest';
import { notesFile } from '../../../../src/components/learn/home/notesFile.ts';
import type { ProblemEvent } from '../../../../src/schemas/learnerEvent.ts';

const note = (id: string, at: string): ProblemEvent => ({
	type: 'learner',
	schemaVersion: 1,
	id,
	at,
	kind: 'problem',
	about: { kind: 'rule', id: 'R6-8b' },
	text: '“首层”怎么算？',
});

it('tells each note, its subject and its time, from the oldest, in a file named by the day', async () => {
	const notes = [note('note-0002', '2026-03-02T08:00:00.000Z'), note('note-0001', '2026-03-01T08:00:00.000Z')];
	const { name, blob } = notesFile(notes, new Date(2026, 2, 5, 23, 59));
	expect(name).toBe('concord-notes-2026-03-05.json');
	const content = JSON.parse(await blob.text());
	expect(content).toMatchObject({ type: 'concord-notes', schemaVersion: 1 });
	expect(content.notes.map(({ id }: { id: string }) => id)).toEqual(['note-0001', 'note-0002']);
	expect(content.notes[0]).toEqual({
		id: 'note-0001',
		at: '2026-03-01T08:00:00.000Z',
		about: { kind: 'rule', id: 'R6-8b' },
		text: '“首层”怎么算？',
	});
});
