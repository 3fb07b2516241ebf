import type { Family } from '../protocol/protocol.ts';
import type { LearnerEvent } from '../schemas/learnerEvent.ts';
import type { LearningPolicy } from '../schemas/learningPolicy.ts';
import { hasHardFail, regionsDrawn, type ScoredDrawing, tierOf } from './drawing.ts';
import { hasAdvanced } from './mastery.ts';
import { gradeAnswer, isGood, type Trial } from './trial.ts';

/**
 * The way of a learner, in each family: an expert's example; a drawing with a planted error; one region; a whole case that
 * may be scored and bettered; a whole case whose first score is good, without help before it; a mock exam.
 */
export const STAGES = ['worked', 'repair', 'region', 'case', 'delayed', 'mock'] as const;
export type Stage = (typeof STAGES)[number];

/** Where somebody stands on the way in one family. */
export interface PathPlace {
	readonly family: Family;
	readonly stage: Stage;
	/** Good ones in a row at this stage, and how many it takes to go on. */
	readonly good: number;
	readonly needed: number;
	/** Whether fails at the next stage led back here. */
	readonly steppedBack: boolean;
	/** ISO 8601: what was done last in the family; undefined where nothing was. */
	readonly lastAt: string | undefined;
}

/** What was done at a stage. */
type StageTrial = Pick<Trial, 'at' | 'grade' | 'hardFail'>;
type StageTrials = Record<Stage, StageTrial[]>;

/** What the way is read from. `drawings` and `events` from the oldest. */
export interface PathInput {
	readonly events: readonly LearnerEvent[];
	readonly drawings: readonly ScoredDrawing[];
	/** Family of a case by its id. */
	readonly families: ReadonlyMap<string, Family>;
	/** Cases with an expert's example; a family that has none begins with repairs. */
	readonly workedCases: readonly string[];
}

/** Case of a drill's item `drill:<kind>:<case>[:…]`; undefined for other items. */
export const caseOfItem = (item: string) => /^drill:[^:]+:([^:]+)/.exec(item)?.[1];
const isRepair = (item: string) => item.startsWith('drill:repair:');

/** The place in one family. A stage once passed need not be passed again; who leaps one has passed it. */
export function placeIn(family: Family, input: PathInput, policy: LearningPolicy): PathPlace {
	const trials = trialsByStage(family, input, policy);
	const hasExample = input.workedCases.some((id) => input.families.get(id) === family);
	const needed = (stage: Stage) => (stage === 'worked' ? 1 : policy.advance.attempts);
	const passed = STAGES.findLastIndex((stage) => hasEverAdvanced(trials[stage], needed(stage)));
	const reached = Math.min(Math.max(passed + 1, hasExample ? 0 : 1), STAGES.length - 1);
	const fails = trials[STAGES[reached]!].slice(-policy.stepBack.fails);
	const before = STAGES[reached - 1];
	const lastFail = fails.at(-1)?.at ?? '';
	const again = before ? trials[before].filter(({ at }) => at > lastFail) : [];
	const steppedBack =
		before !== undefined &&
		(hasExample || before !== 'worked') &&
		fails.length >= policy.stepBack.fails &&
		fails.every(isFail) &&
		!hasAdvanced(again, needed(before));
	const stage = steppedBack ? before : STAGES[reached]!;
	const counted = steppedBack ? again : trials[stage];
	const all = STAGES.flatMap((each) => trials[each].map(({ at }) => at));
	return {
		family,
		stage,
		good: counted.length - 1 - counted.findLastIndex((trial) => !isGood(trial)),
		needed: needed(stage),
		steppedBack,
		lastAt: all.length > 0 ? all.reduce((a, b) => (a > b ? a : b)) : undefined,
	};
}

const isFail = ({ grade, hardFail }: StageTrial) => hardFail || grade === 'again';

function hasEverAdvanced(trials: readonly StageTrial[], needed: number): boolean {
	return trials.some((_, n) => hasAdvanced(trials.slice(0, n + 1), needed));
}

function trialsByStage(family: Family, { events, drawings, families }: PathInput, policy: LearningPolicy): StageTrials {
	const trials: StageTrials = { worked: [], repair: [], region: [], case: [], delayed: [], mock: [] };
	for (const event of events) {
		const { at } = event;
		if (event.kind === 'worked' && families.get(event.case) === family)
			trials.worked.push({ at, grade: 'good', hardFail: false });
		if (event.kind === 'answer' && isRepair(event.item) && families.get(caseOfItem(event.item) ?? '') === family)
			trials.repair.push({ at, grade: gradeAnswer(event, policy), hardFail: event.hardFail === true });
	}
	for (const scores of byAttempt(drawings.filter((drawing) => drawing.family === family))) {
		const [first, last] = [scores[0]!, scores.at(-1)!];
		trials[isWhole(first) ? 'delayed' : 'region'].push(gradeDrawing(first));
		if (isWhole(last)) trials.case.push(gradeDrawing(last));
	}
	return trials;
}

function byAttempt(drawings: readonly ScoredDrawing[]): ScoredDrawing[][] {
	const attempts = new Map<string, ScoredDrawing[]>();
	for (const drawing of drawings)
		attempts.set(drawing.attemptId, [...(attempts.get(drawing.attemptId) ?? []), drawing]);
	return [...attempts.values()];
}

/** Whether every region that has a reference was drawn. */
const isWhole = ({ report }: ScoredDrawing) => regionsDrawn(report).length === report.regions.length;

function gradeDrawing({ at, report }: ScoredDrawing): StageTrial {
	const drawn = regionsDrawn(report);
	const tier = tierOf(report, drawn);
	const grade = tier === 'below' ? 'again' : tier === 'qualified' ? 'hard' : 'good';
	return { at, grade, hardFail: hasHardFail(report, drawn) };
}
