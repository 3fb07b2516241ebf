import learningFile from '../../../content/policy/learning.json' with { type: 'json' };
import marksFile from '../../../content/policy/marks.json' with { type: 'json' };
import { drawingsOf } from '../../learning/drawing.ts';
import { foldLearner, type LearnerState } from '../../learning/fold.ts';
import type { Family } from '../../protocol/protocol.ts';
import { type Catalogue, catalogueSchema } from '../../schemas/caseManifest.ts';
import type { LearnerEvent } from '../../schemas/learnerEvent.ts';
import { type LearningPolicy, learningPolicySchema } from '../../schemas/learningPolicy.ts';
import type { Localized } from '../../schemas/localized.ts';
import { marksPolicySchema } from '../../schemas/marksPolicy.ts';
import { readCatalogueJson } from '../../workers/caseSource.ts';
import { learnerStore } from './learnerStore.ts';

/** What is known of whoever learns on this device. */
export interface Learner {
	readonly state: LearnerState;
	readonly events: readonly LearnerEvent[];
	/** Whether anything was done at all. */
	readonly isNew: boolean;
	/** Cases of the catalogue for practice; empty where it cannot be had. */
	readonly cases: Catalogue['cases'];
	/** Title of a case of the catalogue or of one's own, by its id. */
	readonly titles: ReadonlyMap<string, Localized>;
	/** Records that could not be read. */
	readonly unreadable: number;
	readonly policy: LearningPolicy;
}

export interface LoadOptions {
	/** The catalogue's rules, in its order. */
	readonly rules: readonly string[];
	/** Ids of cases with an expert's example. */
	readonly workedCases: readonly string[];
	/** What counts as done though it is not in the store yet. */
	readonly unkept?: readonly LearnerEvent[];
}

const learningPolicy: LearningPolicy = learningPolicySchema.parse(learningFile);
const marks = marksPolicySchema.parse(marksFile);

/** Reads all that was done from the store and folds it, as of now. Rejects with a `StoreError`. */
export async function loadLearner({ rules, workedCases, unkept = [] }: LoadOptions): Promise<Learner> {
	const store = await learnerStore();
	const [{ events, issues }, attempts, own, cases] = await Promise.all([
		store.listLearner(),
		store.listAttempts(),
		store.listCases(),
		readCases(),
	]);
	const families = new Map<string, Family>([
		...cases.map(({ id, family }) => [id, family] as const),
		...own.cases.map(({ manifest: { id, family } }) => [id, family] as const),
	]);
	const drawings = drawingsOf(attempts.attempts, families);
	const all = [...events, ...unkept];
	const state = foldLearner(all, drawings, new Date(), {
		policy: learningPolicy,
		marks,
		rules: rules.map((id) => ({ id })),
		families,
		workedCases,
	});
	return {
		state,
		events,
		isNew: drawings.length === 0 && all.every(({ kind }) => kind === 'problem'),
		cases,
		titles: new Map([...cases, ...own.cases.map(({ manifest }) => manifest)].map(({ id, title }) => [id, title])),
		unreadable: issues.length + attempts.issues.length,
		policy: learningPolicy,
	};
}

/** The catalogue's cases for practice; none where it cannot be reached, as it only adds to what is known. */
async function readCases(): Promise<Catalogue['cases']> {
	try {
		const parsed = catalogueSchema.safeParse(
			await readCatalogueJson('/cases/index.json', new AbortController().signal),
		);
		return parsed.success ? parsed.data.cases.filter(({ use }) => use === undefined) : [];
	} catch {
		// No server, and never read before: cases then have no family here, which the next visit puts right.
		return [];
	}
}
