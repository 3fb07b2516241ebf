import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { RecipeError, readRecipe } from '../../node/caseRecipes.ts';
import { readAnatomy, writeCase } from '../../node/prepareCases.ts';
import { drawRecipe } from '../../phantom/drawRecipe.ts';
import { madeVolumes } from '../../phantom/makeCase.ts';
import { DIFFICULTIES, FAMILIES } from '../../protocol/protocol.ts';
import type { CaseRecipe } from '../../schemas/caseRecipe.ts';
import { check } from './caseCheck.ts';
import { oneOf } from './caseFolder.ts';
import { importInto } from './caseImport.ts';
import { plant } from './casePlant.ts';
import { BadInput, type Command, type Console, WrongUsage } from './command.ts';
import { lastValue, readOptions } from './options.ts';
import { sayIn } from './say.ts';
import { intoFolder } from './writeFolder.ts';

/**
 * `concord case make|sheet|import|reference|check|plant`: cases made, drawn, brought in, given a reference, looked over and
 * drawn with errors.
 */
export const caseCommand: Command = { name: 'case', help: 'cli.help.case', run };

async function run([action, ...argv]: readonly string[], console: Console): Promise<void> {
	if (action === 'make') return make(argv, console);
	if (action === 'sheet') return sheet(argv, console);
	if (action === 'import') return importInto(argv, console);
	// Archives need a library that nothing else here does.
	if (action === 'reference') return (await import('./caseReference.ts')).putReference(argv, console);
	if (action === 'check') return check(argv, console);
	if (action === 'plant') return plant(argv, console);
	throw new WrongUsage([console.say('case.action', { word: action ?? '' })]);
}

async function make(argv: readonly string[], { say, out, error }: Console): Promise<void> {
	const options = readOptions(argv, ['out', 'family', 'difficulty', 'seed'], [], say);
	const problems: string[] = [];
	const folder = lastValue(options, 'out');
	const family = oneOf(options, 'family', FAMILIES, say, problems);
	const difficulty = oneOf(options, 'difficulty', DIFFICULTIES, say, problems) ?? 'medium';
	const word = lastValue(options, 'seed') ?? '1';
	if (folder === undefined) problems.push(say('case.needsOut'));
	if (!/^\d{1,10}$/.test(word) || Number(word) > 0xffffffff) problems.push(say('case.badSeed', { word }));
	if ((options.files.length === 1) === (family !== undefined) || options.files.length > 1)
		problems.push(say('case.recipeOrFamily'));
	if (problems.length > 0) throw new WrongUsage(problems);

	const [file] = options.files;
	const recipe = file === undefined ? drawRecipe(family!, difficulty, Number(word)) : await recipeIn(file);
	const id = file === undefined ? `${family}-${difficulty}-${word}` : nameOf(file);
	const target = resolve(folder!);
	await intoFolder(folder!, say, mkdir(target, { recursive: true }));
	if ((await intoFolder(folder!, say, readdir(target))).length > 0)
		throw new BadInput([`${folder}: ${say('case.notEmpty')}`]);
	const title = (locale: 'zh' | 'en') => ({ title: sayIn(locale)(`family.${recipe.family}`), subtitle: id });
	const source = await readAnatomy(resolve(import.meta.dirname, '../../../content/anatomy'));
	const text = { zh: title('zh'), en: title('en') };
	await intoFolder(
		folder!,
		say,
		writeFile(resolve(target, 'recipe.json'), `${JSON.stringify(recipe, null, '\t')}\n`).then(() =>
			writeCase(target, { id, recipe, text }, source, (done, name) =>
				error(`${id}: ${done} of ${madeVolumes(recipe)}, ${name}`),
			),
		),
	);
	out(target);
}

async function recipeIn(file: string): Promise<CaseRecipe> {
	try {
		return await readRecipe(file);
	} catch (failure) {
		if (failure instanceof RecipeError) throw new BadInput(failure.problems);
		throw failure;
	}
}

/** A case is called as the folder of its recipe, in the letters that names of masks allow. */
function nameOf(file: string): string {
	const name = basename(dirname(resolve(file)))
		.replace(/[^A-Za-z0-9-]/g, '')
		.slice(0, 32);
	return name === '' ? 'case' : name;
}

async function sheet(argv: readonly string[], { say, out }: Console): Promise<void> {
	const options = readOptions(argv, ['out'], [], say);
	const picture = lastValue(options, 'out');
	const [folder, ...more] = options.files;
	const problems: string[] = [];
	if (folder === undefined || more.length > 0) problems.push(say('case.needsFolder'));
	if (picture === undefined) problems.push(say('case.needsOut'));
	if (problems.length > 0) throw new WrongUsage(problems);
	// Pictures need a library that nothing else here does.
	const { drawSheet } = await import('./caseSheet.ts');
	await drawSheet(folder!, picture!, say);
	out(resolve(picture!));
}
