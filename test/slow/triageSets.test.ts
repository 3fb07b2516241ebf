import { expect, it } from 'vitest';
import acceptanceFile from '../../content/policy/acceptance.json' with { type: 'json' };
import { voxelFacts } from '../../src/importers/seriesFacts.ts';
import { readAuthoredCases } from '../../src/node/caseRecipes.ts';
import { acceptancePolicySchema } from '../../src/schemas/acceptancePolicy.ts';
import { faults, recipeFacts } from '../unit/importers/recipeFacts.ts';
import { openMadeCase } from './madeCase.ts';

const policy = acceptancePolicySchema.parse(acceptanceFile);
const sets = (await readAuthoredCases('content')).filter(({ recipe }) => recipe.use === 'triage');

it.each(sets)('$id is found out by its voxels as by its recipe', ({ id, recipe }) => {
	const told = recipeFacts(recipe);
	const { manifest, volume } = openMadeCase(id);
	expect(manifest.reference).toBeUndefined();
	const made = manifest.series.map((file) => {
		const read = volume(file);
		const facts = told.find(({ sequence }) => sequence === file.sequence)!;
		return { ...facts, grid: read.grid, voxels: voxelFacts(read) };
	});
	const inOrder = told.map(({ sequence }) => made.find((each) => each.sequence === sequence)!);
	expect(made).toHaveLength(told.length);
	expect(faults(inOrder, policy)).toEqual(faults(told, policy));
});
