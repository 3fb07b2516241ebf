import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Grid } from '../../../src/grid/grid.ts';
import { findingsPolicySchema } from '../../../src/schemas/findingsPolicy.ts';
import { marksPolicySchema } from '../../../src/schemas/marksPolicy.ts';
import { scoreReportSchema } from '../../../src/schemas/scoreReport.ts';
import { typescriptKernels } from '../../../src/scoring/kernels/typescriptKernels.ts';
import { scoreCase } from '../../../src/scoring/scoreCase.ts';
import { SCORING_VERSION } from '../../../src/scoring/scoreReport.ts';

const grid: Grid = { dims: [2, 2, 1], affine: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] };
const read = (name: string) => JSON.parse(readFileSync(`content/policy/${name}.json`, 'utf8'));
const OPTIONS = {
	definition: 'surfel',
	kernels: typescriptKernels,
	findingsPolicy: findingsPolicySchema.parse(read('findings')),
	marksPolicy: marksPolicySchema.parse(read('marks')),
} as const;
const CASE = { caseId: 'a', family: 'glioma', unscored: [], layers: [], log: null, files: null } as const;
const masks = {
	reference: new Uint8Array([1, 1, 0, 0]),
	prediction: new Uint8Array([0, 1, 0, 0]),
	grid,
};

it('scores region by region in the order given and keeps what could not be scored (rule 9)', () => {
	const report = scoreCase(
		{
			...CASE,
			caseId: 'ring-01',
			regions: [
				{ region: 'WT', ...masks },
				{ region: 'ET', ...masks, prediction: masks.reference },
			],
			unscored: [{ region: 'TB', reason: 'gridDiffers' }],
		},
		OPTIONS,
	);
	expect(report).toMatchObject({ scoringVersion: SCORING_VERSION, caseId: 'ring-01' });
	expect(report.regions.map(({ region, dice }) => [region, dice])).toEqual([
		['WT', { kind: 'value', value: 2 / 3 }],
		['ET', { kind: 'value', value: 1 }],
	]);
	expect(report.unscored).toEqual([{ region: 'TB', reason: 'gridDiffers' }]);
});

it('gives a report that survives JSON and its schema, undefined figures included (rule 6)', () => {
	const nothing = new Uint8Array(4);
	const report = scoreCase(
		{
			...CASE,
			regions: [{ region: 'NE', ...masks, reference: nothing, prediction: nothing }],
		},
		OPTIONS,
	);
	expect(scoreReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

it('throws where a region comes twice, or is both scored and unscored (rule 9)', () => {
	const region = { region: 'WT', ...masks } as const;
	expect(() => scoreCase({ ...CASE, regions: [region, region] }, OPTIONS)).toThrow('got region WT twice');
	expect(() =>
		scoreCase({ ...CASE, regions: [region], unscored: [{ region: 'WT', reason: 'noReference' }] }, OPTIONS),
	).toThrow('got region WT twice');
});

it('reads a stored report of the first version, whose missing figures are told to be missing (rule 6)', () => {
	const value = { kind: 'value', value: 0.5 };
	const region = {
		region: 'WT',
		counts: { tp: 1, fp: 1, fn: 1, tn: 1 },
		dice: value,
		sensitivity: value,
		precision: value,
	};
	const old = {
		scoringVersion: '0.1.0',
		caseId: 'a',
		regions: [{ ...region, referenceMl: 1, predictionMl: 1, slices: [] }],
		unscored: [],
	};
	const read = scoreReportSchema.parse(old);
	expect(read.regions[0]).toMatchObject({ dice: value, hd95Mm: { kind: 'undefined', reason: 'notMeasured' }, nsd: {} });
	expect(() => scoreReportSchema.parse({ ...old, scoringVersion: '1.0.0' })).toThrow();
});
