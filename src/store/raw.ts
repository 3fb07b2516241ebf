import { attachmentName } from './cases.ts';
import type { Database } from './database.ts';
import {
	allCases,
	attemptDocId,
	attemptOfDocId,
	entriesOf,
	isStatus,
	readOne,
	readRange,
	reportsOf,
	type Stored,
} from './documents.ts';

/** A document as it is stored, readable or not, without what PouchDB keeps of its own. */
export interface RawDocument {
	readonly _id: string;
	readonly [field: string]: unknown;
}

/** A case's document and the names of its files. */
export interface RawCase {
	readonly document: RawDocument;
	readonly files: readonly string[];
}

/** What is stored, unread and unchecked. Every method may reject with a `StoreError`. */
export interface RawStore {
	/** Ids of the documents in the work database, in their order. */
	workIds(): Promise<readonly string[]>;
	/** Opening, entries and reports of an attempt, each in order; what is not there is left out. */
	history(attemptId: string): Promise<readonly RawDocument[]>;
	workDocument(docId: string): Promise<RawDocument | undefined>;
	/** Adds a document; false where its id is taken, and nothing is changed. */
	addWork(document: RawDocument): Promise<boolean>;
	cases(): Promise<readonly RawCase[]>;
	/** Adds a case with its files; false where its id is taken, and nothing is changed. */
	addCase(document: RawDocument, files: ReadonlyMap<string, Blob>): Promise<boolean>;
}

const FILE = attachmentName('');

/** Fields with an underscore are PouchDB's: the revision, stubs of attachments. */
function plain(stored: Stored): RawDocument {
	const own = Object.entries(stored).filter(([field]) => !field.startsWith('_'));
	return { ...Object.fromEntries(own), _id: stored._id };
}

export function rawIn(work: Database, cases: Database): RawStore {
	return {
		workIds: () => work.use(async (db) => (await db.allDocs({})).rows.map(({ id }) => id)),

		history(attemptId) {
			return work.use(async (db) => {
				const opening = await readOne(db, attemptDocId(attemptId));
				const entries = await readRange(db, entriesOf(attemptId));
				const reports = await readRange(db, reportsOf(attemptId));
				const found = [...(opening ? [opening] : []), ...entries, ...reports];
				// `event:a:` is also where the entries of an attempt named `a:b` begin.
				return found.filter(({ _id }) => attemptOfDocId(_id) === attemptId).map(plain);
			});
		},

		workDocument(docId) {
			return work.use(async (db) => {
				const found = await readOne(db, docId);
				return found && plain(found);
			});
		},

		addWork: (document) => work.use((db) => added(db, { ...document })),

		cases() {
			return cases.use(async (db) =>
				(await readRange(db, allCases)).map((doc) => {
					const { _attachments = {} } = doc as { _attachments?: object };
					const files = Object.keys(_attachments).filter((name) => name.startsWith(FILE));
					return { document: plain(doc), files: files.map((name) => name.slice(FILE.length)) };
				}),
			);
		},

		async addCase(document, files) {
			const attachments: PouchDB.Core.Attachments = {};
			const type = 'application/octet-stream';
			for (const [name, data] of files) attachments[attachmentName(name)] = { content_type: type, data };
			return cases.use((db) => added(db, { ...document, _attachments: attachments }));
		},
	};
}

async function added(db: PouchDB.Database, document: RawDocument): Promise<boolean> {
	try {
		await db.put(document);
		return true;
	} catch (error) {
		if (isStatus(error, 409)) return false;
		throw error;
	}
}
