import type { Page } from '@playwright/test';
import { Work } from '../../../src/islands/practice/work.ts';
import { FAMILY_REGIONS, type Family } from '../../../src/protocol/protocol.ts';
import { layerTargetsOf, TARGET_SEQUENCE } from '../../../src/protocol/target.ts';
import type { Attempt, AttemptEvent, AttemptReport, JournalEntry } from '../../../src/schemas/attempt.ts';
import type { LearnerEvent } from '../../../src/schemas/learnerEvent.ts';
import { type CaseFiles, gridsOf } from './caseFiles.ts';

/** What the browser has on its disk, read past the product: the documents of PouchDB's own object stores. */
export interface Stored {
	readonly attempts: readonly Attempt[];
	readonly entries: readonly JournalEntry[];
	readonly reports: readonly AttemptReport[];
	/** What a learner did, from the oldest. */
	readonly learner: readonly LearnerEvent[];
}

export async function readStored(page: Page): Promise<Stored> {
	const docs = await page.evaluate(async () => {
		const answer = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const known = await indexedDB.databases();
		if (!known.some(({ name }) => name === '_pouch_concord-work')) return [];
		const db = await answer(indexedDB.open('_pouch_concord-work'));
		const transaction = db.transaction(['document-store', 'by-sequence']);
		const heads = await answer(transaction.objectStore('document-store').getAll());
		const bodies = await answer(transaction.objectStore('by-sequence').getAll());
		db.close();
		const byRevision = new Map(bodies.map((body) => [body._doc_id_rev, body]));
		return heads
			.filter(({ deletedOrLocal }) => deletedOrLocal === '0')
			.map(({ id, winningRev }) => ({ ...byRevision.get(`${id}::${winningRev}`), _id: id }));
	});
	const ofKind = (prefix: string) =>
		docs.filter(({ _id }) => _id.startsWith(prefix)).sort((a, b) => (a._id < b._id ? -1 : 1));
	return {
		attempts: ofKind('attempt:') as unknown as Attempt[],
		entries: ofKind('event:') as unknown as JournalEntry[],
		reports: ofKind('report:') as unknown as AttemptReport[],
		learner: (ofKind('learner:') as unknown as LearnerEvent[]).sort((a, b) => (a.at < b.at ? -1 : 1)),
	};
}

/** The events of the latest attempt at a case, or of one attempt; a gap in their numbers fails the test. */
export function eventsOf(stored: Stored, caseId: string, attemptId?: string): AttemptEvent[] {
	const id = attemptId ?? stored.attempts.filter((attempt) => attempt.caseId === caseId).at(-1)?.id;
	const events: AttemptEvent[] = [];
	for (const entry of stored.entries) {
		if (entry.attemptId !== id) continue;
		if (entry.seq !== events.length + 1) throw new Error(`got entry ${entry.seq} after ${events.length} events`);
		events.push(...entry.events);
	}
	return events;
}

/** The work that a journal amounts to, on the grids of the files. */
export function foldWork(events: readonly AttemptEvent[], files: CaseFiles, family: Family): Work {
	const targets = [...FAMILY_REGIONS[family], ...layerTargetsOf(family, FAMILY_REGIONS[family])];
	const work = new Work(
		targets.filter((target) => files.volumes.has(TARGET_SEQUENCE[target])),
		gridsOf(files),
	);
	const unusable = work.replay(events);
	if (unusable > 0) throw new Error(`got ${unusable} strokes that do not fit their masks, expected none`);
	return work;
}
