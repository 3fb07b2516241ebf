import { type Difficulty, FAMILIES, type Family, type Region } from '../protocol/protocol.ts';
import type { LearningPolicy } from '../schemas/learningPolicy.ts';
import type { Place } from '../scoring/findings/finding.ts';
import { regionsDrawn } from './drawing.ts';
import type { LearnerState } from './fold.ts';
import { type PathPlace, STAGES, type Stage } from './path.ts';

/** Something to do next, and why. Words are made where it is shown. */
export type NextStep = { readonly minutes: number } & (
	| {
			/** The last drawing has faults that would fail an exam: put them right. */
			readonly kind: 'fix';
			readonly attemptId: string;
			readonly caseId: string;
			/** The first of them. */
			readonly region: Region;
			readonly where: Place | null;
			readonly rules: readonly string[];
	  }
	/** Rules that are due, the least remembered first. */
	| { readonly kind: 'review'; readonly rules: readonly string[]; readonly weak: number }
	/** The next stage of the way in a family. Without a case there is none left that is new: any will do. */
	| {
			readonly kind: Exclude<Stage, 'mock'>;
			readonly family: Family;
			readonly caseId: string | undefined;
			readonly place: PathPlace;
	  }
	/** Every family has come to the mock exam. */
	| { readonly kind: 'mock' }
	/** A lesson not read yet; `weak` and `fresh`: how many of its rules are weak, and were never met. */
	| { readonly kind: 'lesson'; readonly lesson: string; readonly weak: number; readonly fresh: number }
);

/** What there is to do. */
export interface Offer {
	/** In their order. */
	readonly lessons: readonly { readonly slug: string; readonly minutes: number; readonly rules: readonly string[] }[];
	/** Cases that can be drawn and scored, the ones to begin with first. */
	readonly cases: readonly {
		readonly id: string;
		readonly family: Family;
		readonly difficulty?: Difficulty | undefined;
	}[];
	/** Cases with an expert's example. */
	readonly workedCases: readonly string[];
}

const EASIEST: readonly (Difficulty | undefined)[] = ['easy', 'medium', undefined, 'hard'];

/**
 * What to do next, the first thing first; each kind once at most. Never empty while there is something on offer. Faults that
 * fail an exam come first, then what is about to be forgotten, then the way, then what was not read yet; who begins starts on
 * the way.
 */
export function nextSteps(state: LearnerState, offer: Offer, policy: LearningPolicy): NextStep[] {
	const way = wayStep(state, offer, policy);
	const steps = [fixStep(state, policy), reviewStep(state, policy), way, lessonStep(state, offer)];
	return steps.filter((step) => step !== undefined);
}

function fixStep({ lastDrawing }: LearnerState, policy: LearningPolicy): NextStep | undefined {
	if (!lastDrawing) return undefined;
	const { attemptId, caseId, report } = lastDrawing;
	const drawn = regionsDrawn(report);
	const faults = (report.findings?.list ?? []).filter(
		({ hardFail, region }) => hardFail !== null && drawn.includes(region),
	);
	const [first] = faults;
	if (!first) return undefined;
	const rules = [...new Set(faults.flatMap((finding) => finding.rules))];
	return {
		kind: 'fix',
		minutes: policy.minutes.fix,
		attemptId,
		caseId,
		region: first.region,
		where: first.where,
		rules,
	};
}

function reviewStep({ due, mastery }: LearnerState, policy: LearningPolicy): NextStep | undefined {
	const rules = [...new Set(due.map(({ rule }) => rule))];
	if (rules.length === 0) return undefined;
	const weak = rules.filter((rule) => mastery.get(rule) === 'weak').length;
	const items = Math.min(rules.length, policy.session.items);
	return { kind: 'review', minutes: items * policy.minutes.reviewItem, rules, weak };
}

/**
 * The family to go on in: one that was begun stays until a whole case of it went well, so that one thing is learned at a
 * time; from then on families take turns, the one that is furthest behind and longest not met first.
 */
function wayStep(state: LearnerState, { cases, workedCases }: Offer, policy: LearningPolicy): NextStep | undefined {
	const families = new Set(cases.map(({ family }) => family));
	const open = state.paths.filter(({ family, stage }) => families.has(family) && stage !== 'mock');
	if (open.length === 0) return families.size > 0 ? { kind: 'mock', minutes: policy.minutes.mock } : undefined;
	const rank = ({ stage }: PathPlace) => STAGES.indexOf(stage);
	const begun = open
		.filter((place) => place.lastAt !== undefined && rank(place) < STAGES.indexOf('delayed'))
		.sort((a, b) => (a.lastAt! > b.lastAt! ? -1 : 1))[0];
	const turn = [...open].sort(
		(a, b) =>
			rank(a) - rank(b) ||
			((a.lastAt ?? '') < (b.lastAt ?? '') ? -1 : (a.lastAt ?? '') > (b.lastAt ?? '') ? 1 : 0) ||
			FAMILIES.indexOf(a.family) - FAMILIES.indexOf(b.family),
	)[0];
	const place = begun ?? turn!;
	const kind = place.stage as Exclude<Stage, 'mock'>;
	const own = cases.filter(({ family }) => family === place.family);
	const fresh = own
		.filter(({ id }) => !state.drawn.has(id))
		.sort((a, b) => EASIEST.indexOf(a.difficulty) - EASIEST.indexOf(b.difficulty))[0];
	const example = own.find(({ id }) => workedCases.includes(id) && !state.worked.has(id));
	const caseId = kind === 'worked' ? example?.id : kind === 'repair' ? undefined : fresh?.id;
	return { kind, minutes: policy.minutes[kind], family: place.family, caseId, place };
}

/** The lesson not read with the most weak rules; of equal ones the first. */
function lessonStep({ lessons, mastery }: LearnerState, offer: Offer): NextStep | undefined {
	const count = (rules: readonly string[], wanted: string) =>
		rules.filter((rule) => mastery.get(rule) === wanted).length;
	const open = offer.lessons
		.filter(({ slug }) => !lessons.has(slug))
		.map(({ slug, minutes, rules }) => ({ slug, minutes, weak: count(rules, 'weak'), fresh: count(rules, 'new') }))
		.sort((a, b) => b.weak - a.weak);
	const first = open[0];
	if (!first) return undefined;
	return { kind: 'lesson', lesson: first.slug, minutes: first.minutes, weak: first.weak, fresh: first.fresh };
}
