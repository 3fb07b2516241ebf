import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/cli/concord/casePlant.ts';
import { readManifest } from '../../src/cli/concord/manifest.ts';
import { sayIn } from '../../src/cli/concord/say.ts';
import { plantedInput, planterFor, repairedShare } from '../../src/phantom/plant/plant.ts';
import { findingsPolicySchema } from '../../src/schemas/findingsPolicy.ts';
import { findFindings } from '../../src/scoring/findings/findFindings.ts';
import { FINDING_CODES, type Finding, type FindingCode } from '../../src/scoring/findings/finding.ts';
import { fastestKernels } from '../../src/scoring/kernels/fastestKernels.ts';
import { sharedFolder } from '../sharedData.ts';

const policy = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));
const console_ = { say: sayIn('en'), out: console.log, error: console.log };

/** A case of the library with what errors are planted in; null where it has no reference. */
async function opened(id: string) {
	const folder = join(process.env.CONCORD_DATA ?? '.data', 'cases', id);
	const manifest = await readManifest(folder, console_.say);
	if (!manifest.reference) return null;
	const source = await readSource(folder, manifest, console_);
	const draw = planterFor(source, policy);
	const find = (drawing: Pick<ReturnType<typeof draw>, 'masks' | 'log'>) =>
		findFindings(plantedInput(source, drawing), policy, fastestKernels).list;
	return { draw, find };
}

const toldOf = (found: readonly Finding[]) => found.map(({ code, region }) => `${code} ${region}`).join(', ');

/** A case's folder holds a recipe; whether it has a reference is known by what was made of it. */
const made = readdirSync('content/cases').sort();

describe('errors planted in the library', { timeout: 900_000 }, () => {
	const table = new Map(FINDING_CODES.map((code) => [code, new Map<FindingCode, number>()]));
	const plants = new Map<FindingCode, number>();
	const [missed, alarms]: [string[], string[]] = [[], []];
	let [possible, drawings] = [0, 0];

	it.each(made.map((id, n) => [id, n + 1] as const))('in %s are no more once they are put right', async (id, seed) => {
		const one = await opened(id);
		if (!one) return;
		const clean = one.draw([], seed);
		for (const [number, drawing] of [[seed, clean] as const, [seed + 500, one.draw([], seed + 500)] as const]) {
			const found = one.find(drawing);
			drawings++;
			if (found.length > 0) alarms.push(`${id} ${number}: ${toldOf(found)}`);
		}
		for (const code of FINDING_CODES) {
			const drawing = one.draw([code], seed);
			const [truth] = drawing.truths;
			if (!truth) continue;
			possible++;
			plants.set(code, (plants.get(code) ?? 0) + 1);
			const found = one.find(drawing);
			for (const other of new Set(found.map((finding) => finding.code)))
				table.get(code)!.set(other, (table.get(code)!.get(other) ?? 0) + 1);
			if (!found.some((finding) => finding.code === code && finding.region === truth.region))
				missed.push(`${id} ${code} ${truth.region}: ${toldOf(found)}`);
			if (truth.changed.length === 0) continue;
			const maskOf = (region: string) => drawing.masks.find((mask) => mask.region === region)!.data;
			expect.soft(repairedShare(truth, maskOf), code).toBe(0);
			for (const { region, drawn, leftOut } of truth.changed) {
				for (const n of drawn) maskOf(region)[n] = 0;
				for (const n of leftOut) maskOf(region)[n] = 1;
			}
			expect.soft(repairedShare(truth, maskOf), code).toBe(1);
			// It is the wavering drawing again, in which nothing is found.
			const same = clean.masks.every(({ region, data }) => data.every((value, n) => value === maskOf(region)[n]));
			expect.soft(same, code).toBe(true);
		}
	});

	it('are found, of every type, and nothing is where nothing was planted', () => {
		const lines = [...table].map(([code, row]) => {
			const counts = FINDING_CODES.map((other) => String(row.get(other) ?? '.').padStart(3));
			return `${code} ${String(plants.get(code) ?? 0).padStart(5)} ${counts.join(' ')}`;
		});
		console.log(`planted × found\n    cases ${FINDING_CODES.join(' ')}\n${lines.join('\n')}`);
		console.log(`missed ${missed.length} of ${possible}\n${missed.join('\n')}`);
		console.log(`false alarms in ${alarms.length} of ${drawings} wavering drawings\n${alarms.join('\n')}`);
		expect([...plants.keys()].sort()).toEqual([...FINDING_CODES]);
		expect(missed.length / possible).toBeLessThanOrEqual(0.05);
		expect(alarms.length / drawings).toBeLessThanOrEqual(0.05);
	});

	/** Rows `| rule | type | case, seed |` of docs/cases.md. */
	const rows = readFileSync('docs/cases.md', 'utf8').matchAll(
		/^\| (R[\w.-]+) \| (E\d\d) \| ([\w-]+), seed (\d+) \|$/gm,
	);
	const examples = [...rows].map(([, rule, code, id, seed]) => ({
		rule: rule!,
		code: code as FindingCode,
		id: id!,
		seed: Number(seed),
	}));

	it('break each rule that a mask can break in the case that docs/cases.md names, and the finding cites it', async () => {
		const broken: string[] = [];
		for (const id of new Set(examples.map((example) => example.id))) {
			const one = (await opened(id))!;
			for (const { rule, code, seed } of examples.filter((example) => example.id === id)) {
				const found = one.find(one.draw([code], seed));
				if (found.some((finding) => finding.code === code && finding.rules.includes(rule))) broken.push(rule);
				else
					console.log(
						`${rule} ${code} ${id} ${seed}: ${found.map((f) => `${f.code} ${f.region} ${f.rules}`).join(', ')}`,
					);
			}
		}
		expect(broken.sort()).toEqual(examples.map(({ rule }) => rule).sort());
		const catalogue = sharedFolder('consensus/rules.json');
		if (!catalogue || !existsSync(catalogue)) return;
		const { rules } = JSON.parse(readFileSync(catalogue, 'utf8')) as { rules: { id: string; type: string }[] };
		const checked = rules.filter(({ type }) => type === 'mask-check').map(({ id }) => id);
		expect(broken).toEqual(checked.sort());
	});
});
