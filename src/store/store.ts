import type { Issue, Result } from '../formats/issue.ts';
import type { Region } from '../protocol/protocol.ts';
import type { Attempt, AttemptEvent, AttemptReport, Purpose, RepairTask } from '../schemas/attempt.ts';
import type { CaseManifest } from '../schemas/caseManifest.ts';
import type { ScoreReport } from '../scoring/scoreReport.ts';
import { attemptsIn } from './attempts.ts';
import { casesIn } from './cases.ts';
import { openIdb, reopening } from './database.ts';
import { type LearningStore, learningIn } from './learning.ts';
import { type RawStore, rawIn } from './raw.ts';

/** An attempt as it was found: what could be read, and what was wrong. */
export interface Journal {
	/** Undefined where there is none, or none that can be read (`issues` says which). */
	readonly attempt: Attempt | undefined;
	/** In order. Event number n is `events[n - 1]`, unless `issues` says that some are missing. */
	readonly events: readonly AttemptEvent[];
	/** From the oldest. */
	readonly reports: readonly AttemptReport[];
	/** Number of the last event, 0 where there is none: the next one is `lastSeq + 1`. */
	readonly lastSeq: number;
	/** `store.attemptMissing`, `store.entryInvalid` {field}, `store.seqGap` {from, to}; the path is the document's id. */
	readonly issues: readonly Issue[];
}

/** One line of the list of attempts. */
export interface AttemptSummary {
	readonly attempt: Attempt;
	/** ISO 8601: the last event or report; the start where there is neither. */
	readonly lastAt: string;
	readonly activeMs: number;
	readonly strokes: number;
	/** From the oldest. */
	readonly reports: readonly {
		readonly at: string;
		/** Milliseconds of work up to the scoring. */
		readonly activeMs: number;
		readonly report: ScoreReport<Region>;
	}[];
}

/** A case kept in this browser. */
export interface StoredCase {
	readonly manifest: CaseManifest;
	/** ISO 8601. */
	readonly addedAt: string;
	/** Sum of the files in bytes. */
	readonly bytes: number;
}

export interface ReportMoment {
	/** ISO 8601, UTC. */
	readonly at: string;
	/** Number of the last event that was scored; 0 where nothing was drawn. */
	readonly eventSeq: number;
	readonly activeMs: number;
}

/**
 * Cases and attempts in this browser. Every method may reject with a `StoreError` (`full`, `unavailable`;
 * others where said). A resolved write is in the browser's database and survives the end of the tab.
 */
export interface Store extends LearningStore {
	/** Keeps a case of this device with its files, by the names the manifest gives; an older one of that id is replaced. */
	putCase(manifest: CaseManifest, files: ReadonlyMap<string, Blob>): Promise<void>;
	/** Issues: `store.caseMissing`, `store.entryInvalid`. */
	getCase(id: string): Promise<Result<CaseManifest>>;
	/** Rejects with `gone` where the case or the file is not there. */
	caseFile(id: string, name: string): Promise<Blob>;
	/** The newest first. */
	listCases(): Promise<{ readonly cases: readonly StoredCase[]; readonly issues: readonly Issue[] }>;
	/** Frees the files' room. The attempts at the case stay. */
	removeCase(id: string): Promise<void>;

	startAttempt(caseId: string, caseVersion: string, purpose?: Purpose, repair?: RepairTask): Promise<Attempt>;
	/**
	 * Writes events `fromSeq`, `fromSeq + 1` … in one piece: all or none. Repeating a write that did get through is
	 * harmless. Rejects with `otherTab` where another tab went on with the attempt, `gone` where it was deleted;
	 * throws where `fromSeq` leaves a gap.
	 */
	appendEvents(attemptId: string, events: readonly AttemptEvent[], fromSeq: number): Promise<void>;
	loadJournal(attemptId: string): Promise<Journal>;
	saveReport(attemptId: string, report: ScoreReport<Region>, moment: ReportMoment): Promise<void>;
	/** The attempt at exactly these images, for this purpose and of a repair this task, that was started last. */
	latestAttempt(
		caseId: string,
		caseVersion: string,
		purpose?: Purpose,
		repair?: RepairTask,
	): Promise<Attempt | undefined>;
	/** The newest first. Reads the last entry of each attempt, not its journal. */
	listAttempts(): Promise<{ readonly attempts: readonly AttemptSummary[]; readonly issues: readonly Issue[] }>;
	deleteAttempt(attemptId: string): Promise<void>;

	/** All of it as it is stored, for a backup and its way back. */
	readonly raw: RawStore;

	close(): Promise<void>;
}

export interface StoreOptions {
	/** Prefix of the databases' names. */
	readonly name?: string;
	/** How a database is opened; the browser's IndexedDB unless a test says otherwise. */
	readonly openDatabase?: (name: string) => PouchDB.Database;
	readonly now?: () => Date;
}

/** Opens nothing yet: the first call does, so that a page without a database still comes up. */
export function openStore({
	name = 'concord',
	openDatabase = openIdb,
	now = () => new Date(),
}: StoreOptions = {}): Store {
	// Two databases: work will be synchronised, files opened from a disk never leave the browser.
	const work = reopening(() => openDatabase(`${name}-work`));
	const cases = reopening(() => openDatabase(`${name}-cases`));
	return {
		...casesIn(cases, now),
		...attemptsIn(work, now),
		...learningIn(work),
		raw: rawIn(work, cases),
		async close() {
			await Promise.all([work.close(), cases.close()]);
		},
	};
}
