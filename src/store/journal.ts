import type { Issue } from '../formats/issue.ts';
import { type AttemptEvent, type JournalEntry, journalEntrySchema } from '../schemas/attempt.ts';
import { type Stored, seqOfDocId, validated } from './documents.ts';

/** What a run of entries adds up to. */
export interface FoldedEntries {
	readonly events: readonly AttemptEvent[];
	readonly lastSeq: number;
	readonly totals: JournalEntry['totals'];
	/** ISO 8601; undefined where there is no event. */
	readonly lastAt: string | undefined;
	readonly issues: readonly Issue[];
}

/** Numbers that an unreadable entry occupies, so that the next write does not collide with it. */
function lengthOf(doc: Stored): number {
	const { events } = doc as { events?: unknown };
	return Array.isArray(events) ? Math.max(1, events.length) : 1;
}

/** Entries in the order of their ids, the first expected to begin at `fromSeq`. */
export function foldEntries(docs: readonly Stored[], fromSeq: number): FoldedEntries {
	const events: AttemptEvent[] = [];
	const issues: Issue[] = [];
	let totals: JournalEntry['totals'] = { activeMs: 0, strokes: 0 };
	let lastSeq = fromSeq - 1;
	for (const doc of docs) {
		const seq = seqOfDocId(doc._id);
		const entry = validated(journalEntrySchema, doc, issues);
		if (seq > lastSeq + 1) {
			issues.push({ code: 'store.seqGap', path: doc._id, params: { from: lastSeq + 1, to: seq - 1 } });
		}
		if (entry && (entry.seq !== seq || seq <= lastSeq)) {
			issues.push({ code: 'store.entryInvalid', path: doc._id, params: { field: 'seq' } });
		} else if (entry) {
			events.push(...entry.events);
			totals = entry.totals;
		}
		lastSeq = Math.max(lastSeq, seq + lengthOf(doc) - 1);
	}
	return { events, lastSeq, totals, lastAt: events.at(-1)?.at, issues };
}
