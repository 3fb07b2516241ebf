import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { PlantSource } from '../../../src/phantom/plant/bench.ts';
import { plantedInput, planterFor, repairedShare } from '../../../src/phantom/plant/plant.ts';
import { findingsPolicySchema } from '../../../src/schemas/findingsPolicy.ts';
import { findFindings } from '../../../src/scoring/findings/findFindings.ts';
import { FINDING_CODES, type FindingCode } from '../../../src/scoring/findings/finding.ts';
import { fastestKernels } from '../../../src/scoring/kernels/fastestKernels.ts';
import { drawn, type FAMILIES, inputOf, randomOf, tumourOf } from '../../property/findings/drawnCases.ts';

const policy = findingsPolicySchema.parse(JSON.parse(readFileSync('content/policy/findings.json', 'utf8')));

const sources = new Map<string, PlantSource>();

function sourceOf(family: (typeof FAMILIES)[number], variant = 1): PlantSource {
	const key = `${family} ${variant}`;
	const source = sources.get(key) ?? makeSource(family, variant);
	sources.set(key, source);
	return source;
}

function makeSource(family: (typeof FAMILIES)[number], variant: number): PlantSource {
	const tumour = tumourOf(family, randomOf(7));
	const { regions, layers, files } = inputOf(tumour, drawn(tumour, variant), variant);
	return { family, regions, layers, series: files!.series, patient: 'P0012', fileNumber: 'P0012' };
}

/** Regions whose masks differ. */
const differing = (a: ReturnType<ReturnType<typeof planterFor>>, b: typeof a) =>
	a.masks.flatMap(({ region, data }, n) => (b.masks[n]!.data.some((value, at) => value !== data[at]) ? [region] : []));

describe('planterFor', () => {
	it('plants every type in one family or another, and says why not in the others', { timeout: 60_000 }, () => {
		const [lesions, meningeal]: FindingCode[][] = [
			['E04', 'E06', 'E14'],
			['E18', 'E19', 'E21'],
		];
		const rest = FINDING_CODES.filter((code) => !lesions!.includes(code) && !meningeal!.includes(code));
		const drawings = [
			planterFor(sourceOf('metastasis'), policy)(lesions!, 3),
			planterFor(sourceOf('meningioma'), policy)(meningeal!, 3),
			planterFor(sourceOf('glioma', 2), policy)([...rest, 'E04', 'E14', 'E19'], 3),
		];
		const planted = drawings.flatMap(({ truths }) => truths.map(({ code }) => code));
		expect(planted.sort()).toEqual([...FINDING_CODES]);
		expect(drawings.map(({ refused }) => refused)).toEqual([
			[{ code: 'E14', reason: 'noRegion' }],
			[],
			[
				{ code: 'E04', reason: 'tooFewLesions' },
				{ code: 'E19', reason: 'noRegion' },
			],
		]);
		const bare = planterFor({ ...sourceOf('glioma'), layers: [] }, policy)(['E08', 'E09', 'E20', 'E21'], 3);
		expect(bare.refused).toEqual([
			{ code: 'E08', reason: 'noLayer', layer: 'confounders' },
			{ code: 'E09', reason: 'noLayer', layer: 'csf' },
			{ code: 'E20', reason: 'noLayer', layer: 'notEnhancing' },
			{ code: 'E21', reason: 'noLayer', layer: 'uncertain' },
		]);
	});

	it('tells every voxel that an error changed, and no other differs from the wavering drawing of the seed', () => {
		const source = sourceOf('metastasis');
		const draw = planterFor(source, policy);
		const [clean, planted] = [draw([], 5), draw(['E04'], 5)];
		const [truth] = planted.truths;
		expect(truth).toMatchObject({ code: 'E04', region: 'EN', rules: ['R6-6b'], lesion: expect.any(Number) });
		expect(truth!.where).toMatchObject({ sequence: 'T1C' });
		expect(differing(clean, planted)).toEqual(['EN']);
		const maskOf = (region: string) => planted.masks.find((mask) => mask.region === region)!.data;
		expect(repairedShare(truth!, maskOf)).toBe(0);
		const { leftOut, drawn: added } = truth!.changed[0]!;
		expect(added).toHaveLength(0);
		for (const n of leftOut) maskOf('EN')[n] = 1;
		expect(repairedShare(truth!, maskOf)).toBe(1);
		expect(differing(clean, planted)).toEqual([]);
	});

	it('gives the same masks for a seed, others for another, and leaves the reference as it is', () => {
		const source = sourceOf('meningioma');
		const before = source.regions.map(({ reference }) => reference.slice());
		const draw = planterFor(source, policy);
		const first = draw(['E18'], 8);
		const other = draw(['E18'], 9);
		expect(differing(first, draw(['E18'], 8))).toEqual([]);
		expect(differing(first, planterFor(sourceOf('meningioma'), policy)(['E18'], 8))).toEqual([]);
		expect(differing(first, other)).toContain('ED');
		expect(source.regions.map(({ reference }) => reference)).toEqual(before);
	});

	it('plants what the detectors find, several errors in one drawing, and nothing where no type is asked for', () => {
		const source = sourceOf('glioma', 2);
		const draw = planterFor(source, policy);
		const found = (codes: Parameters<typeof draw>[0]) =>
			findFindings(plantedInput(source, draw(codes, 4)), policy, fastestKernels).list.map(({ code }) => code);
		expect(found([])).toEqual([]);
		expect(found(['E15'])).toEqual(['E15']);
		expect(found(['E08', 'E24'])).toEqual(expect.arrayContaining(['E08', 'E24']));
	});
});
