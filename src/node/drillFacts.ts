import type { Locale } from '../i18n/locales.ts';
import type { SetSeries } from '../learning/drills/sets.ts';
import { sequencesOf } from '../phantom/makeCase.ts';
import type { Sequence } from '../protocol/protocol.ts';
import type { Artefacts } from '../schemas/artefacts.ts';
import { type CaseRecipe, caseRecipeSchema, caseTextSchema, stackOf } from '../schemas/caseRecipe.ts';
import type { Drill } from '../schemas/drill.ts';
import { checkYaml, frontMatter, RecipeError } from './caseRecipes.ts';
import { toldOf } from './writeCase.ts';

/** What a drill's page knows of its cases before their files are read. */
export interface DrillFacts {
	/** Titles of the drill's cases, by id. */
	readonly titles: Readonly<Record<string, string>>;
	/** What spoils the series of a drill that grades them. */
	readonly artefacts: Readonly<Record<string, Readonly<Partial<Record<Sequence, Artefacts | undefined>>>>>;
	/** How the series of a drill that judges sets were acquired. */
	readonly sets: Readonly<Record<string, readonly SetSeries[]>>;
}

/**
 * Looks the cases of a drill up among the authored ones. Throws a RecipeError where one is not there or wrong.
 *
 * @param texts the files of the authored cases, by addresses that end in `<id>/case.yaml`, `<id>/zh.md`, `<id>/en.md`
 */
export function drillFacts(drill: Drill, texts: Readonly<Record<string, string>>, locale: Locale): DrillFacts {
	const ids = drill.kind === 'naming' ? [] : [...new Set(drill.cases.map((each) => each.case))];
	const problems: string[] = [];
	const read = (id: string, file: string) => {
		const at = Object.keys(texts).find((address) => address.endsWith(`/${id}/${file}`));
		if (!at) problems.push(`content/drills.yaml: ${drill.kind}: there is no case ${id}`);
		return at && texts[at];
	};
	const titles: Record<string, string> = {};
	const recipes = new Map<string, CaseRecipe>();
	for (const id of ids) {
		const text = read(id, `${locale}.md`);
		const title = text && checkYaml(`${id}/${locale}.md`, frontMatter(text), caseTextSchema, problems)?.title;
		if (title) titles[id] = title;
		if (drill.kind !== 'quality' && drill.kind !== 'acceptance') continue;
		const yaml = read(id, 'case.yaml');
		const recipe = yaml && checkYaml(`${id}/case.yaml`, yaml, caseRecipeSchema, problems);
		if (recipe) recipes.set(id, recipe);
	}
	if (problems.length > 0) throw new RecipeError(problems);
	const each = <Value>(wanted: boolean, of: (recipe: CaseRecipe) => Value) =>
		Object.fromEntries(wanted ? [...recipes].map(([id, recipe]) => [id, of(recipe)]) : []);
	return {
		titles,
		artefacts: each(drill.kind === 'quality', ({ artefacts = {} }) => artefacts),
		sets: each(drill.kind === 'acceptance', setOf),
	};
}

/** How a case's series were acquired, as a table tells it. */
function setOf(recipe: CaseRecipe): readonly SetSeries[] {
	return sequencesOf(recipe).map((sequence) => {
		const { plane = 'axial', sliceMm, gapMm, slices, lost = [] } = stackOf(recipe, sequence);
		const { acquisition, grade } = toldOf(recipe, sequence);
		return {
			sequence,
			plane,
			dimension: acquisition.dimension ?? '2D',
			thicknessMm: sliceMm,
			gapMm,
			slices,
			lost,
			bValue: acquisition.bValue ?? null,
			grade,
			derived: acquisition.derived ?? sequence === 'ADC',
		};
	});
}
