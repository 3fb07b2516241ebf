import type { Drill } from '../../../schemas/drill.ts';
import type { Lesson } from '../../../schemas/lesson.ts';
import type { Question } from '../../../schemas/question.ts';
import { PICTURE_IDS, pictureOf } from '../pictures.ts';

/** Where a rule is taught, tried and shown. */
export interface RuleLinks {
	readonly lessons: readonly (Pick<Lesson, 'order' | 'title'> & { readonly slug: string })[];
	readonly drills: readonly Pick<Drill, 'kind' | 'title'>[];
	/** How many questions of the bank ask for it. */
	readonly questions: number;
	/** Pictures of a right drawing and of one that breaks it. */
	readonly pairs: readonly { readonly right: string; readonly wrong: string }[];
}

/** Looks up where rules are taught, tried and shown, by their ids, when the site is built. */
export function ruleLinker(
	lessons: readonly (Lesson & { readonly slug: string })[],
	drills: readonly Drill[],
	questions: readonly Pick<Question, 'rules'>[],
): (rule: string) => RuleLinks {
	const pictures = PICTURE_IDS.map(pictureOf);
	return (rule) => ({
		lessons: lessons.filter(({ rules }) => rules.includes(rule)),
		drills: drills.filter(({ rules }) => rules.includes(rule)),
		questions: questions.filter(({ rules }) => rules.includes(rule)).length,
		pairs: pictures.flatMap(({ id, told: { breaks, right } }) =>
			right && breaks.includes(rule) ? [{ right, wrong: id }] : [],
		),
	});
}
