import { FAMILIES, type Family } from '../protocol/protocol.ts';
import type { LearnerEvent } from '../schemas/learnerEvent.ts';
import type { LearningPolicy } from '../schemas/learningPolicy.ts';
import type { MarksPolicy } from '../scoring/marks.ts';
import { dueCards, foldCards, type RuleCard } from './cards.ts';
import { byTime, type ScoredDrawing, unaidedTrials } from './drawing.ts';
import { type Mastery, masteryOf } from './mastery.ts';
import { type PathPlace, placeIn } from './path.ts';
import { foldRegions, type RegionScores } from './regionScores.ts';
import { type Trial, trialsOfAnswer } from './trial.ts';

/** What a learner knows, as far as can be told. */
export interface LearnerState {
	/** By `cardKey`. */
	readonly cards: ReadonlyMap<string, RuleCard>;
	/** Of every rule of the catalogue, in its order. */
	readonly mastery: ReadonlyMap<string, Mastery>;
	/** Cards that are due (`dueCards`), the least remembered first. */
	readonly due: readonly RuleCard[];
	/** When the next card comes due, ISO 8601; undefined where no card waits. */
	readonly nextDue: string | undefined;
	/** Scores of regions by family. */
	readonly regions: readonly RegionScores[];
	/** The place on the way in each family, in the consensus' order. */
	readonly paths: readonly PathPlace[];
	/** Slugs of lessons read, ids of worked cases gone through. */
	readonly lessons: ReadonlySet<string>;
	readonly worked: ReadonlySet<string>;
	/** When each question or item of a drill was answered last, ISO 8601. */
	readonly answered: ReadonlyMap<string, string>;
	/** Cases drawn and scored. */
	readonly drawn: ReadonlySet<string>;
	/** The last score of a drawing; undefined where there is none. */
	readonly lastDrawing: ScoredDrawing | undefined;
}

/** By what is folded. */
export interface FoldOptions {
	readonly policy: LearningPolicy;
	readonly marks: MarksPolicy;
	/** The catalogue's rules, in its order. */
	readonly rules: readonly { readonly id: string }[];
	/** Family of a case by its id, as far as it is known. */
	readonly families: ReadonlyMap<string, Family>;
	/** Cases with an expert's example. */
	readonly workedCases: readonly string[];
}

/**
 * Everything that was done, in order of time, into what is known `now`. The order of the lists makes no difference, nor
 * does an event that comes twice; what lies after `now` is not yet. Rules that the catalogue does not have are left out.
 */
export function foldLearner(
	events: readonly LearnerEvent[],
	drawings: readonly ScoredDrawing[],
	now: Date,
	{ policy, marks, rules, families, workedCases }: FoldOptions,
): LearnerState {
	const until = now.toISOString();
	const own = [...new Map(events.map((event) => [event.id, event])).values()]
		.filter(({ at }) => at <= until)
		.sort((a, b) => byTime(a, b) || (a.id < b.id ? -1 : 1));
	const scored = drawings
		.filter(({ at }) => at <= until)
		.sort((a, b) => byTime(a, b) || (a.attemptId < b.attemptId ? -1 : a.attemptId > b.attemptId ? 1 : 0));
	const known = new Set(rules.map(({ id }) => id));
	const answers = own.filter((event) => event.kind === 'answer');
	const trials = [...answers.flatMap((event) => trialsOfAnswer(event, policy)), ...unaidedTrials(scored, policy)]
		.filter(({ rule }) => known.has(rule))
		.sort(byTime);
	const byRule = new Map<string, Trial[]>();
	for (const trial of trials) byRule.set(trial.rule, [...(byRule.get(trial.rule) ?? []), trial]);
	const cards = foldCards(trials, policy, now);
	const due = dueCards(cards.values(), now);
	const waiting = [...cards.values()].flatMap((card) => (card.due > until ? [card.due] : [])).sort();
	return {
		cards,
		mastery: new Map(rules.map(({ id }) => [id, masteryOf(byRule.get(id) ?? [], policy)])),
		due,
		nextDue: waiting[0],
		regions: foldRegions(scored, policy, marks),
		paths: FAMILIES.map((family) => placeIn(family, { events: own, drawings: scored, families, workedCases }, policy)),
		lessons: new Set(own.flatMap((event) => (event.kind === 'lesson' ? [event.lesson] : []))),
		worked: new Set(own.flatMap((event) => (event.kind === 'worked' ? [event.case] : []))),
		answered: new Map(answers.map(({ item, at }) => [item, at])),
		drawn: new Set(scored.map(({ caseId }) => caseId)),
		lastDrawing: scored.at(-1),
	};
}
