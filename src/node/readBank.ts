import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type FamilyBank, familyBankSchema, type RecipeBank } from '../schemas/recipeBank.ts';
import { checkYaml, RecipeError } from './caseRecipes.ts';

/** Reads `<contentDir>/bank`. Throws a RecipeError with all problems of all its files. */
export async function readBank(contentDir: string): Promise<RecipeBank> {
	const folder = path.join(contentDir, 'bank');
	const problems: string[] = [];
	const bank = new Map<FamilyBank['family'], FamilyBank>();
	for (const name of (await readdir(folder)).filter((each) => each.endsWith('.yaml')).sort()) {
		const file = path.join(folder, name);
		const part = checkYaml(file, await readFile(file, 'utf8'), familyBankSchema, problems);
		if (part && `${part.family}.yaml` !== name)
			problems.push(`${file}: family: got ${part.family}, expected the file's name`);
		else if (part) bank.set(part.family, part);
	}
	if (problems.length > 0) throw new RecipeError(problems);
	return bank;
}
