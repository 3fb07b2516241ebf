import { Buffer } from 'node:buffer';
import memoryAdapter from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import type { AttemptEvent } from '../../../src/schemas/attempt.ts';
import { openStore, type Store } from '../../../src/store/store.ts';

PouchDB.plugin(memoryAdapter);

let count = 0;

/** A name of databases that no other test has. */
export const freshName = () => `test-${++count}`;

/** PouchDB on Node stores Buffers where the browser stores Blobs. */
async function withBuffers(attachments: PouchDB.Core.Attachments): Promise<PouchDB.Core.Attachments> {
	const entries = Object.entries(attachments).map(async ([name, attachment]) => {
		const { content_type, data } = attachment as { content_type: string; data: Blob };
		return [name, { content_type, data: Buffer.from(await data.arrayBuffer()) }] as const;
	});
	return Object.fromEntries(await Promise.all(entries));
}

export function openMemory(name: string): PouchDB.Database {
	const db = new PouchDB(name, { adapter: 'memory' });
	const put = db.put.bind(db);
	const getAttachment = db.getAttachment.bind(db);
	return Object.assign(db, {
		put: async (doc: { _attachments?: PouchDB.Core.Attachments }) =>
			put(doc._attachments ? { ...doc, _attachments: await withBuffers(doc._attachments) } : doc),
		getAttachment: async (id: string, attachment: string) =>
			new Blob([new Uint8Array((await getAttachment(id, attachment)) as Buffer)]),
	});
}

/** Stores of one name are two tabs on the same databases. Every reading of the clock is a second later. */
export function memoryStore(name = freshName(), openDatabase = openMemory): Store {
	let seconds = 0;
	return openStore({ name, openDatabase, now: () => new Date(Date.UTC(2025, 0, 1) + 1000 * seconds++) });
}

/** The n-th stroke of a session: all of its fields follow from n. */
export function stroke(n: number): AttemptEvent {
	return {
		kind: 'stroke',
		at: new Date(Date.UTC(2025, 0, 1) + 1000 * n).toISOString(),
		activeMs: 100 + n,
		region: 'WT',
		tool: n % 2 ? 'brush' : 'eraser',
		sequence: 'FLAIR',
		slice: n % 155,
		diameterMm: 6,
		flips: `AQID${n}`,
	};
}

/** Strokes with numbers from…to, both included. */
export const strokes = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => stroke(from + index));
