import type { Issue } from '../formats/issue.ts';
import type { Schema } from '../schemas/schema.ts';

/** What everything in an attempt's name begins with, in the order of the store. */
const range = (prefix: string) => ({ startkey: prefix, endkey: `${prefix}\uffff` });
const padded = (seq: number) => String(seq).padStart(8, '0');

export const attemptDocId = (id: string) => `attempt:${id}`;
export const entryDocId = (attemptId: string, seq: number) => `event:${attemptId}:${padded(seq)}`;
export const reportDocId = (attemptId: string, seq: number) => `report:${attemptId}:${padded(seq)}`;
export const caseDocId = (id: string) => `case:${id}`;
/** In the order of time, as ISO 8601 sorts. */
export const learnerDocId = ({ at, id }: { readonly at: string; readonly id: string }) => `learner:${at}:${id}`;

export const allAttempts = range('attempt:');
export const allReports = range('report:');
export const allCases = range('case:');
export const allLearner = range('learner:');
export const entriesOf = (attemptId: string) => range(`event:${attemptId}:`);
export const reportsOf = (attemptId: string) => range(`report:${attemptId}:`);

/** The attempt that a document of any kind belongs to by its id; undefined for others. */
export const attemptOfDocId = (docId: string) =>
	/^(?:attempt:(.+)|(?:event|report):(.+):\d+)$/s.exec(docId)?.slice(1).find(Boolean);

/** Whether a document is a learner's event by its id. */
export const isLearnerDocId = (docId: string) => docId.startsWith('learner:');

/** The number at the end of an entry's or a report's id. */
export const seqOfDocId = (docId: string) => Number(docId.slice(docId.lastIndexOf(':') + 1));

export type Stored = PouchDB.Core.ExistingDocument<object>;

/** Every document of a range in the order of ids, each whole. */
export async function readRange(db: PouchDB.Database, keys: { startkey: string; endkey: string }): Promise<Stored[]> {
	const { rows } = await db.allDocs({ ...keys, include_docs: true });
	return rows.flatMap((row) => (row.doc ? [row.doc] : []));
}

/** The last document of a range. */
export async function readLast(
	db: PouchDB.Database,
	{ startkey, endkey }: { startkey: string; endkey: string },
): Promise<Stored | undefined> {
	const { rows } = await db.allDocs({
		startkey: endkey,
		endkey: startkey,
		descending: true,
		limit: 1,
		include_docs: true,
	});
	return rows[0]?.doc;
}

/** The document, or undefined where there is none. */
export async function readOne(db: PouchDB.Database, docId: string): Promise<Stored | undefined> {
	try {
		return await db.get(docId);
	} catch (error) {
		if (isStatus(error, 404)) return undefined;
		throw error;
	}
}

export function isStatus(error: unknown, status: number): boolean {
	return typeof error === 'object' && error !== null && (error as { status?: unknown }).status === status;
}

/** The document as its schema says, or undefined and one issue more. */
export function validated<T>(schema: Schema<T>, doc: Stored, issues: Issue[]): T | undefined {
	const parsed = schema.safeParse(doc);
	if (parsed.success) return parsed.data;
	const field = parsed.error.issues[0]?.path.join('.') ?? '';
	issues.push({ code: 'store.entryInvalid', path: doc._id, params: { field } });
	return undefined;
}
