import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { parse } from 'yaml';
import ruleCatalogue from '../content/rules/rules.json' with { type: 'json' };
import { lessonSchema } from './schemas/lesson.ts';
import { questionSchema, questionsSchema } from './schemas/question.ts';
import { ambiguitySchema, ruleCatalogueSchema, ruleSchema } from './schemas/rule.ts';
import { workedCaseSchema } from './schemas/workedCase.ts';

const questionFiles = import.meta.glob<string>('../content/questions/*.yaml', {
	query: '?raw',
	import: 'default',
	eager: true,
});

/** Every question of every file, as it is written. Throws with the file's name where one is not what it should be. */
function writtenQuestions(): { id: string }[] {
	return Object.entries(questionFiles).flatMap(([file, text]) => {
		const written: unknown = parse(text);
		const parsed = questionsSchema.safeParse(written);
		if (parsed.success) return written as { id: string }[];
		const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
		throw new Error(`${file}: ${problems.join('; ')}`);
	});
}

/** What lessons, rules and questions say, for the pages that are made of them. Each entry's id is its own. */
export const collections = {
	rules: defineCollection({
		loader: () => ruleCatalogueSchema.parse(ruleCatalogue).rules,
		schema: ruleSchema,
	}),
	/** What the consensus leaves open, and what the platform does about it. */
	ambiguities: defineCollection({
		loader: () => ruleCatalogueSchema.parse(ruleCatalogue).ambiguities,
		schema: ambiguitySchema,
	}),
	questions: defineCollection({ loader: writtenQuestions, schema: questionSchema }),
	/** What the `lesson.yaml` of each lesson says, by its folder. */
	lessons: defineCollection({
		loader: glob({
			base: './content/lessons',
			pattern: '*/lesson.yaml',
			generateId: ({ entry }) => entry.replace('/lesson.yaml', ''),
		}),
		schema: lessonSchema,
	}),
	/** The cases of the figures, step by step, each by its case. */
	worked: defineCollection({ loader: glob({ base: './content/worked', pattern: '*.yaml' }), schema: workedCaseSchema }),
	/** The texts of the lessons, `<lesson>/zh` and `<lesson>/en`. */
	lessonTexts: defineCollection({ loader: glob({ base: './content/lessons', pattern: '*/{zh,en}.mdx' }) }),
};
