import type { Family } from '../protocol/protocol.ts';
import type { LearnerEvent } from '../schemas/learnerEvent.ts';
import type { LearningPolicy } from '../schemas/learningPolicy.ts';
import { byTime, hasHardFail, regionsDrawn, type ScoredDrawing, tierOf } from './drawing.ts';
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
type StageTrial = Pick<Trial, 'at' | 'grade' | 'hardFail'> & { readonly stage: Stage };

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
const caseOfItem = (item: string) => /^drill:[^:]+:([^:]+)/.exec(item)?.[1];
const isRepair = (item: string) => item.startsWith('drill:repair:');

/**
 * The place in one family. Good trials in a row pass a stage, fails in a row at the stage somebody has come to lead back to
 * the one before. Who leaps a stage has passed it; what is done of one that was passed changes nothing.
 */
export function placeIn(family: Family, input: PathInput, policy: LearningPolicy): PathPlace {
	const hasExample = input.workedCases.some((id) => input.families.get(id) === family);
	const first = hasExample ? 0 : 1;
	const needed = (stage: number) => (STAGES[stage] === 'worked' ? 1 : policy.advance.attempts);
	const good = STAGES.map(() => 0);
	let fails = 0;
	let here = first;
	let steppedBack = false;
	const trials = trialsOf(family, input, policy);
	for (const trial of trials) {
		const stage = STAGES.indexOf(trial.stage);
		good[stage] = isGood(trial) ? good[stage]! + 1 : 0;
		if (stage === here) fails = isFail(trial) ? fails + 1 : 0;
		const passed = stage >= here && good[stage]! >= needed(stage);
		const failed = stage === here && fails >= policy.stepBack.fails && here > first;
		if (!passed && !failed) continue;
		here = passed ? Math.min(stage + 1, STAGES.length - 1) : here - 1;
		steppedBack = failed;
		fails = 0;
		if (failed) good.fill(0, here);
	}
	return {
		family,
		stage: STAGES[here]!,
		good: Math.min(good[here]!, needed(here)),
		needed: needed(here),
		steppedBack,
		lastAt: trials.at(-1)?.at,
	};
}

const isFail = ({ grade, hardFail }: StageTrial) => hardFail || grade === 'again';

/** Everything that was done in the family, from the oldest; of equal times by stage. */
function trialsOf(family: Family, { events, drawings, families }: PathInput, policy: LearningPolicy): StageTrial[] {
	const trials: StageTrial[] = [];
	for (const event of events) {
		const { at } = event;
		if (event.kind === 'worked' && families.get(event.case) === family)
			trials.push({ stage: 'worked', at, grade: 'good', hardFail: false });
		if (event.kind === 'answer' && isRepair(event.item) && families.get(caseOfItem(event.item) ?? '') === family)
			trials.push({ stage: 'repair', at, grade: gradeAnswer(event, policy), hardFail: event.hardFail === true });
	}
	for (const scores of byAttempt(drawings.filter((drawing) => drawing.family === family))) {
		const [first, last] = [scores[0]!, scores.at(-1)!];
		trials.push({ stage: isWhole(first) ? 'delayed' : 'region', ...gradeDrawing(first) });
		if (isWhole(last)) trials.push({ stage: 'case', ...gradeDrawing(last) });
	}
	return trials.sort((a, b) => byTime(a, b) || STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage));
}

function byAttempt(drawings: readonly ScoredDrawing[]): ScoredDrawing[][] {
	const attempts = new Map<string, ScoredDrawing[]>();
	for (const drawing of drawings)
		attempts.set(drawing.attemptId, [...(attempts.get(drawing.attemptId) ?? []), drawing]);
	return [...attempts.values()];
}

/** Whether every region that has a reference was drawn. */
const isWhole = ({ report }: ScoredDrawing) => regionsDrawn(report).length === report.regions.length;

function gradeDrawing({ at, report }: ScoredDrawing): Omit<StageTrial, 'stage'> {
	const drawn = regionsDrawn(report);
	const tier = tierOf(report, drawn);
	const grade = tier === 'below' ? 'again' : tier === 'qualified' ? 'hard' : 'good';
	return { at, grade, hardFail: hasHardFail(report, drawn) };
}
