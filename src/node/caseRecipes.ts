import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { geometryProblems } from '../phantom/recipeGeometry.ts';
import { type CaseRecipe, type CaseText, caseRecipeSchema, caseTextSchema } from '../schemas/caseRecipe.ts';
import { type JsonSchema, type Schema, toJsonSchema } from '../schemas/schema.ts';

/** A case as it is authored: its recipe and its text in both languages. */
export interface AuthoredCase {
	readonly id: string;
	readonly recipe: CaseRecipe;
	readonly text: { readonly zh: CaseText; readonly en: CaseText };
}

/** Everything that is wrong with the authored cases, one line a problem: file, field, what is expected. */
export class RecipeError extends Error {
	override readonly name = 'RecipeError';
	readonly problems: readonly string[];

	constructor(problems: readonly string[]) {
		super(problems.join('\n'));
		this.problems = problems;
	}
}

/** The file names of masks allow no other signs in a case's name. Source: meta.naming of the rule catalogue. */
const ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,31}$/;
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/;

/** Reads `<contentDir>/cases/<id>/`, sorted by id. Throws a RecipeError with all problems of all cases at once. */
export async function readAuthoredCases(contentDir: string): Promise<AuthoredCase[]> {
	const root = path.join(contentDir, 'cases');
	const problems: string[] = [];
	const cases: AuthoredCase[] = [];
	const folders = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory());
	for (const id of folders.map(({ name }) => name).sort()) {
		const read = async <Value>(file: string, schema: Schema<Value>): Promise<Value | undefined> => {
			const at = path.join(root, id, file);
			const text = await readIfThere(at);
			if (text === undefined) problems.push(`${at}: missing`);
			else return checkYaml(at, file.endsWith('.md') ? frontMatter(text) : text, schema, problems);
			return undefined;
		};
		if (!ID.test(id)) problems.push(`${path.join(root, id)}: got the name ${id}, expected ${ID.source}`);
		const recipe = await read('case.yaml', caseRecipeSchema);
		const zh = await read('zh.md', caseTextSchema);
		const en = await read('en.md', caseTextSchema);
		if (recipe && zh && en) cases.push({ id, recipe, text: { zh, en } });
	}
	if (problems.length > 0) throw new RecipeError(problems);
	return cases;
}

/** Reads a recipe by itself. Throws a RecipeError with all its problems. */
export async function readRecipe(file: string): Promise<CaseRecipe> {
	const problems: string[] = [];
	const text = await readIfThere(file);
	if (text === undefined) throw new RecipeError([`${file}: missing`]);
	const recipe = checkYaml(file, text, caseRecipeSchema, problems);
	if (recipe === undefined) throw new RecipeError(problems);
	return recipe;
}

/** The YAML that a text begins with, between two lines of ---; undefined where there is none. */
export function frontMatter(text: string): string | undefined {
	return FRONT_MATTER.exec(text)?.[1];
}

/** Reads YAML of a schema; undefined where it is wrong, with a line for each problem added. */
export function checkYaml<Value>(
	at: string,
	yaml: string | undefined,
	schema: Schema<Value>,
	problems: string[],
): Value | undefined {
	if (yaml === undefined) {
		problems.push(`${at}: no front matter between two lines of ---`);
		return undefined;
	}
	let value: unknown;
	try {
		value = parse(yaml);
	} catch (error) {
		if (!(error instanceof YAMLParseError)) throw error;
		problems.push(`${at}: ${error.message.split('\n')[0]}`);
		return undefined;
	}
	const result = schema.safeParse(value);
	const found = (result.error?.issues ?? []).map((issue) => ({
		path: issue.path.join('.') || 'file',
		message: issue.message + (issue.code === 'unrecognized_keys' ? known(schema, issue.path) : ''),
	}));
	if ((schema as Schema<unknown>) === caseRecipeSchema) found.push(...geometryProblems(value));
	problems.push(...found.map(({ path: where, message }) => `${at}: ${where}: ${message}`));
	return found.length === 0 ? result.data : undefined;
}

/** The keys that are expected at a place of a schema, in words. */
function known(schema: Schema<unknown>, place: readonly PropertyKey[]): string {
	let at: JsonSchema | undefined = toJsonSchema(schema);
	for (const step of place) at = typeof step === 'number' ? at?.items : at?.properties?.[String(step)];
	return at?.properties ? `, expected only ${Object.keys(at.properties).join(', ')}` : '';
}

async function readIfThere(file: string): Promise<string | undefined> {
	try {
		return await readFile(file, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}
