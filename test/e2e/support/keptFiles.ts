import type { Page } from '@playwright/test';

/** The files of all cases that the browser keeps, by name, read past the product from PouchDB's own object stores. */
export async function readKeptFiles(page: Page): Promise<Map<string, Uint8Array>> {
	const files = await page.evaluate(async () => {
		const answer = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const db = await answer(indexedDB.open('_pouch_concord-cases'));
		const transaction = db.transaction(['by-sequence', 'attach-store']);
		const documents = await answer(transaction.objectStore('by-sequence').getAll());
		const bodies = await answer(transaction.objectStore('attach-store').getAll());
		db.close();
		const found: [string, number[]][] = [];
		for (const { _attachments = {} } of documents)
			for (const [name, { digest }] of Object.entries(_attachments as Record<string, { digest: string }>)) {
				const { body } = bodies.find((each) => each.digest === digest);
				const bytes = body instanceof Blob ? new Uint8Array(await body.arrayBuffer()) : undefined;
				found.push([
					name.replace(/^file:/, ''),
					bytes ? [...bytes] : [...String(body)].map((sign) => sign.charCodeAt(0)),
				]);
			}
		return found;
	});
	return new Map(files.map(([name, bytes]) => [name, Uint8Array.from(bytes)]));
}
