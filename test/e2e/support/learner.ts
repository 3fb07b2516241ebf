import type { Page } from '@playwright/test';
import type { LearnerEvent } from '../../../src/schemas/learnerEvent.ts';

/** What a learner did, from the oldest, read past the product: the documents of PouchDB's own object stores. */
export async function readLearner(page: Page): Promise<LearnerEvent[]> {
	const docs = await page.evaluate(async () => {
		const answer = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const known = await indexedDB.databases();
		if (!known.some(({ name }) => name === '_pouch_concord-work')) return [];
		const db = await answer(indexedDB.open('_pouch_concord-work'));
		const bodies = await answer(db.transaction('by-sequence').objectStore('by-sequence').getAll());
		db.close();
		return bodies.filter(({ type }) => type === 'learner');
	});
	return (docs as LearnerEvent[]).sort((a, b) => (a.at < b.at ? -1 : 1));
}
