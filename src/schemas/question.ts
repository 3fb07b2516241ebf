import { z } from 'zod';
import { DIFFICULTIES } from '../protocol/protocol.ts';
import { localizedSchema } from './localized.ts';
import { ruleIdSchema, writtenSectionSchema } from './rule.ts';

/** YAML reads `1` as a number. */
const choiceId = z
	.union([z.string(), z.number()])
	.transform(String)
	.pipe(z.string().regex(/^[A-Za-z0-9]{1,8}$/));
const choice = z.strictObject({ id: choiceId, zh: z.string().trim().min(1), en: z.string().trim().min(1) });
const choices = z
	.array(choice)
	.min(2)
	.max(9)
	.refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'an id comes twice');

const common = {
	/** `q-<section>-<topic>-<nn>`, stable: answers are kept by it. */
	id: z.string().regex(/^q-[a-z0-9.]+(-[a-z0-9]+)*-\d{2}$/i),
	section: writtenSectionSchema,
	difficulty: z.enum(DIFFICULTIES),
	/** Rules that a right answer shows to be known. */
	rules: z
		.array(ruleIdSchema)
		.min(1)
		.refine((list) => new Set(list).size === list.length, 'a rule comes twice'),
	/** Set where it rests on a default of the platform, not on the consensus; then `defaultNote` says on which. */
	default: z.literal(true).optional(),
	defaultNote: localizedSchema.optional(),
	/** Of the shared drafts, the one that it was made from. */
	origin: z
		.string()
		.regex(/^Q\d{2}$/)
		.optional(),
	stem: localizedSchema,
	rationale: localizedSchema,
	/** A still picture of `content/pictures`. */
	picture: z.string().min(1).optional(),
};

const saysItsDefault = (item: { default?: true | undefined; defaultNote?: unknown }) =>
	(item.default === undefined) === (item.defaultNote === undefined);
const DEFAULT_SAID = { path: ['defaultNote'], message: 'default and defaultNote go together' };

const among = (list: readonly { readonly id: string }[], ids: readonly string[]) =>
	new Set(ids).size === ids.length && ids.every((id) => list.some((each) => each.id === id));
const KEY_EXISTS = { path: ['key'], message: 'the key names what there is, each once' };

/** One of `options` is right. */
const single = z
	.strictObject({ ...common, kind: z.literal('single'), options: choices, key: z.array(choiceId).length(1) })
	.refine(({ options, key }) => among(options, key), KEY_EXISTS)
	.refine(saysItsDefault, DEFAULT_SAID);

/** One or more of `options` are right. */
const multiple = z
	.strictObject({ ...common, kind: z.literal('multiple'), options: choices, key: z.array(choiceId).min(1) })
	.refine(({ options, key }) => among(options, key), KEY_EXISTS)
	.refine(saysItsDefault, DEFAULT_SAID);

/** `key` has all of `options` in their right order. */
const ordering = z
	.strictObject({ ...common, kind: z.literal('ordering'), options: choices, key: z.array(choiceId) })
	.refine(({ options, key }) => key.length === options.length && among(options, key), KEY_EXISTS)
	.refine(saysItsDefault, DEFAULT_SAID);

/** Each of `options` belongs to one of `targets`; several may belong to one, and a target may stay free. */
const matching = z
	.strictObject({
		...common,
		kind: z.literal('matching'),
		options: choices,
		targets: choices,
		/** Id of the target by the id of the option. */
		key: z.record(z.string(), choiceId),
	})
	.refine(
		({ options, targets, key }) =>
			Object.keys(key).length === options.length &&
			among(options, Object.keys(key)) &&
			Object.values(key).every((target) => targets.some(({ id }) => id === target)),
		KEY_EXISTS,
	)
	.refine(saysItsDefault, DEFAULT_SAID);

/** A point of the picture is right where it lies in the area of that name. */
const hotspot = z
	.strictObject({ ...common, kind: z.literal('hotspot'), picture: z.string().min(1), area: z.string().min(1) })
	.refine(saysItsDefault, DEFAULT_SAID);

export const questionSchema = z.discriminatedUnion('kind', [single, multiple, ordering, matching, hotspot]);
export type Question = z.infer<typeof questionSchema>;
export type QuestionKind = Question['kind'];

/** A file of `content/questions`. */
export const questionsSchema = z.array(questionSchema).min(1);
