import { type Drill, type DrillKind, type DrillOf, drillsSchema } from '../schemas/drill.ts';
import { checkYaml, RecipeError } from './caseRecipes.ts';

/** Reads the text of `content/drills.yaml`. Throws a RecipeError with all its problems. */
export function readDrills(yaml: string): readonly Drill[] {
	const problems: string[] = [];
	const drills = checkYaml('content/drills.yaml', yaml, drillsSchema, problems);
	if (!drills) throw new RecipeError(problems);
	return drills;
}

/** The drill of one kind. */
export function drillOf<Kind extends DrillKind>(drills: readonly Drill[], kind: Kind): DrillOf<Kind> {
	return drills.find((drill): drill is DrillOf<Kind> => drill.kind === kind)!;
}
