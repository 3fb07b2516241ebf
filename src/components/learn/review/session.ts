import type { LearnerState } from '../../../learning/fold.ts';
import type { Given } from '../../../learning/markAnswer.ts';
import { interleave, type QueueLimits, type ReviewItem, reviewQueue } from '../../../learning/reviewQueue.ts';
import type { Asked, ReviewBundle } from './reviewBundle.ts';

/** What a session asks about; `due`: what is about to be forgotten, and a few new rules. */
export type ReviewMode =
	| { readonly kind: 'due' }
	| { readonly kind: 'all' }
	| { readonly kind: 'section' | 'rule' | 'lesson' | 'question'; readonly value: string };

/** The mode that an address asks for: `?section=4`, `?rule=R6-8b`, `?lesson=scope`, `?question=q-1-family-01`, `?all`; nothing asks for what is due. */
export function modeOf(search: string): ReviewMode {
	const query = new URLSearchParams(search);
	for (const kind of ['section', 'rule', 'lesson', 'question'] as const) {
		const value = query.get(kind);
		if (value) return { kind, value };
	}
	return query.has('all') ? { kind: 'all' } : { kind: 'due' };
}

/** The query of an address that asks for a mode; empty for what is due. */
export function searchOf(mode: ReviewMode): string {
	if (mode.kind === 'due') return '';
	return mode.kind === 'all' ? '?all' : `?${new URLSearchParams({ [mode.kind]: mode.value })}`;
}

/** The ids of what to ask, in this order; empty where there is nothing. A rule is asked all there is, others as the limits say. */
export function chooseItems(
	mode: ReviewMode,
	{ questions, lessons }: Pick<ReviewBundle, 'questions' | 'lessons'>,
	state: Pick<LearnerState, 'due' | 'mastery' | 'answered'>,
	limits: QueueLimits,
): string[] {
	if (mode.kind === 'due') {
		// Here are questions alone: what comes due of a drill is asked as one, as what comes out of a drawing is.
		const due = state.due.map((card) => (card.form === 'drill' ? { ...card, form: 'drawing' as const } : card));
		return reviewQueue(questions.map(asItem), { ...state, due }, limits).map(({ id }) => id);
	}
	const fitting = questions
		.filter((question) => fits(mode, question, lessons))
		.map((question, order) => ({ question, order, last: state.answered.get(question.id) ?? '' }))
		.sort((a, b) => (a.last === b.last ? a.order - b.order : a.last < b.last ? -1 : 1))
		.map(({ question }) => asItem(question));
	if (mode.kind === 'rule') return fitting.map(({ id }) => id);
	const chosen = fitting.slice(0, limits.items);
	const row = interleave(chosen);
	// Where all are about one rule they cannot be kept apart, and are asked nevertheless.
	return [...row, ...chosen.filter((item) => !row.includes(item))].map(({ id }) => id);
}

const asItem = ({ id, rules, section }: Asked): ReviewItem => ({ id, form: 'question', rules, family: section });

function fits(mode: ReviewMode, { id, section, rules }: Asked, lessons: ReviewBundle['lessons']): boolean {
	switch (mode.kind) {
		case 'section':
			return section === mode.value;
		case 'rule':
			return rules.includes(mode.value);
		case 'question':
			return id === mode.value;
		case 'lesson':
			return (lessons[mode.value]?.rules ?? []).some((rule) => rules.includes(rule));
		default:
			return true;
	}
}

/** One answer of a session. */
export interface SessionAnswer {
	readonly given: Given;
	/** 0..1. */
	readonly score: number;
}

/** A session as far as it has come. A value: each step gives a new one. */
export interface ReviewSession {
	/** Query of the address that began it. */
	readonly search: string;
	readonly items: readonly string[];
	/** Index of the item that is shown; as many as there are items where the session is over. */
	readonly at: number;
	/** By item. */
	readonly answers: Readonly<Record<string, SessionAnswer>>;
}

export const startSession = (mode: ReviewMode, items: readonly string[]): ReviewSession => ({
	search: searchOf(mode),
	items,
	at: 0,
	answers: {},
});

/** The item that is shown; undefined where the session is over. */
export const currentItem = ({ items, at }: ReviewSession) => items[at];

export function withAnswer(session: ReviewSession, answer: SessionAnswer): ReviewSession {
	const item = currentItem(session);
	if (item === undefined) throw new Error('got an answer after the session, expected none');
	// The first answer counts: a page that was gone back to asks nothing twice.
	if (session.answers[item]) return session;
	return { ...session, answers: { ...session.answers, [item]: answer } };
}

/** The next item. Throws where the one that is shown was not answered. */
export function withNext(session: ReviewSession): ReviewSession {
	const item = currentItem(session);
	if (item !== undefined && !session.answers[item]) throw new Error(`got no answer to ${item}, expected one`);
	return { ...session, at: Math.min(session.at + 1, session.items.length) };
}

const KEPT = 'concord.review';
type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Notes a session for a reload of the tab; one that is over is forgotten. */
export function keepSession(session: ReviewSession, storage: KeyValue): void {
	try {
		if (currentItem(session) === undefined) storage.removeItem(KEPT);
		else storage.setItem(KEPT, JSON.stringify(session));
	} catch {
		// Blocked or full: then a reload begins anew; the answers are kept elsewhere.
	}
}

/** The session that a reload of this address goes on with; undefined where there is none, or one of questions that are gone. */
export function keptSession(
	mode: ReviewMode,
	questions: readonly Asked[],
	storage: KeyValue,
): ReviewSession | undefined {
	try {
		const kept = JSON.parse(storage.getItem(KEPT) ?? 'null') as ReviewSession | null;
		const known = new Set(questions.map(({ id }) => id));
		if (kept?.search !== searchOf(mode) || !kept.items.every((id) => known.has(id))) return undefined;
		return currentItem(kept) === undefined ? undefined : kept;
	} catch {
		return undefined;
	}
}

/** What a session showed of one rule. */
export interface RuleOutcome {
	readonly rule: string;
	/** Mean of the answers about it, 0..1. */
	readonly score: number;
	/** ISO 8601: when it is asked again; undefined where that is not known. */
	readonly due: string | undefined;
	readonly weak: boolean;
}

/** The rules that were asked, the worst answered first; of equal ones what comes back sooner. */
export function outcomes(
	{ answers }: Pick<ReviewSession, 'answers'>,
	questions: readonly Asked[],
	state: Pick<LearnerState, 'cards' | 'mastery'> | undefined,
): RuleOutcome[] {
	const scores = new Map<string, number[]>();
	for (const question of questions) {
		const answer = answers[question.id];
		if (!answer) continue;
		for (const rule of question.rules) scores.set(rule, [...(scores.get(rule) ?? []), answer.score]);
	}
	return [...scores]
		.map(([rule, all]) => ({
			rule,
			score: all.reduce((sum, score) => sum + score, 0) / all.length,
			due: state?.cards.get(`${rule} question`)?.due,
			weak: state?.mastery.get(rule) === 'weak',
		}))
		.sort((a, b) => a.score - b.score || ((a.due ?? '') < (b.due ?? '') ? -1 : 1));
}
