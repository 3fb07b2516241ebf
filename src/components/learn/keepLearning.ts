import type { Given } from '../../learning/markAnswer.ts';
import type { AnswerEvent, LearnerEvent } from '../../schemas/learnerEvent.ts';
import { eventBase, learnerStore } from './learnerStore.ts';

type Answer = Pick<AnswerEvent, 'item' | 'rules' | 'score' | 'seconds'> & { readonly given: Given };

/** Keeps the answer to a question. Rejects where the browser does not keep it. */
export function keepAnswer({ given, ...answer }: Answer): Promise<void> {
	return keep({ ...eventBase(), kind: 'answer', form: 'question', ...answer, given: given as AnswerEvent['given'] });
}

/** Keeps that a lesson was read to its end. Rejects where the browser does not keep it. */
export function keepLesson(lesson: string): Promise<void> {
	return keep({ ...eventBase(), kind: 'lesson', lesson });
}

/** Keeps that a worked case was gone through to its last step. Rejects where the browser does not keep it. */
export function keepWorked(caseId: string): Promise<void> {
	return keep({ ...eventBase(), kind: 'worked', case: caseId });
}

async function keep(event: LearnerEvent): Promise<void> {
	await (await learnerStore()).appendLearner([event]);
}
