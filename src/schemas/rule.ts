import { z } from 'zod';
import { FINDING_CODES } from '../scoring/findings/finding.ts';
import { localizedSchema } from './localized.ts';
import { familySchema, regionSchema, sequenceSchema } from './protocol.ts';

/** Sections of the consensus that rules, lessons and questions belong to; `F`: its figures. */
export const SECTIONS = ['1', '2.1', '2.2', '3.1', '3.2', '3.3', '4', '5', '6', '7', '8', 'F'] as const;
const sectionSchema = z.enum(SECTIONS);
/** As YAML has it, which reads `4` and `2.1` as numbers. */
export const writtenSectionSchema = z.union([z.string(), z.number()]).transform(String).pipe(sectionSchema);

/** Id of a rule in the catalogue, such as `R6-8b`, `R2.1-G1`, `RF-C3`. */
export const ruleIdSchema = z.string().regex(/^R(\d(\.\d)?|F)-[A-Za-z0-9]+$/);

/** How strongly the consensus asks for it; `info`: it only says so. */
const FORCES = ['must', 'should', 'may', 'must_not', 'should_not', 'info'] as const;
export type Force = (typeof FORCES)[number];

export const ruleSchema = z.strictObject({
	id: ruleIdSchema,
	section: sectionSchema,
	/** Where in the consensus it stands, e.g. `§4①` or `Figs 5–6`. */
	source: z.string().min(1),
	type: z.enum(['knowledge', 'image-quality', 'acquisition-check', 'file-check', 'mask-check', 'workflow']),
	force: z.enum(FORCES),
	severity: z.enum(['hard', 'major', 'minor', 'info']),
	/** Our inference, which the consensus does not state. */
	derived: z.boolean(),
	/** A paraphrase, never a quotation. */
	text: localizedSchema,
	/** What it speaks of; an empty list where it makes no difference. */
	applies: z.strictObject({
		families: z.array(familySchema),
		regions: z.array(regionSchema),
		sequences: z.array(sequenceSchema),
	}),
	/** How it is checked, for developers. */
	check: z.strictObject({
		mode: z.enum(['auto', 'semi', 'quiz']),
		method: z.string().min(1),
		config: z.array(z.string()),
	}),
	/** What somebody is told who broke it. */
	feedback: localizedSchema,
	errorCodes: z.array(z.enum(FINDING_CODES)),
	/** Ids of the open points that touch it: where it has any, part of what the platform does is a default of its own. */
	ambiguities: z.array(z.string()),
});
export type Rule = z.infer<typeof ruleSchema>;

export const ambiguitySchema = z.strictObject({
	id: z.string().regex(/^A\d+$/),
	topic: localizedSchema,
	/** What the consensus leaves open. */
	problem: localizedSchema,
	/** What the platform does about it: not in the consensus. */
	default: localizedSchema,
	configKey: z.string().optional(),
	support: z.string().optional(),
});
export type Ambiguity = z.infer<typeof ambiguitySchema>;

/** `content/rules/rules.json`: every rule of the consensus, paraphrased. Ids come once, and what is named is there. */
export const ruleCatalogueSchema = z
	.strictObject({
		meta: z.looseObject({ title: localizedSchema, source: z.string().min(1), version: z.string().min(1) }),
		rules: z.array(ruleSchema).min(1),
		ambiguities: z.array(ambiguitySchema),
	})
	.superRefine(({ rules, ambiguities }, context) => {
		const open = new Set(ambiguities.map(({ id }) => id));
		const seen = new Set<string>();
		for (const [n, { id, ambiguities: own }] of rules.entries()) {
			if (seen.has(id)) context.addIssue({ code: 'custom', path: ['rules', n, 'id'], message: `${id} comes twice` });
			seen.add(id);
			for (const each of own)
				if (!open.has(each))
					context.addIssue({ code: 'custom', path: ['rules', n, 'ambiguities'], message: `there is no ${each}` });
		}
	});
