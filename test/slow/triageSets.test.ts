import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import acceptanceFile from '../../content/policy/acceptance.json' with { type: 'json' };
import { voxelFacts } from '../../src/importers/seriesFacts.ts';
import { readAuthoredCases } from '../../src/node/caseRecipes.ts';
import { unpackAnatomy } from '../../src/phantom/anatomy.ts';
import { makeCase } from '../../src/phantom/makeCase.ts';
import { acceptancePolicySchema } from '../../src/schemas/acceptancePolicy.ts';
import { faults, recipeFacts } from '../unit/importers/recipeFacts.ts';

const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
const policy = acceptancePolicySchema.parse(acceptanceFile);
const sets = (await readAuthoredCases('content')).filter(({ recipe }) => recipe.use === 'triage');

it.each(sets)('$id is found out by its voxels as by its recipe', { timeout: 240_000 }, ({ recipe }) => {
	const told = recipeFacts(recipe);
	const made = [...makeCase(recipe, anatomy)].map((each) => {
		if (each.kind !== 'series') throw new Error(`got a ${each.kind}, expected series only`);
		const { grid, data } = each.volume;
		const facts = told.find(({ sequence }) => sequence === each.sequence)!;
		return { ...facts, grid, voxels: voxelFacts({ grid, data, datatype: 'int16' }) };
	});
	const inOrder = told.map(({ sequence }) => made.find((each) => each.sequence === sequence)!);
	expect(made).toHaveLength(told.length);
	expect(faults(inOrder, policy)).toEqual(faults(told, policy));
});
