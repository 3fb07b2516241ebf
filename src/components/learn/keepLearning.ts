import type { Given } from '../../learning/markAnswer.ts';
import type { AnswerEvent, LearnerEvent } from '../../schemas/learnerEvent.ts';
import { openStore } from '../../store/store.ts';

type Answer = Pick<AnswerEvent, 'item' | 'rules' | 'score' | 'seconds'> & { readonly given: Given };

/** Loaded with the first thing to keep: a page that is only read loads no store. */
const store = openStore();

/** Keeps the answer to a question. Rejects where the browser does not keep it. */
export function keepAnswer({ given, ...answer }: Answer): Promise<void> {
	return keep({ ...stamp(), kind: 'answer', form: 'question', ...answer, given: given as AnswerEvent['given'] });
}

/** Keeps that a lesson was read to its end. Rejects where the browser does not keep it. */
export function keepLesson(lesson: string): Promise<void> {
	return keep({ ...stamp(), kind: 'lesson', lesson });
}

/** Keeps that a worked case was gone through to its last step. Rejects where the browser does not keep it. */
export function keepWorked(caseId: string): Promise<void> {
	return keep({ ...stamp(), kind: 'worked', case: caseId });
}

function keep(event: LearnerEvent): Promise<void> {
	return store.appendLearner([event]);
}

/** `crypto.randomUUID` is missing on a page without TLS; this is not. */
function stamp() {
	const id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return { type: 'learner', schemaVersion: 1, id, at: new Date().toISOString() } as const;
}
