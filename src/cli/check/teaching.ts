import { parse, YAMLParseError } from 'yaml';
import { LESSONS, type Lesson, lessonSchema } from '../../schemas/lesson.ts';
import { type Question, questionsSchema } from '../../schemas/question.ts';
import { type Rule, ruleCatalogueSchema } from '../../schemas/rule.ts';
import type { Schema } from '../../schemas/schema.ts';
import type { Check } from './check.ts';
import { entriesOf, RUNS_FILE, sharedRuns, TERMS_FILE } from './sharedRuns.ts';
import { type SourceFile, sourceFiles } from './sourceFiles.ts';
import { attributesOf, firstDifference } from './twins.ts';

const CATALOGUE = 'content/rules/rules.json';
const DRILLS = 'content/drills.yaml';
/** Questions that there are at least. */
const QUESTIONS = 120;
/** Drafts that the bank was begun with, Q01 to Q24; each is among the questions. */
const DRAFTS = 24;

/** Every rule is taught, shown and tested; both languages teach the same; nothing is copied from the consensus. */
export const teaching: Check = {
	name: 'teaching',
	about: 'every rule is taught, shown and tested, in words of our own',
	problems: async (root) => {
		const problems: string[] = [];
		const rules = readRules(root, problems);
		const lessons = readLessons(root, problems);
		const questions = readQuestions(root, problems);
		const drilled = readDrills(root, problems);
		const there: Named = {
			rules: new Set(rules.map(({ id }) => id)),
			questions: new Set(questions.map(({ question }) => question.id)),
			pictures: readPictures(root, problems),
		};
		problems.push(
			...coverage(rules, lessons, questions, drilled),
			...bankProblems(rules, questions),
			...questions.flatMap((each) => pictureProblems(each, there.pictures)),
			...workedProblems(root, there, problems),
			...lessons.flatMap((lesson) => textProblems(lesson, there)),
			...copiedRuns(root),
		);
		return problems;
	},
};

/** Something with rules, and where it says so. */
interface Naming {
	readonly where: string;
	readonly rules: readonly string[];
}
interface WrittenLesson extends Naming {
	readonly texts: readonly SourceFile[];
}
interface WrittenQuestion extends Naming {
	readonly question: Question;
}

function readRules(root: string, problems: string[]): readonly Rule[] {
	const [file] = sourceFiles(root, 'content/rules', /^rules\.json$/);
	if (!file) problems.push(`${CATALOGUE}: is missing`);
	return (file && checked(file, ruleCatalogueSchema, problems)?.rules) ?? [];
}

function readLessons(root: string, problems: string[]): WrittenLesson[] {
	const files = sourceFiles(root, 'content/lessons', /^(lesson\.yaml|(zh|en)\.mdx)$/);
	const orders = new Map<number, string>();
	return LESSONS.flatMap((slug) => {
		const own = (name: string) => {
			const path = `content/lessons/${slug}/${name}`;
			const found = files.find((file) => file.path === path);
			if (!found) problems.push(`${path}: is missing`);
			return found;
		};
		const about = own('lesson.yaml');
		const texts = [own('zh.mdx'), own('en.mdx')].filter((file) => file !== undefined);
		const lesson: Lesson | undefined = about && checked(about, lessonSchema, problems);
		if (!about || !lesson) return [];
		const other = orders.get(lesson.order);
		if (other) problems.push(`${about.path}: has the place ${lesson.order} of ${other}`);
		orders.set(lesson.order, about.path);
		return [{ where: about.path, rules: lesson.rules, texts }];
	});
}

function readQuestions(root: string, problems: string[]): WrittenQuestion[] {
	return sourceFiles(root, 'content/questions', /\.yaml$/).flatMap((file) =>
		(checked(file, questionsSchema, problems) ?? []).map((question) => ({
			where: `${file.path}: ${question.id}`,
			rules: question.rules,
			question,
		})),
	);
}

function readDrills(root: string, problems: string[]): Naming[] {
	const [file] = sourceFiles(root, 'content', /^drills\.yaml$/).filter(({ path }) => path === DRILLS);
	if (!file) {
		problems.push(`${DRILLS}: is missing`);
		return [];
	}
	const written = parsed(file, problems);
	const drills = (Array.isArray(written) ? written : []) as readonly { kind?: unknown; rules?: unknown }[];
	const named = drills.flatMap(({ kind, rules }) =>
		Array.isArray(rules) ? [{ where: `${DRILLS}: ${String(kind)}`, rules: rules.map(String) }] : [],
	);
	if (named.length === 0) problems.push(`${DRILLS}: names no rules of any drill`);
	return named;
}

function coverage(
	rules: readonly Rule[],
	lessons: readonly Naming[],
	questions: readonly Naming[],
	drills: readonly Naming[],
): string[] {
	const known = new Set(rules.map(({ id }) => id));
	const named = (list: readonly Naming[]) => new Set(list.flatMap((each) => each.rules));
	const [taught, tested] = [named(lessons), named([...questions, ...drills])];
	return [
		...rules.filter(({ id }) => !taught.has(id)).map(({ id }) => `${CATALOGUE}: ${id} is taught in no lesson`),
		...rules
			.filter(({ id }) => !tested.has(id))
			.map(({ id }) => `${CATALOGUE}: ${id} is tested by no question or drill`),
		...[...lessons, ...questions, ...drills].flatMap(({ where, rules: own }) =>
			own.filter((id) => !known.has(id)).map((id) => `${where} names the rule ${id}, which there is not`),
		),
	];
}

function bankProblems(rules: readonly Rule[], questions: readonly WrittenQuestion[]): string[] {
	const problems: string[] = [];
	if (questions.length < QUESTIONS)
		problems.push(`content/questions: has ${questions.length} questions, at least ${QUESTIONS} are wanted`);
	const seen = new Map<string, string>();
	const derived = new Set(rules.filter((rule) => rule.derived).map(({ id }) => id));
	for (const { where, question } of questions) {
		const { id, section, default: isDefault } = question;
		if (seen.has(id)) problems.push(`${where} comes twice, first in ${seen.get(id)}`);
		else seen.set(id, where);
		if (!id.startsWith(`q-${section}-`)) problems.push(`${where} is of section ${section}, its id says otherwise`);
		const ours = question.rules.every((rule) => derived.has(rule));
		if (ours && !isDefault) problems.push(`${where} rests on rules that we inferred alone, and has no defaultNote`);
		const said = [question.stem, question.rationale].some(({ zh, en }) => SAYS_DEFAULT.test(`${zh} ${en}`));
		if (said && !isDefault) problems.push(`${where} speaks of a default of the platform, and has no defaultNote`);
	}
	const origins = questions.flatMap(({ question }) => question.origin ?? []);
	const drafts = Array.from({ length: DRAFTS }, (_, n) => `Q${String(n + 1).padStart(2, '0')}`);
	const lost = drafts.filter((draft) => !origins.includes(draft));
	if (lost.length > 0) problems.push(`content/questions: no question has the origin ${lost.join(', ')}`);
	return problems;
}

const SAYS_DEFAULT = /平台默认|platform default/i;

/** What texts may name. */
interface Named {
	readonly rules: ReadonlySet<string>;
	readonly questions: ReadonlySet<string>;
	/** Names of a picture's areas by its id. */
	readonly pictures: ReadonlyMap<string, readonly string[]>;
}

/** What is wrong between the two texts of a lesson, and in what they name. Rules of other lessons may be cited too. */
function textProblems({ where, rules, texts }: WrittenLesson, there: Named): string[] {
	const problems: string[] = [];
	const [zh, en] = texts;
	const difference = zh && en && firstDifference(zh.text, en.text);
	if (difference)
		problems.push(
			`${en.path}:${difference.lines[1]} has ${difference.shapes[1]} where ${zh.path}:${difference.lines[0]} has ${difference.shapes[0]}`,
		);
	for (const { path, text } of texts) {
		const cited = attributesOf(text, 'Rule', 'ids').map(({ line, value }) => ({ line, ids: value.split(/[\s,]+/) }));
		for (const { line, ids } of cited)
			for (const id of ids.filter((each) => !there.rules.has(each)))
				problems.push(`${path}:${line} cites ${id}, which there is not`);
		for (const id of rules)
			if (!cited.some(({ ids }) => ids.includes(id))) problems.push(`${path}: cites ${id} nowhere, ${where} names it`);
		for (const { line, value } of attributesOf(text, 'Think', 'question'))
			if (!there.questions.has(value)) problems.push(`${path}:${line} asks the question ${value}, which there is not`);
		const shown = [
			...attributesOf(text, 'Picture', 'id'),
			...attributesOf(text, 'Pair', 'right'),
			...attributesOf(text, 'Pair', 'wrong'),
		];
		for (const { line, value } of shown)
			if (!there.pictures.has(value)) problems.push(`${path}:${line} shows the picture ${value}, which there is not`);
	}
	return problems;
}

function readPictures(root: string, problems: string[]): Map<string, readonly string[]> {
	return new Map(
		sourceFiles(root, 'content/pictures', /\.yaml$/).map((file) => {
			const { areas } = (parsed(file, problems) ?? {}) as { areas?: unknown };
			return [file.path.replace(/^.*\/(.+)\.yaml$/, '$1'), Array.isArray(areas) ? areas.map(String) : []];
		}),
	);
}

/** A question's picture, and of a hotspot the area in it. */
function pictureProblems({ where, question }: WrittenQuestion, pictures: Named['pictures']): string[] {
	if (question.picture === undefined) return [];
	const areas = pictures.get(question.picture);
	if (!areas) return [`${where} shows the picture ${question.picture}, which there is not`];
	if (question.kind !== 'hotspot' || areas.includes(question.area)) return [];
	return [`${where} asks for the area ${question.area}, which ${question.picture} does not have`];
}

/** Rules and pictures that the steps of worked cases name. */
function workedProblems(root: string, there: Named, problems: string[]): string[] {
	return sourceFiles(root, 'content/worked', /\.yaml$/).flatMap((file) => {
		const { steps } = (parsed(file, problems) ?? {}) as { steps?: unknown };
		return (Array.isArray(steps) ? steps : []).flatMap(({ rules = [], picture }, n) => [
			...[rules]
				.flat()
				.filter((rule) => !there.rules.has(rule))
				.map((rule) => `${file.path}: step ${n + 1} names the rule ${rule}, which there is not`),
			...(picture === undefined || there.pictures.has(picture)
				? []
				: [`${file.path}: step ${n + 1} shows the picture ${picture}, which there is not`]),
		]);
	});
}

/** Runs that authored texts share with the consensus, of which only hashes are here. */
function copiedRuns(root: string): string[] {
	const [hashes] = sourceFiles(root, 'content/rules', /^consensus-runs\.txt$/);
	const [terms] = sourceFiles(root, 'content/rules', /^fixed-terms\.txt$/);
	if (!hashes || !terms) return [`${hashes ? TERMS_FILE : RUNS_FILE}: is missing`];
	const known = new Set(entriesOf(hashes.text));
	const fixed = entriesOf(terms.text);
	const authored = [
		...sourceFiles(root, 'content', /\.(yaml|mdx?|json)$/),
		...sourceFiles(root, 'src/i18n/zh', /\.json$/),
		...sourceFiles(root, 'src', /\.astro$/),
	];
	return authored.flatMap(({ path, text }) =>
		sharedRuns(text, known, fixed).map(({ line, words }) => `${path}:${line} shares with the consensus: ${words}`),
	);
}

function checked<T>(file: SourceFile, schema: Schema<T>, problems: string[]): T | undefined {
	const result = schema.safeParse(parsed(file, problems));
	for (const { path, message } of result.error?.issues ?? [])
		problems.push(`${file.path}: ${path.join('.') || 'file'}: ${message}`);
	return result.data;
}

/** JSON is YAML too. */
function parsed({ path, text }: SourceFile, problems: string[]): unknown {
	try {
		return parse(text);
	} catch (error) {
		if (!(error instanceof YAMLParseError)) throw error;
		problems.push(`${path}: ${error.message.split('\n')[0]}`);
		return undefined;
	}
}
