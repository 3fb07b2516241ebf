import { z } from 'zod';
import { localizedSchema } from './localized.ts';
import { ruleIdSchema, writtenSectionSchema } from './rule.ts';

/** The lessons by their folders in `content/lessons`, in the order of the consensus. */
export const LESSONS = [
	'scope',
	'quality',
	'sequences',
	'data-tools-people',
	'intra-axial',
	'meningeal',
	'principles',
	'human-machine',
	'workflow',
] as const;
export type LessonSlug = (typeof LESSONS)[number];

/** `lesson.yaml` of a lesson; its text is in zh.mdx and en.mdx beside it. */
export const lessonSchema = z.strictObject({
	/** From 1. */
	order: z.number().int().positive(),
	section: writtenSectionSchema,
	/** That it takes to read and try. */
	minutes: z.number().int().positive().max(60),
	/** Every rule that it teaches. */
	rules: z
		.array(ruleIdSchema)
		.min(1)
		.refine((list) => new Set(list).size === list.length, 'a rule comes twice'),
	title: localizedSchema,
	/** What is hard about it, in a sentence. */
	hard: localizedSchema,
});
export type Lesson = z.infer<typeof lessonSchema>;
