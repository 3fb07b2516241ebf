import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import policyFile from '../../content/policy/difficulty.json' with { type: 'json' };
import { readBank } from '../../src/node/readBank.ts';
import { unpackAnatomy } from '../../src/phantom/anatomy.ts';
import { gradeDifficulty } from '../../src/phantom/difficulty.ts';
import { drawRecipe } from '../../src/phantom/drawRecipe.ts';
import { makeCase } from '../../src/phantom/makeCase.ts';
import { gatherParts, measureCase } from '../../src/phantom/measureCase.ts';
import { DIFFICULTIES, FAMILIES } from '../../src/protocol/protocol.ts';
import { difficultyPolicySchema } from '../../src/schemas/difficultyPolicy.ts';

/** Each takes some ten seconds to make. */
const SEEDS = [11, 12];

const policy = difficultyPolicySchema.parse(policyFile);
const bank = await readBank(new URL('../../content', import.meta.url).pathname);
const anatomy = unpackAnatomy(gunzipSync(readFileSync('content/anatomy/head.bin.gz')));
const rows: string[] = [];
const asked = FAMILIES.flatMap((family) =>
	DIFFICULTIES.flatMap((difficulty) => SEEDS.map((seed) => [family, difficulty, seed] as const)),
);
let met = 0;

it.each(asked)('%s, %s, seed %i is measured', { timeout: 300_000 }, (family, difficulty, seed) => {
	const recipe = drawRecipe(bank, family, difficulty, seed);
	const parts = gatherParts();
	for (const volume of makeCase(recipe, anatomy)) parts.add(volume);
	const measures = measureCase(parts, recipe)!;
	const found = gradeDifficulty(measures, policy);
	const points = Object.entries(found.points).map(([name, count]) => `${name} ${count}`);
	rows.push(`| ${family} | ${difficulty} | ${seed} | ${found.difficulty} | ${found.score} | ${points.join(', ')} |`);
	if (found.difficulty === difficulty) met++;
	// What was asked for as easy is never hard, and the other way round.
	expect(Math.abs(DIFFICULTIES.indexOf(found.difficulty) - DIFFICULTIES.indexOf(difficulty))).toBeLessThan(2);
});

it('is mostly as hard as it was asked for', () => {
	expect(met).toBeGreaterThanOrEqual(0.8 * asked.length);
});

afterAll(() => console.log(['| family | asked | seed | measured | points | of |', ...rows].join('\n')));
