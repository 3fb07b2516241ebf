import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { plantedInput, planterFor } from '../../src/phantom/plant/plant.ts';
import { findingsPolicySchema } from '../../src/schemas/findingsPolicy.ts';
import { findFindings } from '../../src/scoring/findings/findFindings.ts';
import { FINDING_CODES, type FindingCode, type FindingsInput } from '../../src/scoring/findings/finding.ts';
import { typescriptKernels } from '../../src/scoring/kernels/typescriptKernels.ts';
import { drawn, FAMILIES, inputOf, randomOf, tumourOf } from '../property/findings/drawnCases.ts';

const policy = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));
const VARIANTS = 20;
const CLEAN = 60;

const find = (input: FindingsInput) => findFindings(input, policy, typescriptKernels).list;

/** A made-up tumour with errors of some types planted in it; an uncertain band in every other variant. */
function planted(family: (typeof FAMILIES)[number], variant: number, codes: readonly FindingCode[]) {
	const tumour = tumourOf(family, randomOf(variant));
	const { regions, layers, files } = inputOf(tumour, drawn(tumour, variant >> 2), variant >> 2);
	const source = { family, regions, layers, series: files!.series, patient: 'P0012', fileNumber: 'P0012' };
	const drawing = planterFor(source, policy)(codes, variant);
	return { input: plantedInput(source, drawing), truths: drawing.truths };
}

/** Such tumours, one after the other of the families that can carry a type. */
function plants(code: FindingCode, count: number) {
	const found: (ReturnType<typeof planted> & { readonly variant: number })[] = [];
	for (let variant = 0; found.length < count && variant < 8 * count; variant++) {
		const made = planted(FAMILIES[variant % FAMILIES.length]!, variant, [code]);
		if (made.truths.length > 0) found.push({ ...made, variant });
	}
	return found;
}

describe('the detectors', () => {
	const table = new Map<FindingCode, Map<FindingCode, number>>();
	const missed: string[] = [];

	it.each(FINDING_CODES)('find nearly all planted errors of type %s (rule 23)', (code) => {
		const row = new Map<FindingCode, number>();
		table.set(code, row);
		for (const { input, variant } of plants(code, VARIANTS)) {
			const found = new Set(find(input).map((finding) => finding.code));
			if (!found.has(code)) missed.push(`${code} ${variant} ${input.family}: ${[...found].join(' ')}`);
			for (const other of found) row.set(other, (row.get(other) ?? 0) + 1);
		}
		expect((row.get(code) ?? 0) / VARIANTS).toBeGreaterThanOrEqual(0.95);
	});

	afterAll(() => {
		const lines = [...table].map(([code, row]) =>
			[code, ...FINDING_CODES.map((other) => String(row.get(other) ?? '.').padStart(3))].join(' '),
		);
		console.log(
			`planted × found, of ${VARIANTS}\n    ${FINDING_CODES.join(' ')}\n${lines.join('\n')}\n${missed.join('\n')}`,
		);
	});

	it('cite only rules that concern the region, and one at least (rule 23)', () => {
		const cited = FINDING_CODES.flatMap((code) => plants(code, 4).flatMap(({ input }) => find(input)));
		expect(cited.length).toBeGreaterThan(60);
		for (const { code, region, rules } of cited) {
			expect(rules, `${code} ${region}`).not.toEqual([]);
			for (const rule of rules) expect(policy.ruleRegions[rule] ?? [region], `${code} ${rule}`).toContain(region);
		}
	});

	it('find nothing in at least 95 % of drawings whose outline wavers by about a voxel (rule 23)', () => {
		const alarms: string[] = [];
		for (let variant = 0; variant < CLEAN; variant++) {
			const family = FAMILIES[variant % FAMILIES.length]!;
			const found = find(planted(family, variant, []).input);
			if (found.length > 0)
				alarms.push(
					`${variant} ${family}: ${found.map((f) => `${f.code} ${f.region} ${f.magnitude.value.toFixed(2)}`).join(', ')}`,
				);
		}
		console.log(`false alarms in ${alarms.length} of ${CLEAN} wavering drawings\n${alarms.join('\n')}`);
		expect(alarms.length / CLEAN).toBeLessThanOrEqual(0.05);
	});

	it('find nothing in a perfect drawing (rule 23)', () => {
		for (let variant = 0; variant < 16; variant++) {
			const family = FAMILIES[variant % FAMILIES.length]!;
			const tumour = tumourOf(family, randomOf(variant));
			expect(find(inputOf(tumour, drawn(tumour, variant >> 2), variant >> 2))).toEqual([]);
		}
	});
});
