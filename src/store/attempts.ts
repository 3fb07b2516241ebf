import type { Issue } from '../formats/issue.ts';
import {
	type Attempt,
	type AttemptEvent,
	type AttemptReport,
	attemptReportSchema,
	attemptSchema,
	type JournalEntry,
	journalEntrySchema,
	type RepairTask,
} from '../schemas/attempt.ts';
import type { Database } from './database.ts';
import {
	allAttempts,
	allReports,
	attemptDocId,
	entriesOf,
	entryDocId,
	isStatus,
	readLast,
	readOne,
	readRange,
	reportDocId,
	reportsOf,
	type Stored,
	seqOfDocId,
	validated,
} from './documents.ts';
import { type FoldedEntries, foldEntries } from './journal.ts';
import type { LearningStore } from './learning.ts';
import type { AttemptSummary, Store } from './store.ts';
import { StoreError } from './storeError.ts';

type AttemptMethods = Omit<
	Store,
	'close' | 'raw' | 'putCase' | 'getCase' | 'caseFile' | 'listCases' | 'removeCase' | keyof LearningStore
>;
type Tail = Pick<FoldedEntries, 'lastSeq' | 'totals' | 'lastAt' | 'issues'>;

/** A write that meets its own earlier self goes round once; more than that is somebody else. */
const WRITE_ROUNDS = 3;

/** `crypto.randomUUID` is missing on a page without TLS; this is not. */
function randomHex(bytes: number): string {
	return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function requireAttempt(db: PouchDB.Database, attemptId: string): Promise<void> {
	if (!(await readOne(db, attemptDocId(attemptId)))) throw new StoreError('gone');
}

/** Where a journal ends, from its last entry; from all of it where that one can not be read. */
async function readTail(db: PouchDB.Database, attemptId: string): Promise<Tail> {
	const last = await readLast(db, entriesOf(attemptId));
	if (!last) return foldEntries([], 1);
	const tail = foldEntries([last], seqOfDocId(last._id));
	return tail.issues.length ? foldEntries(await readRange(db, entriesOf(attemptId)), 1) : tail;
}

async function readAttempts(db: PouchDB.Database, issues: Issue[]): Promise<Attempt[]> {
	return (await readRange(db, allAttempts)).flatMap((doc) => validated(attemptSchema, doc, issues) ?? []).reverse();
}

/** A report that a backup brought has a later number than its time. */
const byTime = (a: AttemptReport, b: AttemptReport) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1);

function isSameTask(a: RepairTask | undefined, b: RepairTask | undefined): boolean {
	return a?.error === b?.error && a?.seed === b?.seed && a?.round === b?.round;
}

export function attemptsIn(database: Database, now: () => Date): AttemptMethods {
	const writer = randomHex(8);
	const tails = new Map<string, Tail>();

	/** Whether all that is stored from `fromSeq` on was written by this store, and says the same. */
	async function isOurs(db: PouchDB.Database, attemptId: string, events: readonly AttemptEvent[], fromSeq: number) {
		const stored = await readRange(db, { ...entriesOf(attemptId), startkey: entryDocId(attemptId, fromSeq) });
		const entries = stored as (Stored & { writer?: unknown; events?: unknown[] })[];
		const theirs = entries.flatMap((entry) => entry.events ?? []);
		const common = Math.min(theirs.length, events.length);
		return (
			seqOfDocId(stored[0]?._id ?? '') === fromSeq &&
			entries.every((entry) => entry.writer === writer) &&
			JSON.stringify(theirs.slice(0, common)) === JSON.stringify(events.slice(0, common))
		);
	}

	async function append(db: PouchDB.Database, attemptId: string, given: readonly AttemptEvent[], fromSeq: number) {
		// What could not be read back is refused now, while it can still be put right.
		const events = journalEntrySchema.shape.events.parse(given);
		await requireAttempt(db, attemptId);
		for (let round = 0; round < WRITE_ROUNDS; round++) {
			let tail = tails.get(attemptId);
			if (tail?.lastSeq !== fromSeq - 1) tail = await readTail(db, attemptId);
			const taken = tail.lastSeq - fromSeq + 1;
			if (taken < 0) throw new RangeError(`got fromSeq ${fromSeq}, expected at most ${tail.lastSeq + 1}`);
			if (taken > 0 && !(await isOurs(db, attemptId, events, fromSeq))) throw new StoreError('otherTab');
			const rest = events.slice(taken);
			if (rest.length === 0) return;
			const seq = fromSeq + taken;
			const totals = {
				activeMs: rest.reduce((sum, event) => sum + event.activeMs, tail.totals.activeMs),
				strokes: tail.totals.strokes + rest.filter((event) => event.kind === 'stroke').length,
			};
			const entry: JournalEntry = { type: 'events', schemaVersion: 1, attemptId, seq, writer, events: rest, totals };
			try {
				await db.put({ ...entry, _id: entryDocId(attemptId, seq) });
				tails.set(attemptId, { lastSeq: seq + rest.length - 1, totals, lastAt: rest.at(-1)?.at, issues: [] });
				return;
			} catch (error) {
				tails.delete(attemptId);
				if (!isStatus(error, 409)) throw error;
			}
		}
		throw new StoreError('otherTab');
	}

	return {
		async startAttempt(caseId, caseVersion, purpose = 'practice', repair) {
			const at = now().toISOString();
			// Sorts by time: 20250131T093000123Z-1f2e3d4c.
			const id = `${at.replace(/[-:.]/g, '')}-${randomHex(4)}`;
			const attempt: Attempt = {
				type: 'attempt',
				schemaVersion: 1,
				id,
				caseId,
				caseVersion,
				purpose,
				...(repair && { repair }),
				startedAt: at,
			};
			await database.use((db) => db.put({ ...attempt, _id: attemptDocId(id) }));
			return attempt;
		},

		async appendEvents(attemptId, events, fromSeq) {
			if (!Number.isInteger(fromSeq) || fromSeq < 1) throw new RangeError(`got fromSeq ${fromSeq}, expected 1 or more`);
			if (events.length > 0) await database.use((db) => append(db, attemptId, events, fromSeq));
		},

		loadJournal(attemptId) {
			return database.use(async (db) => {
				const [opening, entries, reportDocs] = await Promise.all([
					readOne(db, attemptDocId(attemptId)),
					readRange(db, entriesOf(attemptId)),
					readRange(db, reportsOf(attemptId)),
				]);
				const issues: Issue[] = [];
				if (!opening) issues.push({ code: 'store.attemptMissing', path: attemptDocId(attemptId), params: {} });
				const attempt = opening && validated(attemptSchema, opening, issues);
				const { events, lastSeq, issues: entryIssues } = foldEntries(entries, 1);
				issues.push(...entryIssues);
				const reports = reportDocs.flatMap((doc) => validated(attemptReportSchema, doc, issues) ?? []).sort(byTime);
				return { attempt, events, reports, lastSeq, issues };
			});
		},

		saveReport(attemptId, report, { at, eventSeq, activeMs }) {
			const doc = { type: 'report', schemaVersion: 1, attemptId, at, eventSeq, activeMs, report };
			const checked: AttemptReport = attemptReportSchema.parse(doc);
			return database.use(async (db) => {
				await requireAttempt(db, attemptId);
				for (let round = 0; round < WRITE_ROUNDS; round++) {
					const last = await readLast(db, reportsOf(attemptId));
					const seq = last ? seqOfDocId(last._id) + 1 : 1;
					try {
						await db.put({ ...checked, _id: reportDocId(attemptId, seq) });
						return;
					} catch (error) {
						// Another tab scored at the same moment: its report keeps the number, ours takes the next.
						if (!isStatus(error, 409)) throw error;
					}
				}
				throw new StoreError('otherTab');
			});
		},

		latestAttempt(caseId, caseVersion, purpose = 'practice', repair) {
			return database.use(async (db) =>
				(await readAttempts(db, [])).find(
					(attempt) =>
						attempt.caseId === caseId &&
						attempt.caseVersion === caseVersion &&
						attempt.purpose === purpose &&
						isSameTask(attempt.repair, repair),
				),
			);
		},

		listAttempts() {
			return database.use(async (db) => {
				const issues: Issue[] = [];
				const found = await readAttempts(db, issues);
				const reports = new Map<string, AttemptReport[]>(found.map(({ id }) => [id, []]));
				for (const doc of await readRange(db, allReports)) {
					const report = validated(attemptReportSchema, doc, issues);
					if (report) reports.get(report.attemptId)?.push(report);
				}
				const attempts = await Promise.all(
					found.map(async (attempt): Promise<AttemptSummary> => {
						const tail = await readTail(db, attempt.id);
						issues.push(...tail.issues);
						const scored = (reports.get(attempt.id) ?? []).sort(byTime);
						const moments = [attempt.startedAt, tail.lastAt ?? '', ...scored.map(({ at }) => at)];
						return {
							attempt,
							lastAt: moments.reduce((a, b) => (a > b ? a : b)),
							activeMs: Math.max(tail.totals.activeMs, ...scored.map(({ activeMs }) => activeMs)),
							strokes: tail.totals.strokes,
							reports: scored.map(({ at, activeMs, report }) => ({ at, activeMs, report })),
						};
					}),
				);
				return { attempts, issues };
			});
		},

		deleteAttempt(attemptId) {
			return database.use(async (db) => {
				const opening = await readOne(db, attemptDocId(attemptId));
				const rest = await Promise.all([readRange(db, entriesOf(attemptId)), readRange(db, reportsOf(attemptId))]);
				const docs = [...(opening ? [opening] : []), ...rest.flat()];
				await db.bulkDocs(docs.map(({ _id, _rev }) => ({ _id, _rev, _deleted: true })));
				tails.delete(attemptId);
			});
		},
	};
}
