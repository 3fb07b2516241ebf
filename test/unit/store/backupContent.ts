import type { Store } from '../../../src/store/store.ts';

/** Everything that a store keeps, by the documents' ids: what two stores have to agree in. */
export async function contentOf(store: Store): Promise<Record<string, unknown>> {
	const content: Record<string, unknown> = {};
	for (const id of await store.raw.workIds()) content[id] = await store.raw.workDocument(id);
	for (const { document, files } of await store.raw.cases()) {
		const id = document._id.slice('case:'.length);
		const bytes = files.map(async (name) => [
			name,
			[...new Uint8Array(await (await store.caseFile(id, name)).arrayBuffer())],
		]);
		content[document._id] = { document, files: await Promise.all(bytes) };
	}
	return content;
}
