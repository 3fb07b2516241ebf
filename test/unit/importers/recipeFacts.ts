import { acceptCase } from '../../../src/importers/acceptance.ts';
import type { SeriesFacts } from '../../../src/importers/seriesFacts.ts';
import { toldOf } from '../../../src/node/writeCase.ts';
import { sequencesOf } from '../../../src/phantom/makeCase.ts';
import { stackGrid } from '../../../src/phantom/stackGrid.ts';
import type { AcceptancePolicy } from '../../../src/schemas/acceptancePolicy.ts';
import { type CaseRecipe, stackOf } from '../../../src/schemas/caseRecipe.ts';

/** What acceptance will know of each series made from a recipe, before a voxel of it is made. */
export function recipeFacts(recipe: CaseRecipe): SeriesFacts[] {
	return sequencesOf(recipe).map((sequence) => {
		const stack = stackOf(recipe, sequence);
		return {
			name: sequence,
			sequence,
			grid: stackGrid(stack),
			orientation: 'known',
			...toldOf(recipe, sequence),
			voxels: { doubled: [], empty: stack.lost ?? [], levels: 1024, datatype: 'int16' },
		};
	});
}

/** What acceptance finds wrong, a line each: series, check, verdict, rules. */
export function faults(series: readonly SeriesFacts[], policy: AcceptancePolicy): string[] {
	const report = acceptCase(series, policy);
	const all = [
		...report.sequences,
		...report.series.flatMap(({ sequence, checks }) => checks.map((check) => ({ ...check, sequence }))),
	];
	return all
		.filter(({ verdict }) => verdict !== 'pass')
		.map(({ sequence, check, verdict, rules }) => `${sequence} ${check} ${verdict} ${rules.join(' ')}`);
}
