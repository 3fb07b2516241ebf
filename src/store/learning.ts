import type { Issue } from '../formats/issue.ts';
import { type LearnerEvent, learnerEventSchema, type ProblemEvent } from '../schemas/learnerEvent.ts';
import type { Database } from './database.ts';
import { allLearner, isStatus, learnerDocId, readOne, readRange, validated } from './documents.ts';

/** What a learner did, as the store keeps it. */
export interface LearningStore {
	/** Keeps events; repeating a write is harmless. Throws on what could not be read back. */
	appendLearner(events: readonly LearnerEvent[]): Promise<void>;
	/** From the oldest. `store.entryInvalid` {field} for each document that cannot be read; its path is the document's id. */
	listLearner(): Promise<{ readonly events: readonly LearnerEvent[]; readonly issues: readonly Issue[] }>;
	/** Deletes a note that its writer takes back; what was learned stays. Nothing happens where it is gone. */
	removeProblem(event: ProblemEvent): Promise<void>;
}

export function learningIn(work: Database): LearningStore {
	return {
		async appendLearner(given) {
			const events = given.map((event) => learnerEventSchema.parse(event));
			await work.use(async (db) => {
				for (const event of events) {
					try {
						await db.put({ ...event, _id: learnerDocId(event) });
					} catch (error) {
						// Written before, by this tab or a backup: events never change.
						if (!isStatus(error, 409)) throw error;
					}
				}
			});
		},

		listLearner() {
			return work.use(async (db) => {
				const issues: Issue[] = [];
				const events = (await readRange(db, allLearner)).flatMap((doc) => {
					const event = validated(learnerEventSchema, doc, issues);
					if (event && learnerDocId(event) === doc._id) return [event];
					if (event) issues.push({ code: 'store.entryInvalid', path: doc._id, params: { field: '_id' } });
					return [];
				});
				return { events, issues };
			});
		},

		removeProblem(event) {
			return work.use(async (db) => {
				const stored = await readOne(db, learnerDocId(event));
				if (stored) await db.put({ _id: stored._id, _rev: stored._rev, _deleted: true });
			});
		},
	};
}
