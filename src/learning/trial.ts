import type { AnswerEvent } from '../schemas/learnerEvent.ts';
import type { LearningPolicy } from '../schemas/learningPolicy.ts';

/** How a rule was met: a question, an item of a drill, a drawing of one's own. Each is remembered by itself. */
export type Form = 'question' | 'drill' | 'drawing';

/** What a trial is worth. `again`: wrong, or a hard fail; `hard`: below good; `easy`: excellent and fast. */
export type Grade = 'again' | 'hard' | 'good' | 'easy';

/** One time that a rule was put to the test. */
export interface Trial {
	/** ISO 8601, UTC. */
	readonly at: string;
	readonly rule: string;
	readonly form: Form;
	/** Id of the question, of the drill's item, or of the attempt. */
	readonly item: string;
	readonly grade: Grade;
	readonly hardFail: boolean;
}

export const isGood = ({ grade, hardFail }: Pick<Trial, 'grade' | 'hardFail'>) =>
	!hardFail && (grade === 'good' || grade === 'easy');

/** The grade of an answer by its score. */
export function gradeAnswer(
	{ form, score, seconds, hardFail }: Pick<AnswerEvent, 'form' | 'score' | 'seconds' | 'hardFail'>,
	{ rating }: LearningPolicy,
): Grade {
	const { wrongBelow, good, excellent, fastSeconds } = rating[form];
	if (hardFail || score < wrongBelow) return 'again';
	if (score < good) return 'hard';
	return score >= excellent && seconds <= fastSeconds ? 'easy' : 'good';
}

/** A trial of every rule that the answer is about. */
export function trialsOfAnswer(event: AnswerEvent, policy: LearningPolicy): Trial[] {
	const { at, form, item, rules, hardFail } = event;
	const grade = gradeAnswer(event, policy);
	return [...new Set(rules)].map((rule) => ({ at, rule, form, item, grade, hardFail: hardFail === true }));
}
